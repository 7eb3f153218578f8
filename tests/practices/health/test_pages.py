"""The pages about health: what they show, and to whom they do not show it."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from experts import reference
from experts.enums import Role
from practices.domain.health import kept
from practices.models import Adoption, PulseMark, PulseTally
from tests import factories as make
from tests.feedback import world as reviews
from tests.practices import world
from tests.practices.health import worlds

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=200)
PULSE = {"useful": "5", "heard": "4", "will_use": "3"}


@pytest.fixture
def coordinator():
    return make.user(Role.COORDINATOR, "BG")


@pytest.fixture
def member():
    return make.user(Role.EXPERT, "IT")


def text(client, name: str, *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_country_without_ties_abroad_is_an_alert(as_user, member, monkeypatch):
    bg, it, es = (worlds.community(code, 3) for code in ("BG", "IT", "ES"))
    abroad = worlds.gave(es[0], bg[0])
    worlds.gifts(monkeypatch, worlds.gave(bg[0], it[0]), worlds.gave(es[1], es[2]), abroad)
    assert "Spain has no ties" not in text(as_user(member), "health_project")

    monkeypatch.undo()
    kept.forget()
    worlds.gifts(monkeypatch, worlds.gave(bg[0], it[0]), worlds.gave(es[1], es[2]))

    page = text(as_user(member), "health_project")
    assert "Spain has no ties to the other countries." in page
    assert "Italy has no ties" not in page
    assert "Spain has no ties" in text(as_user(member), "health_country", "ES")
    assert "No ties to other countries" in text(as_user(member), "country_detail", "ES")


def test_figures_of_fewer_than_five_stand_on_no_page_and_in_no_file(as_user, member, monkeypatch):
    people = worlds.community("BG", 4)
    worlds.gifts(monkeypatch, *[worlds.gave(people[0], people[1]) for _ in range(3)])
    client = as_user(member)

    page = text(client, "health_country", "BG")
    rows = list(csv.reader(io.StringIO(text(client, "health_csv").lstrip("\ufeff"))))

    assert "Fewer than 5, so not shown: Voice balance." in page
    assert "Fewer than 5, so not shown: Reciprocity, " in page
    own = {row[1]: row for row in rows if row[0] == "BG"}
    assert own["Voice balance"][2:4] == ["fewer than 5", "fewer than 5"]
    assert own["Reciprocity"][2:4] == ["fewer than 5", "fewer than 5"]


def test_the_files_hold_every_figure_with_its_formula(as_user, member):
    worlds.community("BG", 2)
    client = as_user(member)

    rows = list(csv.reader(io.StringIO(text(client, "health_csv").lstrip("\ufeff"))))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(reverse("health_xlsx")))))

    voice = next(row for row in rows if row[:2] == ["Project", "Voice balance"])
    assert "1 - Gini" in voice[8]
    assert book.active.max_row == len(rows)


def test_nobody_is_named_on_the_pages_that_everybody_sees(as_user, member, monkeypatch):
    people = worlds.community("BG", 6)
    worlds.held("BG", days=10, invited=people, accepted=6)
    worlds.gifts(monkeypatch, *[worlds.gave(one, people[0]) for one in people[1:]])
    client = as_user(member)

    pages = [
        text(client, "health_project"),
        text(client, "health_country", "BG"),
        text(client, "health_csv"),
        text(client, "health_radar"),
        text(client, "health_coverage"),
    ]

    assert [one.name for one in people if any(one.name in page for page in pages)] == []


def test_quiet_members_are_named_to_their_own_coordinator_alone(as_user, coordinator, member):
    quiet = make.person(name="Quiet colleague")
    heard = make.person(name="Heard colleague")
    worlds.held("BG", days=10, invited=[heard], accepted=1)

    own = text(as_user(coordinator), "health_country", "BG")
    manager = make.user(Role.PROJECT_MANAGER)
    others = [text(as_user(user), "health_country", "BG") for user in (member, manager)]

    assert "Quiet colleague" in own
    assert "Heard colleague" not in own
    assert reverse("person_detail", args=[quiet.pk]) in own
    assert not any("Quiet colleague" in page for page in others)
    assert all("fewer than 5 members" in page for page in others)


def test_each_quiet_member_comes_with_one_action(as_user, coordinator):
    make.person(name="Zoe", account=False)
    asked = make.person(name="Ada")
    session = make.cop_session(
        by=coordinator, day=(timezone.now() + timedelta(days=9)).date(), title="Evening hour"
    )
    make.invitation(session, asked, by=coordinator, at=timezone.now())

    page = text(as_user(coordinator), "health_country", "BG")

    assert page.index("Ada") < page.index("Zoe")
    assert "Ask whether “Evening hour” suits them" in page
    assert "Invite them to “Evening hour”" in page


def test_who_was_asked_for_a_review_is_not_quiet_whether_it_was_sent_or_not(as_user, coordinator):
    sent, not_sent = make.person(name="Sent"), make.person(name="Open")
    found = reviews.review_round(by=coordinator, at=timezone.now())
    reviews.answered(found, sent)
    reviews.assigned(found, not_sent)

    page = text(as_user(coordinator), "health_country", "BG")

    assert "We heard from every member" in page


def test_the_pulse_is_answered_once_and_without_a_name(as_user, member):
    client = as_user(member)

    first = client.post(reverse("health_pulse"), PULSE)
    again = client.post(reverse("health_pulse"), PULSE)

    assert first.status_code == 302
    assert "answered this quarter already" in again.content.decode()
    assert PulseMark.objects.get().person == member.person
    tallies = PulseTally.objects.order_by("score").values_list("question", "score", "count")
    assert list(tallies) == [("will_use", 3, 1), ("heard", 4, 1), ("useful", 5, 1)]
    names = {field.name for field in PulseTally._meta.get_fields()}
    assert names == {"id", "country", "quarter", "question", "score", "count"}


def test_a_pulse_that_lacks_an_answer_keeps_the_others(as_user, member):
    answer = as_user(member).post(reverse("health_pulse"), {"useful": "5", "heard": "9"})

    form = answer.context["form"]
    assert set(form.errors) == {"heard", "will_use"}
    assert form["useful"].value() == "5"
    assert not PulseMark.objects.exists()


def test_the_pulse_waits_on_today_until_it_is_answered(as_user, member):
    client = as_user(member)
    assert "How is the community for you?" in text(client, "today")

    client.post(reverse("health_pulse"), PULSE)

    assert "How is the community for you?" not in text(client, "today")


def test_a_month_without_a_session_is_a_gap(as_user, member):
    day = timezone.localdate().replace(day=1) - timedelta(days=1)
    people = worlds.community("BG", 1)
    worlds.held("BG", days=(timezone.now().date() - day).days, invited=people, accepted=1)

    page = text(as_user(member), "health_coverage")

    assert "strip-held" in page
    assert "strip-gap" in page


def test_a_partner_reads_what_it_learned_and_changed(as_user, member):
    made = world.practice("BG", title="Two-column interview")
    on = timezone.now().date()
    Adoption.objects.create(
        version=made.current,
        partner=world.partner("IT"),
        person=world.member("IT"),
        adopted_on=on,
        outcome="People find their words.",
    )

    page = text(as_user(member), "health_learned", "IT")

    assert "Two-column interview" in page
    assert "People find their words." in page
    assert "Two-column interview" not in text(as_user(member), "health_learned", "BG")


@pytest.mark.parametrize("name", ["health_project", "health_coverage", "health_radar"])
def test_pages_take_the_same_questions_for_one_and_three_rows(as_user, member, name):
    client = as_user(member)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            people = worlds.community("BG", 2)
            worlds.held("BG", days=10, invited=people, accepted=1)
            world.practice("BG", tags=["papers"])
        kept.forget()
        reference.countries()
        with CaptureQueriesContext(connection) as asked:
            text(client, name)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_a_country_page_takes_the_same_questions_for_one_and_three_quiet(as_user, coordinator):
    client = as_user(coordinator)
    counts = []
    for more in (1, 2):
        worlds.community("BG", more)
        kept.forget()
        reference.countries()
        with CaptureQueriesContext(connection) as asked:
            text(client, "health_country", "BG")
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_a_warm_page_asks_little(as_user, member):
    client = as_user(member)
    text(client, "health_project")

    with CaptureQueriesContext(connection) as asked:
        text(client, "health_project")

    assert len(asked) <= 12
