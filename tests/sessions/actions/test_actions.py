"""Promises: written down, seen, changed, done, dropped, told of and counted."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cop_platform.common import needs
from cop_platform.common.refusals import NotPossible, Refused
from experts.domain import message_kinds
from experts.enums import MessageState, Role
from experts.fields import label_of
from experts.models import AuditEvent, Message
from sessions.domain import goals
from sessions.domain.actions import page, settling, telling, writing
from sessions.domain.actions.page import ActionFilter
from sessions.domain.actions.writing import ActionPlan, Source
from sessions.enums import ActionState
from sessions.models import ActionItem
from tests import factories as make
from tests.sessions.actions import world

pytestmark = pytest.mark.django_db

TODAY = make.NOW.date()


@pytest.fixture
def coordinator():
    return make.user(Role.COORDINATOR)


def plan(*codes: str, **more) -> ActionPlan:
    codes = codes or ("BG",)
    values = {
        "title": "Test the picture cards",
        "owner": more.pop("owner", None) or make.person(code=codes[0]),
        "due_on": world.DUE,
        "cops": world.cops(*codes),
    }
    return ActionPlan(**values | more)


def write(by, **more) -> ActionItem:
    return writing.write(plan=plan(**more), source=Source(), by=by, at=make.NOW)


def typed(owner, *codes: str, **more):
    return {
        "title": "Test the picture cards",
        "owner": label_of(owner),
        "due_on": "2026-12-10",
        "cops": [cop.pk for cop in world.cops(*codes or ("BG",))],
    } | more


def test_a_joint_task_of_two_countries_is_written_from_a_session(as_user, coordinator):
    session, owner = make.cop_session("BG", "IT", by=coordinator), make.person(code="IT")
    client = as_user(coordinator)
    url = f"{reverse('action_new')}?session={session.pk}"

    form = client.get(url).context["form"]
    client.post(url, typed(owner, "BG", "IT"))

    assert set(form.initial["cops"]) == {cop.pk for cop in world.cops("BG", "IT")}
    action = ActionItem.objects.joint().get()
    assert (action.owner, action.session, action.written_by) == (owner, session, coordinator.person)
    assert action.title in client.get(session.get_absolute_url()).content.decode()
    assert AuditEvent.objects.get(deed="action written").country_id is None


def test_a_form_sent_twice_writes_one_action(as_user, coordinator):
    data = typed(make.person())
    client = as_user(coordinator)

    client.post(reverse("action_new"), data)
    client.post(reverse("action_new"), data)

    assert ActionItem.objects.count() == 1
    assert Message.objects.filter(kind=telling.GIVEN).count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"owner": ""}, "an action without an owner is a wish"),
        ({"owner": "Nobody Known"}, "Nobody of this name is in the directory."),
        ({"cops": []}, "Choose at least one country."),
        ({"due_on": "3000-01-01"}, "2100"),
        ({"title": " "}, "This field is required."),
    ],
)
def test_bad_input_keeps_what_was_typed(as_user, coordinator, wrong, sentence):
    answer = as_user(coordinator).post(
        reverse("action_new"), typed(make.person(), details="Five people each.") | wrong
    )

    said = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in said
    assert "Five people each." in said
    assert not ActionItem.objects.exists()


def test_an_owner_from_elsewhere_is_refused_beside_the_field(as_user, coordinator):
    answer = as_user(coordinator).post(reverse("action_new"), typed(make.person(code="IT")))

    errors = answer.context["form"].errors
    assert errors == {"owner": ["The owner belongs to none of these countries."]}
    assert not Message.objects.filter(kind=telling.GIVEN).exists()


def test_a_goal_of_another_community_is_refused(coordinator):
    with pytest.raises(writing.ForeignGoal):
        write(coordinator, goal=world.goal("IT"))

    assert not ActionItem.objects.exists()


@pytest.mark.parametrize("role", list(Role))
def test_who_leads_a_country_writes_its_actions_down(role):
    user = make.user(role)
    leads = role in {Role.COORDINATOR, Role.FACILITATOR, Role.PROJECT_MANAGER}

    if leads:
        assert write(user).pk
    else:
        with pytest.raises(Refused):
            write(user)


def test_another_countrys_action_is_not_written_by_its_neighbour(coordinator):
    with pytest.raises(Refused):
        writing.write(plan=plan("IT"), source=Source(), by=coordinator, at=make.NOW)


def test_each_country_of_a_joint_task_sees_it_and_no_other():
    task = world.action("BG", "IT")
    readers = {code: make.user(code=code) for code in ("BG", "IT", "ES")}

    seen = {
        code: ActionItem.objects.visible_to(user).filter(pk=task.pk).count()
        for code, user in readers.items()
    }

    assert seen == {"BG": 1, "IT": 1, "ES": 0}


def test_the_owner_changes_it_and_a_colleague_does_not():
    task = world.action()
    owner, colleague = task.owner.user, make.user()

    with pytest.raises(Refused):
        settling.done(action_id=task.pk, by=colleague, at=make.NOW)

    assert settling.done(action_id=task.pk, by=owner, at=make.NOW).state == ActionState.DONE


def test_the_list_is_narrowed_to_a_pair_of_countries(as_user):
    manager = make.user(Role.PROJECT_MANAGER)
    for codes in (("BG", "IT"), ("BG", "ES"), ("BG",), ("BG", "ES", "IT")):
        world.action(*codes, title=" and ".join(codes))
    client = as_user(manager)

    answer = client.get(reverse("action_list"), {"country": "BG", "other": "IT"})

    found = sorted(row.action.title for row in answer.context["rows"])
    assert found == ["BG and ES and IT", "BG and IT"]
    assert client.get(reverse("action_list"), {"country": "XX"}).status_code == 400


def test_the_list_shows_what_is_asked_for(coordinator):
    world.action(title="Later")
    world.action("BG", "IT", title="Joint")
    world.action(title="Mine", owner=coordinator.person)
    world.action(title="Late", due_on=TODAY - timedelta(days=1))
    world.action(title="Done", state=ActionState.DONE, settled_on=TODAY)

    def found(**more):
        rows = page.found(coordinator, ActionFilter(**more), TODAY)
        return {action.title for action in rows}

    assert found() == {"Later", "Joint", "Mine", "Late"}
    assert found(show=page.MINE) == {"Mine"}
    assert found(show=page.OVERDUE) == {"Late"}
    assert found(show=page.SETTLED) == {"Done"}
    assert found(joint="yes") == {"Joint"}
    assert len(found(show=page.ALL)) == 5


def test_three_rows_ask_no_more_than_one(as_user, coordinator):
    client = as_user(coordinator)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("action_list"))
        return len(queries)

    world.action("BG", "IT")
    asked()
    one = asked()
    world.action("BG", "IT"), world.action("BG")

    assert asked() == one
    assert one <= 12


def test_two_windows_lose_nothing(as_user, coordinator):
    task = world.action(details="As it was.")
    client, url = as_user(coordinator), reverse("action_edit", args=[task.pk])
    data = typed(task.owner)
    client.post(url, data | {"revision": 1, "title": "First"})

    answer = client.post(url, data | {"revision": 1, "title": "Second"})

    said = answer.content.decode()
    assert answer.status_code == 409
    assert "First" in said
    assert "Second" in said
    client.post(url, data | {"revision": 2, "title": "Second"})
    task.refresh_from_db()
    assert (task.title, task.revision) == ("Second", 3)


def test_done_twice_is_done_once_and_can_be_taken_back(as_user, coordinator):
    task = world.action()
    client, url = as_user(coordinator), reverse("action_done", args=[task.pk])

    client.post(url)
    client.post(url)

    task.refresh_from_db()
    assert (task.state, task.settled_on is not None, task.revision) == (ActionState.DONE, True, 2)
    client.post(url, {"done": ""})
    task.refresh_from_db()
    assert (task.state, task.settled_on) == (ActionState.OPEN, None)


def test_dropping_needs_a_reason(as_user, coordinator):
    task = world.action()
    client, url = as_user(coordinator), reverse("action_drop", args=[task.pk])

    refused = client.post(url, {"reason": " "})
    client.post(url, {"reason": "Nobody came."})

    task.refresh_from_db()
    assert refused.context["form"].errors == {"reason": ["This field is required."]}
    assert (task.state, task.reason) == (ActionState.DROPPED, "Nobody came.")
    with pytest.raises(NotPossible):
        settling.done(action_id=task.pk, by=coordinator, at=make.NOW)
    assert "Nobody came." in client.get(task.get_absolute_url()).content.decode()


def test_what_is_over_is_not_changed(coordinator):
    task = world.action(state=ActionState.DONE, settled_on=TODAY)

    with pytest.raises(NotPossible, match="Open it again first"):
        writing.change(action_id=task.pk, revision=1, plan=plan(), by=coordinator, at=make.NOW)


def test_the_owner_is_told_and_reminded_the_day_before(coordinator):
    task = write(coordinator)

    given = Message.objects.get(kind=telling.GIVEN)
    due = Message.objects.get(kind=telling.DUE)
    # Nine o'clock in Sofia, on the ninth.
    assert due.due_at == datetime(2026, 12, 9, 7, 0, tzinfo=UTC)
    for message in (given, due):
        assert message.person == task.owner
        kind = message_kinds.get(message.kind)
        assert kind.still_true(message, task, make.NOW)
        mail = kind.render(message, task, make.NOW)
        assert task.title in mail.subject
        assert mail.link == task.get_absolute_url()


def test_nobody_is_told_of_what_they_gave_themselves(coordinator):
    write(coordinator, owner=coordinator.person)

    kinds = Message.objects.filter(kind__in=telling.KINDS).values_list("kind", flat=True)
    assert list(kinds) == [telling.DUE]


def test_nobody_is_reminded_of_yesterday(coordinator):
    write(coordinator, due_on=TODAY)

    assert not Message.objects.filter(kind=telling.DUE).exists()


def test_another_day_and_another_owner_leave_one_reminder_each(coordinator):
    task = write(coordinator)
    first = task.owner
    later, heir = world.DUE + timedelta(days=5), make.person()

    writing.change(
        action_id=task.pk,
        revision=1,
        plan=plan(owner=heir, due_on=later),
        by=coordinator,
        at=make.NOW,
    )

    waiting = Message.objects.filter(kind__in=telling.KINDS, state=MessageState.PLANNED)
    assert {(m.kind, m.person_id) for m in waiting} == {
        (telling.GIVEN, heir.pk),
        (telling.DUE, heir.pk),
    }
    task.refresh_from_db()
    old = Message.objects.get(kind=telling.GIVEN, person=first)
    assert not message_kinds.get(telling.GIVEN).still_true(old, task, make.NOW)


def test_what_is_done_reminds_nobody(coordinator):
    task = write(coordinator)

    settling.done(action_id=task.pk, by=coordinator, at=make.NOW)

    assert not Message.objects.planned().filter(kind__in=telling.KINDS).exists()


def test_what_is_overdue_waits_for_its_owner_alone(coordinator):
    late = world.action(due_on=date(2026, 11, 20), title="Cards")
    world.action(owner=late.owner, title="Not yet")
    owner = late.owner.user

    titles = [n.title for n in needs.of(owner, make.NOW) if n.title.startswith("Overdue")]

    assert titles == ["Overdue: Cards"]
    assert not [n for n in needs.of(coordinator, make.NOW) if n.title.startswith("Overdue")]


def test_goals_count_done_actions_for_each_of_their_countries():
    done = {"state": ActionState.DONE, "settled_on": date(2026, 11, 1)}
    world.action("BG", "IT", **done)
    world.action("BG")

    ours, theirs, other = (world.goal(code) for code in ("BG", "IT", "ES"))

    found = {p.goal.pk: p.n for p in goals.progress([ours, theirs, other], make.NOW)}
    assert found == {ours.pk: 1, theirs.pk: 1, other.pk: 0}


def test_the_page_of_a_goal_lists_what_serves_it(as_user, coordinator):
    goal = world.goal()
    session = make.cop_session(by=coordinator, title="Serves it")
    session.goal = goal
    session.save(update_fields=["goal"])
    world.action(goal=goal, title="Serves it too")
    world.action(title="Serves nothing")

    said = as_user(coordinator).get(goal.get_absolute_url()).content.decode()

    assert session.get_absolute_url() in said
    assert "Serves it too" in said
    assert "Serves nothing" not in said
