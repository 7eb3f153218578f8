"""The quality board: what a cell says, what stands first, who sees what."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from experts import reference
from experts.enums import Role
from experts.models import User
from feedback.validation.domain.board import page
from feedback.validation.domain.board.asking import BoardFilter
from feedback.validation.domain.board.page import Cell
from feedback.validation.domain.board.states import LOOKS
from materials.models import Erratum, Material, RequiredEdition, Version
from tests import factories as make
from tests.feedback import world
from tests.feedback.changes import asking

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
URL = "/quality/"


def required(material: Material, code: str, language: str = "en") -> None:
    RequiredEdition.objects.create(material=material, country=make.country(code), language=language)


def needed(code: str = "BG", language: str = "en") -> Version:
    version = make.version(make.material(code))
    required(version.material, code, language)
    return version


def manager() -> User:
    return make.user(Role.PROJECT_MANAGER)


def cell(version: Version, user: User | None = None, code: str = "BG") -> Cell:
    """The one cell of a version's material in a country."""
    user = user or manager()
    board = page.build(BoardFilter(), user, today=TODAY, page=1)
    row = next(row for row in board.rows if row.code == version.material.code)
    return dict(row.columns)[code][0]


def test_two_states_never_look_the_same():
    assert len({icon for _kind, icon in LOOKS.values()}) == len(LOOKS)


def test_a_missing_edition_is_said_in_words_with_the_way_to_add_it():
    version = needed(language="el")
    found = cell(version)
    assert (found.state, found.blocks) == ("none", ("There is no edition in Greek.",))
    assert found.url == reverse("version_new", args=[version.material_id])


def test_a_version_nobody_rated_leads_to_a_round():
    version = needed()
    found = cell(version)
    assert found.blocks == ("Nobody has rated version 1 for this country.",)
    assert found.url == f"{reverse('round_new')}?version={version.pk}&country=BG"


def test_a_running_round_says_how_many_experts_it_lacks_and_until_when_it_runs():
    version = needed()
    opened = world.review_round(version=version)
    for _n in range(2):
        world.assigned(opened, make.person())
    found = cell(version)
    assert found.blocks == (
        "The round needs 1 more expert of this country.",
        "The round runs until 4 Dec 2026.",
    )
    assert found.url == reverse("round_assign", args=[opened.pk])
    world.assigned(opened, make.person())
    found = cell(version)
    assert found.blocks == ("The round runs until 4 Dec 2026.",)
    assert found.url == opened.get_absolute_url()


def test_a_round_of_several_countries_counts_in_each_of_them_and_nowhere_else():
    version = needed("BG")
    required(version.material, "EL")
    opened = world.review_round(None, version=version)
    opened.countries.set([make.country("BG"), make.country("IT")])
    assert cell(version).blocks[-1] == "The round runs until 4 Dec 2026."
    assert cell(version, code="EL").blocks == ("Nobody has rated version 1 for this country.",)


def test_a_closed_round_waits_for_its_verdict():
    version = needed()
    opened = world.gone_on(world.review_round(version=version), "closed")
    found = cell(version)
    assert found.blocks == ("The round is closed, and its verdict is not confirmed yet.",)
    assert found.url == f"{reverse('round_verdict', args=[opened.pk])}?country=BG"


def test_a_verdict_without_its_second_signature_is_known_to_those_who_sign():
    version = needed()
    waiting = world.verdict(
        version, proposal="revise", override_reason="Mended meanwhile.", final_at=None
    )
    said = "The verdict waits for its second signature."
    own = make.user(Role.COORDINATOR, "BG")
    assert cell(version, own).blocks == (said,)
    assert cell(version, own).url == waiting.get_absolute_url()
    for other in (make.user(Role.COORDINATOR, "EL"), make.user(Role.EXPERT, "BG")):
        assert said not in cell(version, other).blocks


def test_a_good_verdict_says_until_when_and_leads_to_itself():
    version = needed()
    verdict = world.verdict(version)
    Version.objects.filter(pk=version.pk).update(released_at=make.NOW)
    found = cell(version)
    assert (found.state, found.blocks) == ("validated", ())
    assert found.notes == ("Valid until 24 Nov 2028.",)
    assert found.url == verdict.get_absolute_url()


def test_a_good_version_that_is_not_released_leads_to_its_release():
    version = needed()
    world.verdict(version)
    assert cell(version).url == reverse("version_release", args=[version.material_id, 1])


def test_one_changed_byte_is_a_version_of_its_own_and_not_rated():
    version = needed()
    world.verdict(version)
    make.version(version.material)
    found = cell(version)
    assert (found.state, found.version) == ("unrated", 2)


def test_an_erratum_that_changes_nothing_follows_and_says_so():
    version = needed()
    world.verdict(version)
    mended = make.version(version.material)
    erratum = Erratum.objects.create(version=mended, corrects=version)
    assert cell(version).blocks[0].startswith("Version 2 is an erratum; a coordinator has not")
    erratum.is_material, erratum.decided_at = False, make.NOW
    erratum.save()
    found = cell(version)
    assert found.state == "validated"
    assert "Version 2 is an erratum of the validated version 1." in found.notes


def test_critical_changes_are_counted_and_those_of_hidden_comments_are_not():
    version = needed()
    asking.typed(version, severity="critical")
    assert "1 critical change to this material is not decided yet." in cell(version).blocks
    row = page.build(BoardFilter(), manager(), today=TODAY, page=1).rows[0]
    assert (row.open, row.critical) == (1, 1)


def test_a_translation_whose_source_moved_on_says_so():
    source = needed("BG", "el")
    translated = make.version(source.material, language="el", source=source)
    make.version(source.material)
    assert "The source has moved on to version 3." in cell(translated).notes


def test_what_grew_old_is_said_where_it_concerns_and_leads_to_its_page():
    version = needed()
    required(version.material, "EL")
    for code in ("BG", "EL"):
        world.verdict(version, code)
    bulgaria = make.country("BG").pk
    link = world.ageing_sign(version, told="page 2")
    found = cell(version)
    assert "A reader says that this link is dead: page 2" in found.notes
    assert found.url == link.get_absolute_url()
    link.delete()
    ends = world.ageing_sign(version, "expiry", until="2027-01-10", countries=[bulgaria])
    assert cell(version).url == ends.get_absolute_url()
    assert cell(version, code="EL").url != ends.get_absolute_url()


def test_what_blocks_stands_first_and_own_countries_before_others():
    good, foreign, own = needed("BG"), needed("EL"), needed("BG")
    world.verdict(good)

    def order(user: User) -> list[str]:
        return [row.code for row in page.build(BoardFilter(), user, today=TODAY, page=1).rows]

    codes = [version.material.code for version in (good, foreign, own)]
    assert order(make.user(Role.COORDINATOR, "BG")) == [codes[2], codes[0], codes[1]]
    assert order(manager()) == [codes[1], codes[2], codes[0]]
    board = page.build(BoardFilter(), make.user(Role.COORDINATOR, "EL"), today=TODAY, page=1)
    assert board.countries[0].code == "EL"
    assert (board.cells, board.good, board.materials) == (3, 1, 3)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 3),
        ("country=EL", 1),
        ("language=el", 1),
        ("standing=validated", 1),
        ("standing=none", 1),
        ("audience=migrants", 1),
        ("audience=migrants&country=EL", 0),
        ("page=7", 3),
        ("page=x", 3),
    ],
)
def test_filters_narrow_to_the_cells_that_fit(as_user, query, found):
    good = needed("BG")
    world.verdict(good)
    needed("EL")
    Material.objects.filter(pk=needed("BG", "el").material_id).update(audience="migrants")
    reference.forget()
    page = as_user(manager()).get(f"{URL}?{query}").content.decode()
    assert page.count('class="board-cell"') == found


def test_nonsense_in_a_filter_is_refused(as_user):
    assert as_user(manager()).get(f"{URL}?country=XX").status_code == 400


@pytest.mark.parametrize("address", [URL, "/quality/board.csv"])
def test_one_and_three_materials_take_the_same_questions(as_user, address):
    client = as_user(make.user(Role.COORDINATOR, "BG"))
    counts = []
    for number in (1, 2):
        for _n in range(number):
            version = needed()
            world.verdict(version)
            required(version.material, "EL", "el")
            asking.typed(version)
        reference.countries()
        with CaptureQueriesContext(connection) as asked:
            b"".join(client.get(address))
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 12


def test_the_table_has_a_line_a_cell_and_calculates_nothing(as_user):
    version = needed("BG")
    Material.objects.filter(pk=version.material_id).update(title="=1+1")
    required(version.material, "EL", "el")
    world.verdict(version)
    response = as_user(make.user(Role.EXPERT)).get("/quality/board.csv")
    text = b"".join(response).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[1][1:8] == ["'=1+1", "Mentors", "BG", "English", "1", "Validated", "2028-11-24"]
    assert rows[2][3:7] == ["EL", "Greek", "", "No edition"]
    assert rows[2][11] == "There is no edition in Greek."
    assert len(rows) == 3


def test_who_can_do_nothing_gets_no_way_to_it(as_user):
    version = needed()
    page = as_user(make.user(Role.EXPERT)).get(URL).content.decode()
    assert reverse("round_new") not in page
    assert version.material.get_absolute_url() in page


def test_the_board_of_nothing_says_how_it_is_filled(as_user):
    assert b"Nobody has said yet what is needed where" in as_user(manager()).get(URL).content
