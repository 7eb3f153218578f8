"""What questions wait for from a person. One question to the database, whatever it finds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cop_platform.common.needs import Choice, Need
from experts.enums import Role
from experts.models import User
from practices.domain.questions import durations, states
from practices.domain.questions.notices import FOLLOW_UP_AFTER
from practices.enums import Routed, Worked
from practices.models import Question, QuestionRoute

SHOWN = 5
# A question that is open for longer is a matter for its coordinator.
LONG = timedelta(days=7)


def of(user: User, at: datetime) -> Iterator[Need]:
    """Questions put to somebody, one's own to finish or to judge, and for coordinators those that
    wait too long.
    """
    found = waiting(user, at).order_by("-is_put", "added_at", "pk")  # type: ignore[misc]
    for question in found[: 2 * SHOWN]:
        if question.is_put:  # type: ignore[attr-defined]
            yield _to_answer(question, at)
        elif question.asked_by_id != user.person.pk:
            yield _waits_long(question, at)
        elif question.checked_at is None:
            yield _to_finish(question)
        else:
            yield _to_judge(question)


def waiting(user: User, at: datetime) -> QuerySet[Question]:
    """Questions that ask something of this person, with whether one was put to them (`is_put`)."""
    person = user.person
    routes = QuestionRoute.objects.filter(
        question=OuterRef("pk"), person=person, state=Routed.ASKED
    )
    is_open = Q(accepted__isnull=True, closed_at__isnull=True, checked_at__isnull=False)
    own = Q(asked_by=person) & (
        Q(checked_at__isnull=True) | Q(accepted_at__lte=at - FOLLOW_UP_AFTER, worked=Worked.UNKNOWN)
    )
    wanted = (is_open & Q(is_put=True)) | own
    countries = user.access.countries(Role.COORDINATOR)
    if countries:
        late = is_open & Q(checked_at__lt=at - LONG, peer_assist__isnull=True)
        wanted |= late & Q(country_id__in=countries) & ~Q(asked_by=person)
    return Question.objects.annotate(is_put=Exists(routes)).filter(wanted)


def _to_answer(question: Question, at: datetime) -> Need:
    asked = question.checked_at or at
    return Need(
        title=_("A colleague asks you: %(title)s") % {"title": question.title},
        sentence=_("It has waited for %(time)s. Three lines help; you may also pass it on.")
        % {"time": durations.said(at - asked)},
        url=question.get_absolute_url(),
        action=_("Answer"),
        due=asked + LONG,
        icon="question",
    )


def _waits_long(question: Question, at: datetime) -> Need:
    asked = question.checked_at or at
    is_answered = states.of(question) == states.State.ANSWERED
    time = {"time": durations.said(at - asked)}
    return Need(
        title=_("Still open: %(title)s") % {"title": question.title},
        sentence=_("It is open for %(time)s; no answer was accepted yet.") % time
        if is_answered
        else _("It is open for %(time)s and nobody has answered. A peer assist may help.") % time,
        url=question.get_absolute_url(),
        action=_("Look at it"),
        due=asked + LONG,
        icon="warning",
    )


def _to_finish(question: Question) -> Need:
    return Need(
        title=_("Finish your question: %(title)s") % {"title": question.title},
        sentence=_("Take the details out of it; until then nobody else reads it."),
        url=reverse("question_check", args=[question.pk]),
        action=_("Go on"),
        due=question.added_at,
        icon="edit",
    )


def _to_judge(question: Question) -> Need:
    accepted = question.accepted_at or question.added_at
    return Need(
        title=_("Did it work? %(title)s") % {"title": question.title},
        sentence=_("You accepted an answer a month ago. Whether it worked helps the next one."),
        url=question.get_absolute_url(),
        action=_("Look at it"),
        due=accepted + FOLLOW_UP_AFTER,
        icon="check",
        post_url=reverse("question_worked", args=[question.pk]),
        choices=tuple(
            Choice(str(one.label), "worked", one) for one in Worked if one != Worked.UNKNOWN
        ),
    )
