"""Rows 1 to 6 of the brief, the six characteristics, on the demo."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from experts.enums import Stage
from experts.models import Charter, CommunityOfPractice, Membership, Message, Person
from materials.models import GlossaryTerm, Material
from practices.enums import Use
from practices.models import Adoption, Comment, Practice
from sessions.domain import goals
from sessions.enums import Duty, Kind
from sessions.models import CopSession, Goal

pytestmark = pytest.mark.django_db


def test_row_01_a_foreign_topic_is_refused_and_can_be_proposed_to_the_charter(sign_in):
    foreign = Charter.objects.current().get(cop__country__code="IT").topics.first()
    before = Practice.objects.count()
    typed = {
        "title": "Kept words",
        "language": "en",
        "need": "Words are missing.",
        "steps": "Fold a sheet.",
        "licence": "CC BY 4.0",
        "started_on": "2026-09-01",
        "topic": foreign.pk,
    }

    page = sign_in("expert.bg-01").post(reverse("practice_new"), typed).content.decode()

    assert "propose it to the charter first" in page
    assert "Kept words" in page
    assert Practice.objects.count() == before
    charter = Charter.objects.current().get(cop__country__code="BG")
    shown = sign_in("expert.bg-01").get(reverse("charter_detail", args=[charter.pk]))
    assert reverse("topic_propose") in shown.content.decode()


def test_row_01_every_practice_carries_a_topic_of_its_charter():
    topics = Charter.objects.current().values("topics")

    assert not Practice.objects.exclude(topic__in=topics).exists()


def test_row_02_a_newcomer_sees_a_buddy_and_three_people(as_user):
    newcomer = (
        Membership.objects.current()
        .filter(stage=Stage.NEWCOMER, person__user__isnull=False, person__country__isnull=False)
        .order_by("pk")[0]
        .person
    )

    page = as_user(newcomer.user).get(reverse("welcome"), {"step": "people"})

    assert page.status_code == 200
    around = page.context["around"]
    assert around.current or around.suggested
    assert len(around.to_know) == 3


def test_row_02_under_the_chatham_house_rule_the_page_names_nobody(sign_in):
    session = CopSession.objects.get(kind=Kind.PROBLEM_CLINIC, chatham_house=True)
    leader = session.duty_holders.get(duty=Duty.FACILITATOR).person
    there = Q(pk__in=session.invitations.values("person")) | Q(pk=leader.pk)
    writers = Comment.objects.filter(kind="session", object_id=session.pk).values("by")
    people = Person.objects.filter(there | Q(pk__in=writers)).distinct()
    reader = people.exclude(pk=leader.pk).filter(expert__isnull=False).order_by("pk").first()

    page = sign_in(reader.email.partition("@")[0]).get(session.get_absolute_url())

    shown = page.content.decode()
    assert "who said it and who was there may not" in shown
    assert Comment.objects.filter(kind="session", object_id=session.pk).exists()
    assert [one.name for one in people.exclude(pk=reader.pk) if one.name in shown] == []
    hosting = sign_in("coordinator.bg").get(session.get_absolute_url()).content.decode()
    assert leader.name in hosting


def test_row_03_a_new_version_is_checked_twice_and_adopters_are_told(sign_in, as_user):
    adoption = Adoption.objects.exclude(use=Use.STOPPED).order_by("pk")[0]
    practice = adoption.version.practice
    old = practice.current
    author = as_user(practice.author.user)
    code = practice.country.code.lower()
    card = {name: getattr(old, name) for name in ("title", "language", "need", "steps", "licence")}

    author.post(
        reverse("practice_revise", args=[practice.pk]),
        card | {"steps": f"{old.steps}\n\nAnd a step for two.", "what_changed": "A step for two."},
    )
    new = practice.versions.at_work().get()
    author.post(reverse("practice_submit", args=[new.pk]))
    for who in (f"coordinator.{code}", _expert_abroad(code)):
        sign_in(who).post(reverse("practice_check", args=[new.pk]), {"decision": "pass"})

    practice.refresh_from_db()
    assert practice.current == new
    reader = sign_in("expert.se-01")
    assert "This is an earlier version" in reader.get(old.get_absolute_url()).content.decode()
    told = Message.objects.filter(kind="practice_version_news", object_id=new.pk)
    assert told.filter(person=adoption.person).count() == 1


def _expert_abroad(code: str) -> str:
    return "expert.se-01" if code != "se" else "expert.bg-01"


def test_row_04_a_comment_on_a_page_of_m02_reaches_its_editor(sign_in):
    material = Material.objects.get(code="M02")
    url = reverse("talk_thread", args=["material", material.pk])
    typed = {"text": "This differs in Italy.", "place": 2, "language": "en"}

    refused = sign_in("expert.it-02").post(url, typed | {"place": 4})
    sign_in("expert.it-02").post(url, typed)

    assert "The document has 2 pages." in refused.content.decode()

    comment = Comment.objects.get(text="This differs in Italy.")
    assert comment.place == 2
    told = Message.objects.filter(kind="comment_news", object_id=comment.pk)
    assert told.filter(person=material.owner).count() == 1


def test_row_04_talk_is_narrowed_to_a_pair_of_countries(sign_in):
    client = sign_in("manager")
    everything = client.get(reverse("talk_list")).context["lines"]

    pair = client.get(reverse("talk_list"), {"country": "BG", "other": "IT"}).context["lines"]

    assert 0 < len(pair) < len(everything)
    assert {line.comment.by.country.code for line in pair} <= {"BG", "IT"}


def test_row_04_joint_tasks_are_narrowed_to_a_pair_of_countries(sign_in):
    pair = {"country": "EL", "other": "IT", "joint": "yes"}

    page = sign_in("manager").get(reverse("action_list"), pair)

    [row] = page.context["rows"]
    assert row.action.title == "Compare what employers read first"
    assert row.action.country_codes == ["EL", "IT"]


def test_row_05_a_session_that_is_held_moves_the_counter_untyped():
    now = timezone.now()
    ahead = CopSession.objects.not_cancelled().filter(starts_at__gt=now).order_by("starts_at")
    for session in ahead:
        goal = _goal_of_sessions(session)
        if goal is not None:
            break
    over = session.ends_at + timedelta(minutes=1)

    before, after = (
        goals.progress([goal], at)[0].n for at in (session.ends_at - timedelta(minutes=1), over)
    )

    assert after > before


def _goal_of_sessions(session: CopSession) -> Goal | None:
    """A goal that counts sessions held, of a community that hosts this one."""
    day = session.wall_day
    found = Goal.objects.filter(
        counter="sessions_held",
        cop__in=session.host_cops.all(),
        starts_on__lte=day,
        ends_on__gte=day,
    )
    return found.first()


def test_row_05_goals_are_shown_with_their_counters(sign_in):
    cop = CommunityOfPractice.objects.get(country__code="BG")
    charter = cop.charters.current().get()

    page = sign_in("expert.bg-02").get(charter.get_absolute_url()).content.decode()

    found = goals.progress(list(Goal.objects.filter(cop=cop)), timezone.now())
    assert found
    assert all(str(one.label) in page for one in found)


def test_row_06_a_new_term_is_found_in_all_project_languages(sign_in):
    words = {
        "en": "Skills walk",
        "bg": "Разходка на уменията",
        "de": "Fähigkeitengang",
        "el": "Περίπατος δεξιοτήτων",
        "es": "Paseo de habilidades",
        "it": "Passeggiata delle abilità",
        "sv": "Kunskapsvandring",
    }
    before = set(GlossaryTerm.objects.values_list("pk", flat=True))
    typed = {f"word_{language}": word for language, word in words.items()}

    answer = sign_in("coordinator.bg").post(
        reverse("term_new"), typed | {"definition_en": "A walk on which people see their skills."}
    )

    assert answer.status_code == 302
    assert GlossaryTerm.objects.exclude(pk__in=before).count() == 1
    reader = sign_in("expert.it-02")
    for word in words.values():
        page = reader.get(reverse("search"), {"q": word}).content.decode()
        assert f"{reverse('glossary_list')}?q=" in page, word
