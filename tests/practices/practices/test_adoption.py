"""Used by others: never by the partner it comes from; what came of it; what grew out of it."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from cop_platform.common.refusals import Refused
from experts.enums import Role
from practices.domain.practices import adopting, lineage, maturity
from practices.enums import Maturity, Use
from practices.models import Adoption, Practice
from tests import factories as make
from tests.practices import world
from tests.practices.practices.test_checks import account, coordinator, expert

pytestmark = pytest.mark.django_db
HELD = {"result": "More people finish.", "evidence": "17 of 20 finished, 9 of 20 before."}


def adopter(code="IT", role=Role.PARTNER):
    return make.user(role, code, partner=world.partner(code))


def adopt(practice, by, **more):
    values = {"use": Use.TRIED, "adapted": "", "outcome": ""} | more
    return adopting.adopt(practice_id=practice.pk, by=by, at=make.NOW, **values)


def test_row_34_another_partner_adopts_it_and_says_what_it_changed(as_user):
    practice = world.practice()

    as_user(adopter()).post(
        reverse("practice_adopt", args=[practice.pk]),
        {"use": "tried", "adapted": "We did it in the kitchen.", "outcome": "Six came."},
    )

    adoption = Adoption.objects.get()
    assert adoption.partner == world.partner("IT")
    assert adoption.version == practice.current
    page = as_user(expert("ES")).get(practice.get_absolute_url()).content.decode()
    assert "We did it in the kitchen." in page
    assert "Six came." in page


def test_the_adopter_is_never_the_partner_it_comes_from(as_user):
    practice = world.practice()
    own = adopter("BG")

    page = as_user(own).post(
        reverse("practice_adopt", args=[practice.pk]), {"use": "tried", "adapted": "Kept words"}
    )

    assert "adopted by another partner than the one it comes from" in page.content.decode()
    assert "Kept words" in page.content.decode()
    with pytest.raises(Refused):
        adopt(practice, own)
    assert not Adoption.objects.exists()


def test_a_version_is_adopted_once_by_each_partner(as_user):
    practice = world.practice()
    by = adopter()
    adopt(practice, by)

    page = as_user(by).post(reverse("practice_adopt", args=[practice.pk]), {"use": "tried"})

    assert "has adopted this version already" in page.content.decode()
    assert Adoption.objects.count() == 1


def test_the_outcome_is_told_by_the_partner_that_adopted_it(as_user):
    adoption = world.adoption(world.practice(), use=Use.PLANNED)
    url = reverse("adoption_report", args=[adoption.pk])

    refused = as_user(adopter("ES")).post(url, {"use": "in_use", "outcome": "No."})
    as_user(adopter("IT")).post(url, {"use": "in_use", "outcome": "Six came."})

    adoption.refresh_from_db()
    assert refused.status_code == 403
    assert (adoption.use, adoption.outcome) == (Use.IN_USE, "Six came.")
    assert adoption.reported_on is not None


def report(adoption, became, by=None):
    return adopting.report(
        adoption_id=adoption.pk,
        use=Use.IN_USE,
        adapted="",
        outcome="",
        became=became,
        by=by or account(adoption.person),
        at=make.NOW,
    )


def test_a_practice_grows_out_of_an_adoption():
    grown = world.practice("IT")
    adoption = report(world.adoption(world.practice(), "IT"), grown)

    assert adoption.became == grown


def test_what_grows_is_the_adopters_and_never_an_ancestor():
    first, second = world.practice("BG"), world.practice("IT")
    there = report(world.adoption(first, "IT"), second)
    back = world.adoption(second, "BG")

    with pytest.raises(adopting.CannotGrow):
        report(back, first)
    with pytest.raises(adopting.CannotGrow):
        report(there, world.practice("ES"))


def family(practice: Practice) -> lineage.Node:
    found = lineage.tree(practice)
    assert found is not None
    return found


def test_the_lineage_goes_from_the_first_ancestor_to_the_last_use():
    first, grown = world.practice("BG", title="First"), world.practice("IT", title="Grown")
    world.adoption(first, "IT", became=grown)
    world.adoption(first, "ES")
    world.adoption(grown, "EL", use=Use.TRIED)

    root = family(grown)

    assert (root.title, root.country, root.is_here) == ("First", "BG", False)
    assert [(use.kind, use.country) for use in root.below] == [
        ("adoption", "IT"),
        ("adoption", "ES"),
    ]
    (below,) = root.below[0].below
    assert (below.title, below.is_here) == ("Grown", True)
    assert [use.country for use in below.below] == ["EL"]


def test_a_practice_that_nobody_uses_has_no_lineage():
    assert lineage.tree(world.practice()) is None


def test_the_picture_of_the_lineage_has_a_box_for_each_and_none_covers_another():
    practice = world.practice()
    for code in ("IT", "ES", "EL"):
        world.adoption(practice, code)

    drawn = lineage.picture(family(practice))

    assert len(drawn.boxes) == 4
    assert len(drawn.lines) == 3
    places = [(box.x, box.y) for box in drawn.boxes]
    assert len(set(places)) == 4
    column = sorted(box.y for box in drawn.boxes if box.x > 1)
    assert all(b - a >= drawn.boxes[0].height for a, b in pairwise(column))
    assert all(box.x + box.width <= drawn.width for box in drawn.boxes)


def test_the_lineage_is_a_picture_with_the_same_in_words(as_user):
    first = world.practice("BG", title="First <b>")
    world.adoption(first, "IT", became=world.practice("IT", title="Grown"))

    page = as_user(expert()).get(first.get_absolute_url()).content.decode()

    svg = page[page.index("<svg viewBox") : page.index("</svg>", page.index("<svg viewBox")) + 6]
    ElementTree.fromstring(svg)
    assert "Grown" in svg
    assert 'role="img"' in svg
    words = page[page.index('class="practice-family"') :]
    assert "Grown" in words
    assert "Partner IT" in words


def test_the_lineage_asks_the_same_for_one_adoption_and_for_three(
    django_assert_num_queries, django_assert_max_num_queries
):
    practice = world.practice()
    world.adoption(practice, "IT")
    with django_assert_max_num_queries(6) as one:
        lineage.tree(practice)
    world.adoption(practice, "ES")
    world.adoption(practice, "EL")

    with django_assert_num_queries(len(one)):
        lineage.tree(practice)


def steps(practice, today=world.DAY):
    practice.refresh_from_db()
    adoptions = list(Adoption.objects.filter(version__practice=practice))
    return {step.maturity: step for step in maturity.steps(practice, adoptions, today)}


def raised(practice, at=make.NOW):
    return maturity.raise_by_one(practice_id=practice.pk, by=coordinator(), at=at)


def test_promising_needs_a_result_and_how_we_know():
    with pytest.raises(maturity.NotYet, match="how we know"):
        raised(world.practice(result="More people finish."))

    assert raised(world.practice(**HELD)).maturity == Maturity.PROMISING


def test_good_needs_another_partner_and_what_came_of_it():
    practice = world.practice(maturity=Maturity.PROMISING, **HELD)
    adoption = world.adoption(practice, "IT", use=Use.PLANNED, outcome="Six came.")
    with pytest.raises(maturity.NotYet, match="Another partner tried it"):
        raised(practice)
    adoption.use = Use.TRIED
    adoption.save()

    assert raised(practice).maturity == Maturity.GOOD


def test_institutionalised_needs_two_partners_and_a_year():
    practice = world.practice(maturity=Maturity.GOOD, **HELD)
    world.adoption(practice, "IT", outcome="Six came.")
    assert not steps(practice)[Maturity.INSTITUTIONALISED].is_met
    world.adoption(practice, "ES")
    with pytest.raises(maturity.NotYet, match="in use for a year"):
        raised(practice)

    later = make.NOW + timedelta(days=366)
    assert raised(practice, later).maturity == Maturity.INSTITUTIONALISED
    with pytest.raises(maturity.NotYet, match="no further step"):
        raised(practice, later)


def test_a_step_is_given_by_a_coordinator_of_its_country_alone(as_user):
    practice = world.practice(**HELD)
    url = reverse("practice_raise", args=[practice.pk])

    assert as_user(account(practice.author)).post(url).status_code == 403
    assert as_user(coordinator("IT")).post(url).status_code == 403
    as_user(coordinator()).post(url)

    practice.refresh_from_db()
    assert practice.maturity == Maturity.PROMISING


def test_the_page_names_what_the_next_step_needs(as_user):
    practice = world.practice(result="More people finish.")

    page = as_user(coordinator()).get(practice.get_absolute_url()).content.decode()

    assert "The card says how we know." in page
    assert "Give it this step" not in page
