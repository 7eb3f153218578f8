"""*Today* with something waiting in every room: what it costs, and that it is up to date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cop_platform.common import needs
from experts import reference
from experts.enums import MessageState, Role
from experts.models import Charter, Message, User
from feedback.reviews.domain import rounds
from practices.enums import Touched
from practices.models import CoffeeRound, CommentReport, QuestionRoute, WatchItem, WatchTarget
from sessions.enums import Seat
from tests import factories as make
from tests.feedback import test_today as of_rounds
from tests.feedback import world as reviews
from tests.practices import world as learning
from tests.practices.people import small
from tests.sessions import calendars
from tests.sessions.actions import world as promises

pytestmark = pytest.mark.django_db

# Beside the page's own: who asks, what waits, the sessions to come and their hosts and answers.
MOST = 12
SOON = timedelta(days=3)


def anybody() -> User:
    """Somebody who coordinates Bulgaria and reviews there as well."""
    person = make.user(Role.COORDINATOR).person
    reviews.also_expert(person)
    return User.objects.get(pk=person.user_id)


def _sessions(user: User) -> None:
    """To answer, without guests, a seat, a vote, another time, a promise, a lesson."""
    person, soon = user.person, timezone.now() + SOON
    sessions = [make.cop_session(by=user, title=title) for title in ("Asked", "Empty", "Full")]
    for session in sessions:
        type(session).objects.filter(pk=session.pk).update(
            starts_at=soon, ends_at=soon + timedelta(hours=1)
        )
    make.invitation(sessions[0], person)
    offered = make.invitation(sessions[2], person)
    type(offered).objects.filter(pk=offered.pk).update(seat=Seat.OFFERED, offer_until=soon)
    calendars.proposal(sessions[0], make.person())
    poll = make.poll(by=user, voters=[person])
    type(poll).objects.filter(pk=poll.pk).update(closes_at=soon)
    promises.action(owner=person, due_on=timezone.now().date() - SOON)
    promises.lesson()


def _learning(user: User) -> None:
    """To answer, to tell, to screen, to look at, to settle, to accept."""
    person, today = user.person, timezone.now().date()
    learning.idea()
    learning.experiment(learning.idea(), owner=person, ends_on=today)
    learning.draft(step="submitted", submitted_on=today)
    QuestionRoute.objects.create(question=learning.question("IT"), person=person, asked_at=make.NOW)
    item = WatchItem.objects.create(
        title="A new law",
        country=make.country("BG"),
        source="https://example.org/law",
        effect="Copies count.",
        from_on=today,
        added_by=person,
        added_on=today,
    )
    WatchTarget.objects.create(item=item, touched=Touched.OPEN, material=make.material())
    said = learning.comment("idea", learning.idea().pk, by=learning.member())
    CommentReport.objects.create(comment=said, by=learning.member(), at=make.NOW)
    Charter.objects.get_or_create(
        cop=make.cop(make.country("BG")),
        defaults={"domain": "Migrants", "purpose": "We help.", "adopted_on": today},
    )
    small.coffee_pair("BG", person, learning.member())
    CoffeeRound.objects.update(made_on=today - timedelta(days=20))


def _reviews(user: User) -> None:
    """To write, to rate again, to close, to pass on, to sign, to say; changes to decide."""
    of_rounds.all_kinds(user)
    reviews.assigned(reviews.review_round("BG"), user.person)
    closed = reviews.review_round("BG", by=user)
    reviews.answered(closed, make.person())
    rounds.close_round(round_id=closed.pk, by=user, at=timezone.now())


def _mails(_user: User) -> None:
    Message.objects.filter(person__country__code="BG").update(state=MessageState.FAILED)


ROOMS: list[Callable[[User], None]] = [_sessions, _learning, _reviews, _mails]


def fill(user: User) -> None:
    for room in ROOMS:
        room(user)


def statements(client: Any) -> list[str]:
    reference.countries()
    client.get("/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/").status_code == 200
    return [one["sql"] for one in queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]


def test_something_in_every_room_costs_as_much_as_three_of_each(as_user):
    user = anybody()
    client = as_user(user)
    fill(user)
    first = statements(client)
    fill(user)
    fill(user)
    assert len(first) == len(statements(client)) <= MOST


def test_all_rooms_are_asked_in_one_statement_whatever_waits():
    """A second one only looks which of the reported comments this person may settle."""
    user = anybody()
    needs.of(user, timezone.now())
    with CaptureQueriesContext(connection) as nothing:
        needs.of(user, timezone.now())
    fill(user)
    reference.countries()
    with CaptureQueriesContext(connection) as something:
        found = needs.of(user, timezone.now())
    assert (len(nothing), len(something)) == (1, 2)
    assert {need.title.partition(":")[0].partition("“")[0] for need in found} >= {
        "Will you come? Asked",
        "Nobody is invited yet",
        "A seat is free for you",
        "Which times suit you? When do we meet?",
        "Another time proposed",
        "A lesson without an owner",
        "Review ",
        "Some mails did not arrive",
        "How is the community for you?",
        "Screen a good practice",
        "A colleague asks you",
        "Look at what a change touches",
        "A member says that a comment does not belong here",
    }


def test_what_was_done_is_gone_from_the_next_visit():
    user = anybody()
    promise = promises.action(owner=user.person, due_on=timezone.now().date() - SOON)

    def overdue() -> list[str]:
        return [one.title for one in needs.of(user, timezone.now()) if "Overdue" in one.title]

    before = overdue()
    settled = {"state": "done", "settled_on": timezone.now().date()}
    type(promise).objects.filter(pk=promise.pk).update(**settled)
    assert (before, overdue()) == ([f"Overdue: {promise.title}"], [])


def test_nothing_of_another_country_waits_for_somebody():
    user = anybody()
    fill(user)
    other = make.user(Role.COORDINATOR, "IT")
    own = {need.title for need in needs.of(other, timezone.now())}
    assert own == {"How is the community for you?"}
