"""Looking back: lessons, their owners, and the procedures that changed."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cop_platform.common import needs
from cop_platform.common.refusals import NotPossible, Refused
from experts.enums import Role
from experts.fields import label_of
from experts.models import AuditEvent, Message
from sessions.domain.actions import settling, telling
from sessions.domain.lessons import writing
from sessions.domain.lessons.writing import Learnt
from sessions.enums import ActionState
from sessions.models import ActionItem, Lesson
from tests import factories as make
from tests.sessions.actions import world

pytestmark = pytest.mark.django_db

TYPED = {
    "planned": "One hour for ten people.",
    "happened": "It took two hours.",
    "why": "Nobody had the papers.",
    "change": "We ask for the papers a week before.",
}


@pytest.fixture
def coordinator():
    return make.user(Role.COORDINATOR)


def own(lesson: Lesson, by, **more) -> ActionItem:
    values = {"owner": make.person(), "due_on": world.DUE} | more
    return writing.give_owner(lesson_id=lesson.pk, by=by, at=make.NOW, **values)


def ownerless(user) -> list[str]:
    return [n.url for n in needs.of(user, make.NOW) if n.title.startswith("A lesson without")]


def test_a_lesson_is_written_in_a_review_and_flagged_until_somebody_owns_it(as_user, coordinator):
    session = world.review(by=coordinator)
    client, url = as_user(coordinator), reverse("lesson_new", args=[session.pk])

    answer = client.post(url, TYPED)
    client.post(url, TYPED)

    lesson = Lesson.objects.get()
    assert answer.url == reverse("lesson_owner", args=[lesson.pk])
    for shown in (session.get_absolute_url(), reverse("lesson_list"), lesson.get_absolute_url()):
        assert "No owner" in client.get(shown).content.decode()
    assert ownerless(coordinator) == [lesson.get_absolute_url()]


def test_other_sessions_have_no_lessons(as_user, coordinator):
    session = make.cop_session(by=coordinator)

    page = as_user(coordinator).get(reverse("lesson_new", args=[session.pk]))

    assert page.status_code == 404
    with pytest.raises(NotPossible):
        writing.write(session_id=session.pk, learnt=Learnt(**TYPED), by=coordinator, at=make.NOW)


def test_with_an_owner_it_is_an_action_and_no_longer_flagged(as_user, coordinator):
    lesson, owner = world.lesson("BG", "IT"), make.person(code="IT")
    client = as_user(coordinator)

    client.post(
        reverse("lesson_owner", args=[lesson.pk]),
        {"owner": label_of(owner), "due_on": "2026-12-10"},
    )

    action = ActionItem.objects.joint().get()
    lesson.refresh_from_db()
    assert (lesson.action, action.title, action.owner) == (action, lesson.change, owner)
    assert (action.session, action.origin_kind) == (lesson.session, "lesson")
    assert Message.objects.get(kind=telling.GIVEN).person == owner
    assert ownerless(coordinator) == []
    assert lesson.get_absolute_url() in client.get(action.get_absolute_url()).content.decode()
    assert action.get_absolute_url() in client.get(lesson.get_absolute_url()).content.decode()


def test_one_lesson_has_one_owner_at_a_time(coordinator):
    lesson = world.lesson()
    action = own(lesson, coordinator)

    with pytest.raises(NotPossible):
        own(lesson, coordinator)

    settling.drop(action_id=action.pk, reason="Ill.", by=coordinator, at=make.NOW)
    assert ownerless(coordinator) == [lesson.get_absolute_url()]
    assert own(lesson, coordinator).pk != action.pk


def test_a_lesson_of_abroad_waits_for_nobody_here(coordinator):
    world.lesson("IT")

    assert ownerless(coordinator) == []
    assert ownerless(make.user(Role.EXPERT, "IT")) == []


def test_the_changed_procedure_ends_its_action(as_user, coordinator):
    lesson = world.lesson()
    owner = make.user()
    action = own(lesson, coordinator, owner=owner.person)
    url = reverse("lesson_changed", args=[lesson.pk])

    as_user(owner).post(
        url, {"revision": 2, "procedure": "Papers come first.", "link": "https://bg.example.org/1"}
    )

    lesson.refresh_from_db()
    action.refresh_from_db()
    assert (lesson.procedure, lesson.procedure_link) == (
        "Papers come first.",
        "https://bg.example.org/1",
    )
    assert (action.state, lesson.changed_on is not None) == (ActionState.DONE, True)
    assert AuditEvent.objects.filter(deed="procedure changed", object_id=lesson.pk).count() == 1


def test_only_its_owner_and_who_leads_say_what_changed(coordinator):
    lesson = world.lesson()
    own(lesson, coordinator)

    with pytest.raises(Refused):
        writing.report_change(
            lesson_id=lesson.pk,
            revision=2,
            procedure="Papers.",
            link="",
            by=make.user(),
            at=make.NOW,
        )

    lesson.refresh_from_db()
    assert lesson.changed_on is None


def test_an_address_that_runs_something_is_refused(as_user, coordinator):
    lesson = world.lesson()
    url = reverse("lesson_changed", args=[lesson.pk])

    page = as_user(coordinator).post(
        url, {"revision": 1, "procedure": "Papers first.", "link": "javascript:alert(1)"}
    )

    lesson.refresh_from_db()
    assert lesson.procedure == ""
    assert "Papers first." in page.content.decode()


def test_two_windows_lose_nothing(as_user, coordinator):
    lesson = world.lesson()
    client, url = as_user(coordinator), reverse("lesson_edit", args=[lesson.pk])
    client.post(url, TYPED | {"revision": 1, "change": "First."})

    answer = client.post(url, TYPED | {"revision": 1, "change": "Second."})

    said = answer.content.decode()
    assert answer.status_code == 409
    assert "First." in said
    assert "Second." in said


def test_members_of_a_host_country_read_it_and_others_do_not(as_user):
    lesson = world.lesson("BG")

    answers = [
        as_user(make.user(code=code)).get(lesson.get_absolute_url()).status_code
        for code in ("BG", "IT")
    ]

    assert answers == [200, 404]
