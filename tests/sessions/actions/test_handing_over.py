"""Promises of somebody who left: seen as nobody's, handed over in one act, taken back in time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cop_platform.common import needs
from cop_platform.common.refusals import NotPossible, Refused
from experts.domain import message_kinds
from experts.domain.recall import OnTheirWay
from experts.enums import MessageState, Role
from experts.fields import label_of
from experts.models import AuditEvent, Message
from sessions.domain.actions import handing_over, page, telling, writing
from sessions.domain.actions.page import ActionFilter
from sessions.domain.actions.writing import ForeignOwner
from sessions.domain.lessons import writing as lessons
from sessions.enums import ActionState
from sessions.models import ActionHandOver, ActionItem
from tests import factories as make
from tests.sessions.actions import world
from tests.sessions.actions.test_actions import plan

pytestmark = pytest.mark.django_db

TODAY = make.NOW.date()
SOON = make.NOW + timedelta(seconds=10)


@pytest.fixture
def coordinator():
    return make.user(Role.COORDINATOR)


@pytest.fixture
def _time_to_undo(settings):
    settings.UNDO_SECONDS = 20


def promised(before, by, n: int = 2, *codes: str) -> list[ActionItem]:
    """Promises with their reminders, as they stand once somebody has left."""
    made = [
        writing.make(
            plan=plan(*codes, owner=before, title=f"Promise {k}"),
            source=writing.Source(),
            by=by,
            at=make.NOW,
        )
        for k in range(n)
    ]
    make.ends(before)
    return made


def give(actions, after, by, at=make.NOW) -> ActionHandOver:
    return handing_over.hand_over(
        before=actions[0].owner,
        after=after,
        action_ids=[action.pk for action in actions],
        by=by,
        at=at,
    )


def nobodys(user) -> list[tuple[str, str]]:
    return [(n.title, n.url) for n in needs.of(user, make.NOW) if "nobody's" in n.title]


def waiting(person) -> set[str]:
    planned = Message.objects.planned().filter(person=person, kind__contains="action")
    return set(planned.values_list("kind", flat=True))


def test_what_a_leaver_promised_waits_for_the_coordinators_of_its_countries(coordinator):
    before = world.gone("BG")
    for day in (9, 20):
        world.action("BG", "IT", owner=before, due_on=date(2026, 12, day))
    world.action("BG", owner=before, state=ActionState.DONE, settled_on=TODAY)
    world.action("BG")
    there, elsewhere = make.user(Role.COORDINATOR, "IT"), make.user(Role.COORDINATOR, "ES")

    url = reverse("action_handover", args=[before.pk])
    assert nobodys(coordinator) == [("2 actions are nobody's", url)]
    assert nobodys(there) == [("2 actions are nobody's", url)]
    assert nobodys(elsewhere) == []
    assert nobodys(make.user()) == []
    assert nobodys(make.user(Role.PROJECT_MANAGER)) == [("2 actions are nobody's", url)]


def test_the_list_shows_what_is_nobodys_and_who_left(as_user, coordinator):
    lost = world.action("BG", owner=world.gone("BG"))
    world.action("BG")

    found = page.found(coordinator, ActionFilter(show=page.NOBODYS), TODAY)

    assert list(found) == [lost]
    shown = as_user(coordinator).get(reverse("action_list"), {"show": "nobodys"})
    assert "has left" in shown.content.decode()


def test_somebody_with_another_role_left_has_not_left(coordinator):
    someone = make.person(code="BG")
    someone.memberships.create(
        cop=make.cop(make.country("IT")),
        role=Role.FACILITATOR,
        stage="member",
        joined_on=date(2026, 1, 1),
        left_on=date(2026, 1, 2),
    )
    world.action("BG", owner=someone)

    assert not ActionItem.objects.nobodys().exists()
    assert nobodys(coordinator) == []


def test_all_of_them_go_over_in_one_act_with_one_mail(as_user, coordinator):
    before, after = make.person(), make.person(name="Ilse Berg")
    actions = promised(before, coordinator)
    client, url = as_user(coordinator), reverse("action_handover", args=[before.pk])

    form = client.get(url).context["form"]
    answer = client.post(
        url, {"actions": [action.pk for action in actions], "owner": label_of(after)}
    )

    assert form.initial["actions"] == [action.pk for action in actions]
    done = ActionHandOver.objects.get()
    assert answer.url == done.get_absolute_url()
    assert {a.owner for a in ActionItem.objects.all()} == {after}
    assert waiting(after) == {telling.HANDED, telling.DUE}
    assert waiting(before) == set()
    assert Message.objects.filter(kind=telling.HANDED).count() == 1
    assert AuditEvent.objects.filter(deed="action handed over").count() == 2
    assert "Promise 0" in client.get(done.get_absolute_url()).content.decode()
    assert nobodys(coordinator) == []


def test_the_mail_names_those_that_are_still_theirs(coordinator):
    before, after = make.person(name="Vesna Kantarija"), make.person()
    kept, over = promised(before, coordinator)
    done = give([kept, over], after, coordinator)
    ActionItem.objects.filter(pk=over.pk).update(state=ActionState.DONE, settled_on=TODAY)
    message = Message.objects.get(kind=telling.HANDED)
    kind = message_kinds.get(telling.HANDED)

    mail = kind.render(message, done, make.NOW)

    assert "Vesna Kantarija" in mail.subject
    assert "Promise 0" in mail.text
    assert "Promise 1" not in mail.text
    assert mail.link == done.get_absolute_url()
    assert kind.still_true(message, done, make.NOW)
    ActionItem.objects.update(state=ActionState.DONE, settled_on=TODAY)
    assert not kind.still_true(message, done, make.NOW)


def test_the_lesson_that_it_came_from_has_the_new_owner(coordinator):
    lesson, before, after = world.lesson(), make.person(), make.person()
    action = lessons.give_owner(
        lesson_id=lesson.pk, owner=before, due_on=world.DUE, by=coordinator, at=make.NOW
    )
    make.ends(before)

    give([action], after, coordinator)

    lesson.refresh_from_db()
    assert lesson.action.owner == after


def test_a_lesson_says_that_its_owner_has_left(as_user, coordinator):
    before = world.gone("BG")
    lesson = world.lesson("BG", action=world.action("BG", owner=before))
    client = as_user(coordinator)

    for shown in (reverse("lesson_list"), lesson.get_absolute_url()):
        assert "Its owner has left" in client.get(shown).content.decode()


def test_sent_twice_it_is_done_once(coordinator):
    before, after = make.person(), make.person()
    actions = promised(before, coordinator)

    first, second = (give(actions, after, coordinator) for _n in range(2))

    assert first == second
    assert Message.objects.filter(kind=telling.HANDED).count() == 1
    assert {a.revision for a in ActionItem.objects.all()} == {2}


def test_one_that_does_not_fit_changes_nothing(coordinator):
    before, after = make.person(), make.person(code="IT")
    actions = promised(before, coordinator)
    [abroad] = promised(before, make.user(Role.COORDINATOR, "IT"), 1, "BG", "IT")

    with pytest.raises(ForeignOwner, match="Promise 0"):
        give([abroad, *actions], after, coordinator)

    assert {a.owner for a in ActionItem.objects.all()} == {before}
    assert not ActionHandOver.objects.exists()
    assert not Message.objects.filter(kind=telling.HANDED).exists()


def test_what_was_changed_meanwhile_is_said(coordinator):
    before, after = make.person(), make.person()
    actions = promised(before, coordinator)
    ActionItem.objects.filter(pk=actions[0].pk).update(state=ActionState.DONE, settled_on=TODAY)

    with pytest.raises(NotPossible, match="changed meanwhile"):
        give(actions, after, coordinator)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"owner": ""}, "This field is required."),
        ({"owner": "Nobody Known"}, "Nobody of this name is in the directory."),
        ({"actions": []}, "Choose at least one action."),
        ({"actions": ["0"]}, "One of these actions was changed meanwhile."),
        ({"actions": ["x"]}, "One of these actions was changed meanwhile."),
    ],
)
def test_bad_input_is_said_and_changes_nothing(as_user, coordinator, typed, sentence):
    before, after = make.person(), make.person()
    actions = promised(before, coordinator)
    url = reverse("action_handover", args=[before.pk])
    data = {"actions": [action.pk for action in actions], "owner": label_of(after)}

    answer = as_user(coordinator).post(url, data | typed)

    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not ActionHandOver.objects.exists()


def test_to_themselves_or_to_who_left_it_is_refused(as_user, coordinator):
    before, left = make.person(), world.gone("BG")
    actions = promised(before, coordinator)
    url = reverse("action_handover", args=[before.pk])

    answer = as_user(coordinator).post(url, {"actions": [actions[0].pk], "owner": left.email})

    assert "owner" in answer.context["form"].errors
    with pytest.raises(ForeignOwner, match="theirs already"):
        give(actions, before, coordinator)


def test_another_countrys_actions_are_not_given_away():
    before, after = make.person(), make.person()
    actions = promised(before, make.user(Role.COORDINATOR))

    for stranger in (make.user(Role.COORDINATOR, "IT"), make.user()):
        with pytest.raises(Refused):
            give(actions, after, stranger)


def test_who_leaves_gives_their_own_to_somebody_else(as_user, coordinator):
    owner, after = make.user(), make.person()
    task = world.action(owner=owner.person)

    as_user(owner).post(
        reverse("action_handover", args=[owner.person.pk]),
        {"actions": [task.pk], "owner": label_of(after)},
    )

    task.refresh_from_db()
    assert task.owner == after


@pytest.mark.usefixtures("_time_to_undo")
def test_taken_back_in_time_it_is_as_if_nothing_had_happened(as_user, coordinator):
    before, after = make.person(), make.person()
    actions = promised(before, coordinator)
    told = waiting(before)
    done = give(actions, after, coordinator)

    handing_over.undo(hand_over_id=done.pk, by=coordinator, at=SOON)
    handing_over.undo(hand_over_id=done.pk, by=coordinator, at=SOON)

    assert {a.owner for a in ActionItem.objects.all()} == {before}
    assert waiting(before) == told
    assert waiting(after) == set()
    assert AuditEvent.objects.filter(deed="hand-over taken back").count() == 2
    assert "was taken back" in as_user(coordinator).get(done.get_absolute_url()).content.decode()
    again = give(list(ActionItem.objects.order_by("pk")), after, coordinator, SOON)
    assert again != done
    assert waiting(after) == {telling.HANDED, telling.DUE}


@pytest.mark.usefixtures("_time_to_undo")
def test_the_page_offers_the_way_back_while_there_is_one(as_user, coordinator):
    before, after = make.user().person, make.user()
    client = as_user(coordinator)
    task = world.action(owner=before)
    client.post(
        reverse("action_handover", args=[before.pk]),
        {"actions": [task.pk], "owner": label_of(after.person)},
    )
    done = ActionHandOver.objects.get()
    undo = reverse("action_handed_undo", args=[done.pk])

    assert undo in client.get(done.get_absolute_url()).content.decode()
    assert undo not in as_user(after).get(done.get_absolute_url()).content.decode()
    client.post(undo)

    task.refresh_from_db()
    assert task.owner == before


@pytest.mark.usefixtures("_time_to_undo")
def test_it_is_too_late_once_the_mail_is_due_or_somebody_changed_one(coordinator):
    before, after = make.person(), make.person()
    actions = promised(before, coordinator)
    done = give(actions, after, coordinator)

    with pytest.raises(handing_over.CannotUndo, match="too late"):
        handing_over.undo(hand_over_id=done.pk, by=coordinator, at=make.NOW + timedelta(seconds=20))
    ActionItem.objects.filter(pk=actions[0].pk).update(revision=9)
    with pytest.raises(handing_over.CannotUndo, match="changed since"):
        handing_over.undo(hand_over_id=done.pk, by=coordinator, at=SOON)

    assert {a.owner for a in ActionItem.objects.all()} == {after}


@pytest.mark.usefixtures("_time_to_undo")
def test_a_mail_that_left_is_not_taken_back(coordinator):
    before, after = make.person(), make.person()
    done = give(promised(before, coordinator), after, coordinator)
    Message.objects.filter(kind=telling.HANDED).update(state=MessageState.SENT)

    with pytest.raises(OnTheirWay):
        handing_over.undo(hand_over_id=done.pk, by=coordinator, at=SOON)

    assert {a.owner for a in ActionItem.objects.all()} == {after}


def test_nobody_is_told_of_what_they_took_themselves(coordinator):
    before = make.person()
    give(promised(before, coordinator), coordinator.person, coordinator)

    assert waiting(coordinator.person) == {telling.DUE}


def test_three_actions_ask_no_more_than_one(as_user, coordinator):
    client, before = as_user(coordinator), world.gone("BG")

    def asked() -> tuple[int, ...]:
        counts = []
        for url in (reverse("action_handover", args=[before.pk]), reverse("today")):
            with CaptureQueriesContext(connection) as queries:
                client.get(url)
            counts.append(len(queries))
        return tuple(counts)

    world.action(owner=before)
    asked()
    one = asked()
    world.action(owner=before), world.action("BG", "IT", owner=before)

    assert asked() == one
    assert max(one) <= 12
