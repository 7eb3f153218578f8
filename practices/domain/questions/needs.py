"""What questions wait for from a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cop_platform.common.needs import Choice, Need, Questions
from cop_platform.common.prepared import KeysSlot, Prepared, Slot
from experts.enums import Role
from experts.models import User
from practices.domain.questions import durations, states
from practices.domain.questions.notices import FOLLOW_UP_AFTER
from practices.enums import Routed, Worked
from practices.models import Question, QuestionRoute

SHOWN = 5
# A question that is open for longer is a matter for its coordinator.
LONG = timedelta(days=7)


def asks(user: User, at: datetime) -> Questions:
    """Questions that ask something of this person; of no country for who coordinates none."""
    asked = _WAITING.asked(
        person=user.person.pk,
        long=at - LONG,
        judged=at - FOLLOW_UP_AFTER,
        countries=list(user.access.countries(Role.COORDINATOR)),
    )
    return {"questions": asked}


def of(user: User, at: datetime, *, questions: Sequence[Question]) -> Iterator[Need]:
    """Questions put to somebody, one's own to finish or to judge, and for coordinators those that
    wait too long.
    """
    for question in questions:
        if question.is_put:  # type: ignore[attr-defined]
            yield _to_answer(question, at)
        elif question.asked_by_id != user.person.pk:
            yield _waits_long(question, at)
        elif question.checked_at is None:
            yield _to_finish(question)
        else:
            yield _to_judge(question)


def _waiting() -> QuerySet[Question]:
    """Questions that ask something of a person, with whether one was put to them (`is_put`)."""
    routes = QuestionRoute.objects.filter(
        question=OuterRef("pk"), person=Slot("person"), state=Routed.ASKED
    )
    is_open = Q(accepted__isnull=True, closed_at__isnull=True, checked_at__isnull=False)
    is_own = Q(asked_by=Slot("person"))
    unjudged = Q(accepted_at__lte=Slot("judged"), worked=Worked.UNKNOWN)
    late = is_open & Q(checked_at__lt=Slot("long"), peer_assist__isnull=True)
    wanted = (is_open & Q(is_put=True)) | (is_own & (Q(checked_at__isnull=True) | unjudged))
    wanted |= late & Q(country_id__in=KeysSlot("countries")) & ~is_own
    found = Question.objects.annotate(is_put=Exists(routes)).filter(wanted)
    return found.defer("situation").order_by("-is_put", "added_at", "pk")[: 2 * SHOWN]


_WAITING = Prepared(_waiting)


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
