"""What a look back taught is written down, gets an owner, and ends in a changed procedure."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common import revisions
from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.domain import audit
from experts.models import Person, User
from sessions import permissions
from sessions.domain.actions import settling, writing
from sessions.domain.actions.writing import ActionPlan, Source
from sessions.enums import ActionState, Kind
from sessions.models import ActionItem, CopSession, Lesson

KIND = "lesson"


@dataclass(frozen=True)
class Learnt:
    """The four questions of an after action review, answered."""

    planned: str
    happened: str
    why: str
    change: str


@transaction.atomic
def write(*, session_id: int, learnt: Learnt, by: User, at: datetime) -> Lesson:
    """One lesson of a review; a form that is sent twice writes one. Raises Refused, NotPossible."""
    session = CopSession.objects.select_for_update().get(pk=session_id)
    permissions.may_write_lesson(by, session)
    if session.kind != Kind.REVIEW:
        raise NotPossible(_("Lessons are written down in an after action review."))
    said = asdict(learnt)
    if sent_before := session.lessons.filter(**said).first():
        return sent_before
    lesson = Lesson.objects.create(session=session, **said, written_by=by.person, written_at=at)
    audit.record(deed="lesson written", about=lesson, by=by, at=at)
    return lesson


@transaction.atomic
def change(*, lesson_id: int, revision: int, learnt: Learnt, by: User, at: datetime) -> Lesson:
    """Other words. Raises Refused, ChangedMeanwhile."""
    lesson = _locked(lesson_id)
    permissions.may_write_lesson(by, lesson.session)
    revisions.check(lesson, revision)
    for name, value in asdict(learnt).items():
        setattr(lesson, name, value)
    return _saved(lesson, "lesson changed", by=by, at=at)


@transaction.atomic
def give_owner(
    *, lesson_id: int, owner: Person, due_on: date, by: User, at: datetime
) -> ActionItem:
    """Makes it an action of the host countries, which its owner is told of.

    Raises Refused, ForeignOwner, NotPossible where somebody owns it already.
    """
    lesson = _locked(lesson_id)
    permissions.may_write_lesson(by, lesson.session)
    if lesson.has_owner:
        raise NotPossible(_("This lesson has an owner. Change its action instead."))
    session = lesson.session
    cops = tuple(cop for cop in session.host_cops.all() if cop.country_id)
    plan = ActionPlan(lesson.change, owner, due_on, cops, goal=session.goal)
    source = Source(session, KIND, lesson.pk)
    lesson.action = writing.make(plan=plan, source=source, by=by, at=at)
    _saved(lesson, "lesson owned", by=by, at=at)
    return lesson.action


@transaction.atomic
def report_change(
    *, lesson_id: int, revision: int, procedure: str, link: str, by: User, at: datetime
) -> Lesson:
    """What is done in another way now; the action that promised it is done with it.

    Said again it takes the place of the first words; the first day counts. Raises Refused,
    ChangedMeanwhile.
    """
    lesson = _locked(lesson_id)
    permissions.may_report_change(by, lesson)
    revisions.check(lesson, revision)
    lesson.procedure, lesson.procedure_link = procedure, link
    lesson.changed_on = lesson.changed_on or to_wall(at, by.person.zone).date()
    if lesson.action and lesson.action.state == ActionState.OPEN:
        settling.done(action_id=lesson.action.pk, by=by, at=at)
    return _saved(lesson, "procedure changed", by=by, at=at)


def _locked(lesson_id: int) -> Lesson:
    rows = Lesson.objects.select_for_update(of=("self",))
    rows = rows.select_related("action", "session__goal__cop")
    return rows.prefetch_related("session__host_cops").get(pk=lesson_id)


def _saved(lesson: Lesson, deed: str, *, by: User, at: datetime) -> Lesson:
    lesson.revision += 1
    lesson.save()
    audit.record(deed=deed, about=lesson, by=by, at=at)
    return lesson
