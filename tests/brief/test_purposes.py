"""Rows 13 to 21 of the brief, the eight purposes, on the demo."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from cop_platform.common import jose, signing
from cop_platform.common.times import hours
from experts.models import Country, Message, Person, User
from feedback.changes.models import ChangeRequest
from feedback.validation.domain.proof import checking
from feedback.validation.models import Credential
from practices.demo.ideas_told import SPOKEN
from practices.domain.health import kept
from practices.domain.people import coffee
from practices.domain.people.coffee_pairing import ROUNDS_APART
from practices.domain.questions import durations
from practices.domain.talk import week_mails
from practices.models import (
    Adoption,
    Answer,
    CoffeeRound,
    Comment,
    HelpGiven,
    Idea,
    MemberChoice,
    Question,
    Story,
)
from sessions.models import CopSession, Lesson
from tests.brief.people import user

pytestmark = pytest.mark.django_db


def test_row_13_who_left_has_given_a_story(sign_in):
    story = Story.objects.filter(occasion="leaving").order_by("pk").first()

    page = sign_in("expert.se-01").get(reverse("story_list"), {"occasion": "leaving"})

    assert story.get_absolute_url() in page.content.decode()


def test_row_13_the_export_of_a_community_opens_offline(tmp_path):
    call_command("export_cop", "BG", out=str(tmp_path / "bg.zip"), stdout=io.StringIO())

    with zipfile.ZipFile(tmp_path / "bg.zip") as archive:
        names = set(archive.namelist())
        start = archive.read("index.html").decode()
        pages = [archive.read(name).decode() for name in names if name.endswith(".html")]
    linked = set(re.findall(r'href="([^"#:]+)"', start))
    assert linked
    assert linked <= names
    assert not [page for page in pages if re.search(r'(?:src|<link[^>]*href)="https?:', page)]


def test_row_13_a_story_stands_in_the_export_and_is_reached_from_its_first_page(tmp_path):
    told = Story.objects.filter(country__code="DE", occasion="leaving").order_by("pk").first()
    call_command("export_cop", "DE", out=str(tmp_path / "de.zip"), stdout=io.StringIO())

    with zipfile.ZipFile(tmp_path / "de.zip") as archive:
        start = archive.read("index.html").decode()
        stories = archive.read("stories.html").decode()
    assert 'href="stories.html"' in start
    assert told.title in stories
    assert html.escape(told.text.splitlines()[0])[:80] in stories
    assert told.teller.name not in stories


def minutes_said_yes_to(person: Person, *, ended_by: datetime, **more: object) -> int:
    """The planned minutes of all days of somebody's sessions, counted from the sessions' rows."""
    said_yes = Q(invitations__person=person, invitations__answer="yes")
    mine = CopSession.objects.filter(said_yes | Q(duty_holders__person=person), **more)
    past = mine.filter(ends_at__lt=ended_by, cancelled_at=None).distinct()
    return sum(
        one.minutes * (((one.last_day or one.wall_day) - one.wall_day).days + 1) for one in past
    )


def test_row_14_hours_are_the_minutes_of_sessions_divided_by_sixty(sign_in):
    page = sign_in("expert.bg-01").get(reverse("my_learning"))

    minutes = minutes_said_yes_to(user("expert.bg-01").person, ended_by=timezone.now())
    assert minutes > 0
    assert page.context["hours"] == hours(minutes)
    assert str(page.context["hours"]) in page.content.decode()


def test_row_14_a_certificate_says_its_minutes_divided_by_sixty_and_its_link_is_valid(client):
    person = user("expert.bg-01").person
    held = Credential.objects.get(person=person, kind="participation")
    facts = held.participation
    payload = jose.read(held.token).payload

    page = client.get(urlsplit(payload["id"]).path)
    checked = checking.check(
        held.token, keys=signing.known_keys(), given=False, at=timezone.now() + timedelta(seconds=1)
    )

    days = (facts.starts_on, facts.ends_on)
    minutes = minutes_said_yes_to(person, ended_by=held.issued_at, wall_day__range=days)
    assert facts.minutes == minutes > 0
    said = payload["credentialSubject"]["achievement"]["description"]
    assert f"{hours(minutes)} hours ({minutes} minutes)" in said
    assert page.status_code == 200
    assert page.context["state"] == "valid"
    assert float(page.context["said"].hours) == round(minutes / 60, 2)
    assert "It holds" in page.content.decode()
    assert (checked.result, checked.problems) == (checking.Result.AUTHENTIC, ())


def test_row_14_sessions_say_which_competences_they_train(sign_in):
    own = CopSession.objects.filter(kind="feedback", host_cops__country__code="BG")
    tagged = own.exclude(competences=[]).order_by("pk").first()

    page = sign_in("coordinator.bg").get(tagged.get_absolute_url()).content.decode()

    assert tagged.competences == ["digcomp.1", "lifecomp.l2"]
    assert "LifeComp: Critical thinking" in page


def test_row_15_first_answers_are_timed_and_what_stays_unsolved_becomes_a_peer_assist(sign_in):
    page = sign_in("manager").get(reverse("question_list")).content.decode()
    assert durations.over_all(Person.objects.get(email="expert.bg-01@demo.example")).n == 8
    assert "first answer" in page.lower()
    unsolved = Question.objects.open().filter(peer_assist__isnull=True).order_by("pk").first()
    day = (timezone.localdate() + timedelta(days=15)).isoformat()

    sign_in("manager").post(
        reverse("question_assist", args=[unsolved.pk]), {"day": day, "clock": "10:00"}
    )

    unsolved.refresh_from_db()
    assert unsolved.peer_assist.minutes == 90


def test_row_16_the_child_of_a_bulgarian_and_a_swedish_idea_shows_where_it_comes_from(sign_in):
    child = Idea.objects.get(title=SPOKEN)

    page = sign_in("expert.bg-01").get(child.get_absolute_url()).content.decode()

    assert {parent.country.code for parent in child.parents.all()} == {"BG", "SE"}
    assert all(parent.title in page for parent in child.parents.all())


def test_row_17_no_pair_repeats_in_six_rounds_and_every_pair_shares_a_language():
    last = CoffeeRound.objects.order_by("-number").first()
    at = timezone.now()
    for number in range(1, ROUNDS_APART + 1):
        coffee.monthly(at + timedelta(days=31 * number))

    rounds = CoffeeRound.objects.filter(number__gt=last.number)
    assert rounds.count() == ROUNDS_APART
    tables = [
        [seat.person for seat in pair.seats.select_related("person")]
        for made in rounds
        for pair in made.pairs.all()
    ]
    pairs = Counter(
        frozenset((one.pk, other.pk))
        for people in tables
        for one in people
        for other in people
        if one.pk < other.pk
    )
    assert pairs
    assert set(pairs.values()) == {1}
    assert all(set.intersection(*(set(one.languages) for one in people)) for people in tables)
    assert MemberChoice.objects.filter(coffee=True).exists()


@pytest.mark.parametrize("code", ["BG", "DE", "EL", "ES", "IT", "SE"])
def test_row_18_a_partner_reads_what_was_learned_and_changed(sign_in, code):
    page = sign_in(f"partner.{code.lower()}").get(reverse("health_learned", args=[code]))

    assert page.status_code == 200
    shown = page.content.decode()
    taken = Adoption.objects.filter(partner__country__code=code).exclude(adapted="")
    assert all(adoption.version.title in shown for adoption in taken)


def test_row_18_a_lesson_without_an_owner_is_flagged(sign_in):
    [lesson] = Lesson.objects.without_owner()
    client = sign_in("coordinator.es")

    look_back = client.get(lesson.session.get_absolute_url()).content.decode()
    today = client.get(reverse("today")).content.decode()

    assert lesson.session.title == "Looking back at the summer"
    assert lesson.change in look_back
    assert look_back.count("No owner") == 1
    assert lesson.get_absolute_url() in today


def test_row_18_an_owned_lesson_shows_the_procedure_that_changed(sign_in):
    [lesson] = Lesson.objects.changed()
    client = sign_in("partner.es")

    page = client.get(lesson.get_absolute_url()).content.decode()
    learned = client.get(reverse("health_learned", args=["ES"])).content.decode()

    assert lesson.action.owner.name in page
    assert lesson.procedure in page
    assert lesson.procedure in learned


def test_row_19_without_its_ties_spain_is_an_alert(sign_in):
    spain = Country.objects.get(code="ES")
    client = sign_in("manager")
    said = "Spain has no ties to the other countries."
    Adoption.objects.filter(person__country=spain).delete()
    Adoption.objects.filter(version__practice__author__country=spain).delete()
    Answer.objects.filter(by__country=spain).delete()
    Comment.objects.filter(by__country=spain).delete()
    HelpGiven.objects.filter(person__country=spain).delete()
    HelpGiven.objects.filter(to_person__country=spain).delete()
    Answer.objects.filter(question__country=spain).delete()
    kept.forget()

    page = client.get(reverse("health_project")).content.decode()

    assert said in page
    assert "Italy has no ties" not in page


def test_row_20_a_change_outside_opens_a_change_request(sign_in):
    client = sign_in("coordinator.bg")
    answer = client.post(
        reverse("watch_new"),
        {
            "title": "Job centres accept portfolios in English",
            "kind": "law",
            "country": Country.objects.get(code="BG").pk,
            "from_on": "2027-01-01",
            "source": "https://law.example.org/12",
            "effect": "Nobody needs a translation any more.",
            "parts": ["europass_cv"],
            "tags": "papers",
        },
    )
    item = client.get(answer.url).context["item"]
    target = item.targets.filter(material__isnull=False).order_by("pk").first()
    client.post(
        reverse("watch_settle", args=[target.pk]),
        {"touched": "yes", "note": "Page 4 asks for a translation."},
    )
    page = client.get(item.get_absolute_url()).content.decode()
    value = page.partition('name="source" value="')[2].partition('"')[0]

    client.post(reverse("change_raise"), {"source": value})

    change = ChangeRequest.objects.get(source_kind="change_watch", source_key=target.pk)
    assert change.material == target.material
    assert change.get_absolute_url() in client.get(item.get_absolute_url()).content.decode()


def test_row_21_at_most_one_digest_a_week_and_only_where_something_concerns_somebody():
    now = timezone.now()
    monday = datetime.combine(now.date() + timedelta(days=7 - now.weekday()), time(7), UTC)

    planned = week_mails.plan(monday)
    assert week_mails.plan(monday + timedelta(hours=1)) == 0

    digests = Message.objects.filter(kind=week_mails.KIND, due_at__gte=monday - timedelta(hours=1))
    each = Counter(digests.values_list("person_id", flat=True))
    assert planned == len(each) > 0
    assert set(each.values()) == {1}
    members = User.objects.filter(is_active=True, person__isnull=False)
    assert len(each) < members.count() or members.count() == planned
