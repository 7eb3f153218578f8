"""An expert accepts or declines before the file is shown, and says whether they read its language.

Where a round asks for it, the version cannot be read before it is accepted (see
`identity.versions_to_read`). A request that is declined is released: no more reminders, and the
coordinators of the country learn that somebody declined, never which review it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.refusals import NotPossible, Refused
from cop_platform.common.times import to_wall
from experts.enums import Role
from experts.models import Membership, User
from feedback.reviews.domain import conflicts, identity, notices, phases, records
from feedback.reviews.domain.cards import due_sentence
from feedback.reviews.models import Assignment, ReviewRound

# What a reader needs for a page and for a criterion; a material without pages is taken for a short
# one. Rounded up, so that nobody is promised too little.
MINUTES_A_PAGE, MINUTES_A_CRITERION, PAGES_UNKNOWN, ROUNDED_TO = 2, 2, 5, 5


class Over(NotPossible):
    """The request is no longer open: it was answered, passed on, or the round went on."""


class LanguageUnread(NotPossible):
    """Whoever does not read the language well cannot accept."""


@dataclass(frozen=True)
class Card:
    """What is shown before the file: `state` is asked, declined, or over with its sentence."""

    state: str
    sentence: str
    title: str
    summary: str
    number: int
    pages: int | None
    language: str
    due: str
    criteria: int
    minutes: int


def is_asked(assignment: Assignment) -> bool:
    """Whether the desk shows the request and not the material: not accepted yet, or declined."""
    if assignment.submitted_on is not None:
        return False
    if assignment.declined_on is not None:
        return True
    return assignment.round.accept_first and assignment.accepted_on is None


def card(assignment: Assignment, user: User, at: datetime) -> Card:
    """The card of the material, without anything of its file."""
    version = assignment.round.version
    criteria = len(assignment.round.rubric.criteria.all())
    state, sentence = _state(assignment)
    return Card(
        state=state,
        sentence=sentence,
        title=version.material.title,
        summary=version.material.summary,
        number=version.number,
        pages=version.pages,
        language=version.get_language_display(),
        due=due_sentence(assignment.due_on, at, user.person.zone),
        criteria=criteria,
        minutes=minutes_expected(version.pages, criteria),
    )


def minutes_expected(pages: int | None, criteria: int) -> int:
    """Minutes a review takes: reading and answering, rounded up to five."""
    minutes = MINUTES_A_PAGE * (pages or PAGES_UNKNOWN) + MINUTES_A_CRITERION * criteria
    return -(-minutes // ROUNDED_TO) * ROUNDED_TO


def _state(assignment: Assignment) -> tuple[str, str]:
    if assignment.declined_on is not None:
        return "declined", _("You declined this review, thank you for answering.")
    if assignment.round.closed_at is not None:
        return "over", _("This round is closed; no answer is needed any more.")
    if not phases.takes_reviews(assignment.round):
        return "over", _("This round went on; reviews are no longer taken in.")
    if assignment.released_on is not None:
        return "over", _("Somebody else was asked meanwhile. Thank you, nothing is left to do.")
    return "asked", ""


@transaction.atomic
def accept(*, assignment_id: int, reads_language: bool, by: User, at: datetime) -> Assignment:
    """Takes the review on; the file opens. Accepting twice is accepting once.

    Raises Refused, Over, LanguageUnread.
    """
    assignment = _locked(assignment_id, by)
    if assignment.accepted_on is not None and assignment.declined_on is None:
        return assignment
    _check_open(assignment)
    if not reads_language:
        raise LanguageUnread(
            _("Whoever does not read %(language)s well cannot judge it: please decline.")
            % {"language": assignment.round.version.get_language_display()}
        )
    assignment.accepted_on = at.date()
    assignment.reads_language = True
    assignment.save(update_fields=["accepted_on", "reads_language"])
    records.by_code("review accepted", assignment, at=at, country_id=assignment.country_id)
    return assignment


@transaction.atomic
def decline(
    *,
    assignment_id: int,
    reason: str,
    has_conflict: bool = False,
    reads_language: bool | None = None,
    by: User,
    at: datetime,
) -> Assignment:
    """Gives the request back; with `has_conflict` the reason is a declared conflict of interest.

    Declining twice is declining once. Raises Refused, Over.
    """
    assignment = _locked(assignment_id, by)
    if assignment.declined_on is not None:
        return assignment
    _check_open(assignment)
    today = to_wall(at, by.person.zone).date()
    assignment.declined_on = assignment.released_on = today
    # The reason of a conflict stands with the person; beside the code it would join the two.
    assignment.decline_reason = "" if has_conflict else reason
    assignment.reads_language = reads_language
    assignment.save(
        update_fields=["declined_on", "released_on", "decline_reason", "reads_language"]
    )
    if has_conflict:
        conflicts.declare(
            person=by.person,
            material=assignment.round.version.material,
            reason=reason,
            by=by,
            at=at,
        )
    notices.take_back_reminders(assignment.round, by.person)
    number = assignment.round.assignments.filter(declined_on__isnull=False).count()
    coordinators = Membership.objects.current().filter(
        role=Role.COORDINATOR, cop__country=assignment.country_id
    )
    told = [member.person for member in coordinators.select_related("person").order_by("pk")]
    notices.tell_declined(assignment.round, told, number=number, at=at)
    records.by_code("review declined", assignment, at=at, country_id=assignment.country_id)
    return assignment


def may_decline(assignment: Assignment) -> bool:
    """Whether a review that is open at the desk can still be given back."""
    return assignment.submitted_on is None and _state(assignment)[0] == "asked"


def check_accepted(assignment: Assignment) -> None:
    """Raises Over while the desk is closed to its expert: nothing is written before accepting."""
    if is_asked(assignment):
        raise Over(_("Please accept this review first."))


def _check_open(assignment: Assignment) -> None:
    if assignment.submitted_on is not None:
        raise Over(_("You sent this review already; it can no longer be changed."))
    state, sentence = _state(assignment)
    if state != "asked":
        raise Over(sentence)


def reasons(review_round: ReviewRound, user: User) -> list[str]:
    """Why experts of one's countries declined, by the letters of it: no order that tells who."""
    found = Assignment.objects.visible_to(user).filter(
        round=review_round, declined_on__isnull=False
    )
    said = found.exclude(decline_reason="").order_by("decline_reason")
    return list(said.values_list("decline_reason", flat=True))


def declined_sentence(number: int) -> str:
    """How many declined; who could be asked instead is on the page that this leads to."""
    text = ngettext(
        "%(n)d expert declined. Others who fit are listed with reasons.",
        "%(n)d experts declined. Others who fit are listed with reasons.",
        number,
    )
    return text % {"n": number}


def _locked(assignment_id: int, by: User) -> Assignment:
    rows = Assignment.objects.select_for_update(of=("self", "round"), no_key=True)
    assignment = rows.select_related("round__version__material").get(pk=assignment_id)
    if not identity.is_mine(by, assignment.reviewer_code):
        raise Refused(_("Only the assigned expert can answer this request."))
    return assignment
