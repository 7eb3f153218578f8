"""A community as an archive: complete, without names, and the same bytes twice."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from experts.models import Charter, Person, Topic
from practices.domain.exporting import gathering
from practices.enums import Occasion, Use
from practices.models import Adoption, Answer
from sessions.enums import Duty
from sessions.models import DutyHolder
from tests import factories as make
from tests.feedback import world as reviews
from tests.practices import stories_world, world
from tests.sessions.actions import world as promised

pytestmark = pytest.mark.django_db


def export(target: Path, code: str = "BG", **options) -> dict:
    out = io.StringIO()
    call_command("export_cop", code, out=str(target), stdout=out, **options)
    return json.loads(out.getvalue())


def community():
    """A small community in which every part holds something that somebody said."""
    author = world.member(name="Mira Petrova", email="mira.petrova@example.org")
    told = "Mira Petrova wrote to mira.petrova@example.org."
    cop = make.cop(make.country())
    charter = Charter.objects.create(
        cop=cop,
        domain="Work",
        purpose=told,
        adopted_on=world.DAY,
        roles="One coordinator for a year.",
        rules="We begin on time.",
        sponsor="The city of Sofia",
        review_on=date(2027, 11, 20),
    )
    Topic.objects.create(charter=charter, name="Papers")
    session = make.cop_session(title="Evening of papers", purpose=told, place="12 Main Street")
    DutyHolder.objects.create(session=session, person=author, duty=Duty.FACILITATOR)
    practice = world.practice(author=author, title="Photo walk", need=told)
    abroad = world.member("IT")
    Adoption.objects.create(
        version=practice.current,
        partner=world.partner("IT"),
        person=abroad,
        use=Use.TRIED,
        adapted="We walked indoors.",
        adopted_on=world.DAY,
    )
    world.idea(author=author, title="Voice notes", text=told)
    promised.action("BG", "IT", owner=author, title="Ask ten employers", details=told)
    promised.lesson("BG", happened=told, procedure="Papers first.", changed_on=world.DAY)
    question = world.question(asked_by=author, title="Lost papers")
    Answer.objects.create(question=question, by=abroad, text="Ask the archive.", at=make.NOW)
    world.question(title="Not gone through", checked_at=None)
    stories_world.story(teller=author, is_named=True, title="The old bakery", text=told)
    make.term("portfolio", bg="портфолио")
    version = make.version(make.material(title="Mentor guide", code="M90"), data=b"%PDF-1.7 guide")
    reviews.released(version)
    make.version(make.material(title="Draft guide", code="M89"), data=b"%PDF-1.7 draft")
    return version


def contents(target: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(target) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_everything_of_the_community_is_in_it(tmp_path):
    version = community()
    answer = export(tmp_path / "bg.zip")
    files = contents(tmp_path / "bg.zip")
    assert answer["country"] == "BG"
    assert answer["counts"]["practices"] == 1
    assert next(iter(files)) == "index.html"
    for page, said in {
        "charters.html": "Papers",
        "sessions.html": "Evening of papers",
        "actions.html": "Ask ten employers",
        "lessons.html": "Papers first.",
        "practices.html": "We walked indoors.",
        "ideas.html": "Voice notes",
        "questions.html": "Ask the archive.",
        "stories.html": "The old bakery",
        "glossary.html": "портфолио",
        "methods.html": "Peer assist",
        "materials.html": "Mentor guide",
    }.items():
        assert said in files[page].decode(), page
    released = [name for name in files if name.startswith("files/")]
    assert [files[name] for name in released] == [b"%PDF-1.7 guide"]
    assert version.sha256 in files["data.json"].decode()


def test_the_charter_tells_sponsor_roles_rules_and_when_it_is_looked_at_again(tmp_path):
    community()
    export(tmp_path / "bg.zip")
    page = contents(tmp_path / "bg.zip")["charters.html"].decode()
    for said in ("One coordinator for a year.", "We begin on time.", "Sofia", "2027-11-20"):
        assert said in page, said


def test_what_is_not_public_to_members_is_left_out(tmp_path):
    community()
    export(tmp_path / "bg.zip")
    assert "Not gone through" not in contents(tmp_path / "bg.zip")["data.json"].decode()
    assert b"%PDF-1.7 draft" not in contents(tmp_path / "bg.zip").values()


def test_the_chatham_house_rule_holds(tmp_path):
    community()
    export(tmp_path / "bg.zip")
    whole = b"\n".join(contents(tmp_path / "bg.zip").values()).decode()
    for name, email in Person.objects.values_list("name", "email"):
        assert name not in whole
        assert email not in whole
    assert "Main Street" not in whole
    assert "Expert, BG" in whole
    assert "Expert, IT" in whole


def test_the_same_data_are_the_same_bytes(tmp_path):
    community()
    first, second = export(tmp_path / "a.zip"), export(tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert first["sha256"] == second["sha256"]


@pytest.mark.parametrize("may_leave", [True, False])
def test_a_clip_goes_along_where_its_teller_allowed_it(tmp_path, may_leave):
    told = stories_world.clip(stories_world.story(clip_may_leave=may_leave))
    answer = export(tmp_path / "bg.zip")
    files = contents(tmp_path / "bg.zip")
    name = gathering.clip_name(told)
    assert (name in files) == may_leave
    assert (f'href="{name}"' in files["stories.html"].decode()) == may_leave
    assert told.text in files["stories.html"].decode()
    assert answer["files"] == int(may_leave)


def test_the_story_of_somebody_who_left_stays(tmp_path):
    leaver = world.member(name="Mira Petrova")
    stories_world.story(teller=leaver, occasion=Occasion.LEAVING, title="What should stay")
    leaver.memberships.update(left_on=world.DAY)
    export(tmp_path / "bg.zip")
    page = contents(tmp_path / "bg.zip")["stories.html"].decode()
    assert "What should stay" in page
    assert "Mira" not in page


def test_files_larger_than_asked_for_are_named_but_stay_out(tmp_path):
    community()
    answer = export(tmp_path / "bg.zip", files_up_to=0)
    assert answer["files"] == 0
    assert "M90" in contents(tmp_path / "bg.zip")["materials.html"].decode()


def test_a_file_that_is_gone_from_the_disk_is_left_out(tmp_path):
    version = community()
    version.file.storage.delete(version.file.name)
    assert export(tmp_path / "bg.zip")["files"] == 0


def test_markup_that_somebody_typed_stays_text(tmp_path):
    world.idea(title="<script>alert(1)</script>")
    export(tmp_path / "bg.zip")
    page = contents(tmp_path / "bg.zip")["ideas.html"].decode()
    assert "&lt;script&gt;" in page
    assert "<script" not in page


@pytest.mark.parametrize("code", ["XX", "", "B", "<b>"])
def test_an_unknown_country_is_said_and_nothing_is_written(tmp_path, capsys, code):
    make.country()
    with pytest.raises(SystemExit) as ended:
        call_command("export_cop", code, out=str(tmp_path / "bg.zip"))
    assert ended.value.code == 2
    assert "There is no country" in json.loads(capsys.readouterr().out)["error"]
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_to_is_said(tmp_path, capsys):
    make.country()
    with pytest.raises(SystemExit) as ended:
        call_command("export_cop", "BG", out=str(tmp_path / "missing" / "bg.zip"))
    assert ended.value.code == 2
    assert "existing folder" in json.loads(capsys.readouterr().out)["error"]


def test_more_rows_cost_no_more_queries(django_assert_num_queries):
    community()
    with CaptureQueriesContext(connection) as few:
        gathering.gather(make.country())
    for _n in range(2):
        make.cop_session(title="Another evening")
        world.practice()
        world.idea()
        world.question()
        stories_world.citation(stories_world.story())
    with django_assert_num_queries(len(few)):
        gathering.gather(make.country())
