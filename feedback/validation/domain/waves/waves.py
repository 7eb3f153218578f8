"""Asking a panel again after it has seen how the group answered: opening, answering, closing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.models import Person, User
from feedback.reviews import permissions
from feedback.reviews.domain import identity, notices
from feedback.reviews.domain.rounds import PANEL
from feedback.reviews.enums import CriterionKind, Phase
from feedback.reviews.models import Assignment, Criterion, Rating, ReviewRound
from feedback.validation.consensus import Rule
from feedback.validation.models import SecondRating, Wave


class CannotAsk(NotPossible):
    """The panel cannot be asked again now; the message says why."""


class WaveClosed(NotPossible):
    """The wave takes no answers any more."""


class ReasonMissing(NotPossible):
    """Somebody changed an answer without a word why; `criteria` are the keys of those."""

    def __init__(self, criteria: Collection[int]) -> None:
        super().__init__(_("Say in a sentence why you answer otherwise now."))
        self.criteria = frozenset(criteria)


@dataclass(frozen=True)
class Answer:
    """What is said to a criterion: a score of 1 to 4, or None for "does not apply"."""

    score: int | None
    comment: str = ""


def of_round(review_round: ReviewRound) -> list[Wave]:
    """The further waves of a round, the second first."""
    return list(Wave.objects.filter(round=review_round).order_by("number"))


def takes_answers(wave: Wave, review_round: ReviewRound) -> bool:
    """A wave lives in the discussion of its round: it ends with it, or when it is closed."""
    talks = review_round.closed_at is None and review_round.phase == Phase.DISCUSSION
    return talks and wave.closed_at is None


def may_open_why_not(review_round: ReviewRound, waves: Collection[Wave], sent: int) -> str:
    """The sentence why no further wave can be opened now; empty where one can."""
    if review_round.closed_at or review_round.phase != Phase.DISCUSSION:
        return _("A panel is asked again in the discussion, when all know how the group answered.")
    if sent < PANEL:
        return _("With fewer than %(n)d reviews the group's answers would tell who said what.") % {
            "n": PANEL
        }
    if any(wave.closed_at is None for wave in waves):
        return _("A wave is running: close it before you ask again.")
    newest = max(waves, key=lambda wave: wave.number, default=None)
    if newest and newest.number >= int(newest.rule["most"]):
        return _("The panel was asked %(n)d times, as often as was agreed.") % {"n": newest.number}
    return ""


@transaction.atomic
def open_wave(
    *, round_id: int, criteria: Collection[int], rule: Rule, due_on: date, by: User, at: datetime
) -> Wave:
    """Asks everybody who sent a review to rate these criteria again, and tells them.

    The rule of the first further wave holds for those after it. Raises Refused, CannotAsk.
    """
    review_round = (
        ReviewRound.objects.select_for_update(of=("self",)).with_version().get(pk=round_id)
    )
    permissions.may_close(by, review_round)
    waves = of_round(review_round)
    sent = review_round.assignments.filter(submitted_on__isnull=False)
    if why := may_open_why_not(review_round, waves, sent.count()):
        raise CannotAsk(why)
    asked = Criterion.objects.filter(
        rubric=review_round.rubric_id, kind=CriterionKind.RELEVANCE, pk__in=criteria
    )
    if not asked:
        raise CannotAsk(_("Choose at least one criterion to ask again."))
    wave = Wave.objects.create(
        round=review_round,
        number=max((wave.number for wave in waves), default=1) + 1,
        rule=waves[0].rule if waves else asdict(rule),
        opened_by=by.person,
        opened_at=at,
        due_on=due_on,
    )
    wave.criteria.set(asked)
    # Who of them has sent a review is asked when the mail goes out.
    people = Person.objects.filter(
        pk__in=identity.people_in(review_round), user__is_active=True
    ).order_by("pk")
    notices.tell_wave(review_round, people, number=wave.number, at=at)
    _record("wave opened", wave, by, at)
    return wave


@transaction.atomic
def close_wave(*, wave_id: int, by: User, at: datetime) -> Wave:
    """Ends a wave; a second close changes nothing. Raises Refused."""
    wave = Wave.objects.select_for_update(of=("self",)).select_related("round").get(pk=wave_id)
    permissions.may_close(by, wave.round)
    if wave.closed_at is None:
        wave.closed_at = at
        wave.save(update_fields=["closed_at"])
        _record("wave closed", wave, by, at)
    return wave


def open_for(user: User, assignment_id: int) -> tuple[Assignment, Wave] | None:
    """One's own sent review and the wave that asks about it now; None where none does."""
    found = identity.own(user).filter(submitted_on__isnull=False)
    assignment = found.select_related("round__version__material").filter(pk=assignment_id).first()
    if assignment is None:
        return None
    wave = Wave.objects.filter(round=assignment.round_id, closed_at__isnull=True).first()
    if wave is None or not takes_answers(wave, assignment.round):
        return None
    return assignment, wave


def own_answers(assignment: Assignment, wave: Wave) -> tuple[dict[int, Answer], dict[int, Answer]]:
    """What this person answered before the wave, the newest answer to each criterion, and what in
    it so far; both by criterion.
    """
    first = Rating.objects.filter(assignment=assignment, kind=CriterionKind.RELEVANCE)
    before = {key: Answer(score) for key, score in first.values_list("criterion", "score")}
    given: dict[int, Answer] = {}
    later = SecondRating.objects.filter(assignment=assignment, wave__number__lte=wave.number)
    for row in later.order_by("wave__number"):
        found = given if row.wave_id == wave.pk else before
        found[row.criterion_id] = Answer(row.score, row.comment)
    return before, given


@transaction.atomic
def answer(*, assignment_id: int, answers: Mapping[int, Answer], by: User) -> Wave:
    """Keeps somebody's answers of the running wave; they may be changed until it closes.

    An answer that differs from the one before needs a word why. Criteria that were not asked are
    left aside. Raises WaveClosed, ReasonMissing; then nothing is kept.
    """
    found = open_for(by, assignment_id)
    if found is None:
        raise WaveClosed(_("This wave is closed. Your answers from before stand."))
    assignment, seen = found
    # Whoever closes the wave waits for this, or this reads that it is closed.
    wave = Wave.objects.select_for_update(of=("self",)).select_related("round").get(pk=seen.pk)
    if not takes_answers(wave, wave.round):
        raise WaveClosed(_("This wave is closed. Your answers from before stand."))
    asked = set(wave.criteria.values_list("pk", flat=True))
    wanted = {key: said for key, said in answers.items() if key in asked}
    earlier, _given = own_answers(assignment, wave)
    wordless = {
        key
        for key, said in wanted.items()
        if key in earlier and said.score != earlier[key].score and not said.comment.strip()
    }
    if wordless:
        raise ReasonMissing(wordless)
    for key, said in wanted.items():
        SecondRating.objects.update_or_create(
            wave=wave,
            assignment=assignment,
            criterion_id=key,
            defaults={
                "score": said.score,
                "not_applicable": said.score is None,
                "comment": said.comment,
            },
        )
    return wave


def waiting(person: Any) -> QuerySet[Assignment]:
    """Sent reviews of a person, who may be a slot, that a running wave asks about and that are not
    answered in it.
    """
    running = Wave.objects.filter(closed_at__isnull=True)
    own = identity.of(person).filter(
        submitted_on__isnull=False,
        round__waves__in=running,
        round__phase=Phase.DISCUSSION,
        round__closed_at__isnull=True,
    )
    done = SecondRating.objects.filter(wave__in=running).values("assignment")
    return own.exclude(pk__in=done).select_related("round__version__material")


def _record(deed: str, wave: Wave, by: User, at: datetime) -> None:
    audit.record(
        deed=deed,
        about=wave.round,
        by=by,
        at=at,
        country_id=wave.round.country_id,
        number=wave.number,
    )
