"""The review desk: a draft is kept as typed, and handed in once it is whole."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible, Refused
from experts.models import User
from feedback.reviews.domain import acceptance, answers, identity, notices, phases, records
from feedback.reviews.domain.answers import Answers, Fault
from feedback.reviews.enums import CriterionKind
from feedback.reviews.models import Assignment, Criterion, Draft, Rating


class AlreadySent(NotPossible):
    """The review was handed in; there is no draft any more."""


class ChangedElsewhere(NotPossible):
    """Another window saved a newer draft."""


class Incomplete(NotPossible):
    """Something is missing; `faults` names each criterion."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(_("Some criteria still need you."))
        self.faults = faults


@transaction.atomic
def save_draft(
    *,
    assignment_id: int,
    typed: Answers,
    revision: int | None,
    writer: str,
    by: User,
    at: datetime,
) -> Draft:
    """Lays what was typed over the draft, complete or not, while the round takes reviews.

    `revision` is the one the window saw (None overwrites whatever is there), `writer` a word of
    that window. Raises Refused, AlreadySent, phases.RoundClosed, ChangedElsewhere; then nothing
    is changed.
    """
    assignment = locked(assignment_id, by)
    if assignment.submitted_on:
        raise AlreadySent(_("You sent this review already; it can no longer be changed."))
    phases.check_keeps_drafts(assignment.round)
    draft = Draft.objects.filter(assignment=assignment).first()
    draft = draft or Draft(assignment=assignment)
    seen = revision in {None, draft.revision} or (writer and writer == draft.writer)
    if not seen:
        raise ChangedElsewhere(_("A newer draft of this review was saved in another window."))
    draft.answers = answers.merged(draft.answers, typed)
    draft.revision += 1
    draft.writer = writer
    draft.saved_at = at
    draft.save()
    return draft


@transaction.atomic
def submit(*, assignment_id: int, by: User, at: datetime) -> Assignment:
    """Hands the draft in: a rating for each answer, no draft. Handing in twice is handing in once.

    Raises Refused, phases.RoundClosed (the draft stays), Incomplete.
    """
    assignment = locked(assignment_id, by, "round")
    if assignment.submitted_on:
        return assignment
    phases.check_takes_reviews(assignment.round)
    draft = Draft.objects.filter(assignment=assignment).first()
    stored: Answers = draft.answers if draft else {}
    criteria = list(assignment.round.rubric.criteria.all())
    if faults := answers.faults(stored, criteria):
        raise Incomplete(faults)
    Rating.objects.bulk_create(_ratings(assignment, stored, criteria))
    assignment.submitted_on = at.date()
    assignment.save(update_fields=["submitted_on"])
    Draft.objects.filter(assignment=assignment).delete()
    notices.take_back_reminders(assignment.round, by.person)
    notices.thank(assignment.round, by.person, at=at)
    records.by_code("review submitted", assignment, at=at, country_id=assignment.country_id)
    return assignment


def locked(assignment_id: int, by: User, *also: str) -> Assignment:
    """One's own assignment, for writing; with "round" locked too, it is not closed meanwhile.

    Raises Refused, acceptance.Over where it was not accepted yet or was declined.
    """
    rows = Assignment.objects.select_for_update(of=("self", *also), no_key=True)
    assignment = rows.select_related("round__rubric").get(pk=assignment_id)
    if not identity.is_mine(by, assignment.reviewer_code):
        raise Refused(_("Only the assigned expert can review this material."))
    acceptance.check_accepted(assignment)
    return assignment


def _ratings(
    assignment: Assignment, stored: Answers, criteria: Iterable[Criterion]
) -> Iterable[Rating]:
    for criterion in criteria:
        answer = answers.of(stored, criterion)
        if answers.is_empty(criterion, answer):
            continue
        is_text = criterion.kind == CriterionKind.TEXT
        yield Rating(
            assignment=assignment,
            criterion=criterion,
            wording=criterion.text,
            kind=criterion.kind,
            weight=criterion.weight,
            score=None if is_text else answer.number,
            not_applicable=answer.is_not_applicable,
            na_reason=answer.reason if answer.is_not_applicable else "",
            comment=answer.comment,
            suggestion=answer.suggestion,
            confidence=answer.sureness,
        )
