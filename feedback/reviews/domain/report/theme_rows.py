"""Reads the remarks of panels whose reviews are all in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max, QuerySet

from cop_platform.common.reporting.sections import Scope
from feedback.reviews.domain import change_source
from feedback.reviews.domain.report import asked
from feedback.reviews.domain.report.theme_facts import Tone
from feedback.reviews.enums import CriterionKind, Mark, Phase
from feedback.reviews.models import Annotation, Assignment, PhaseChange, Rating, ReviewRound

_TONES = {
    Mark.MUST: Tone.REMARK,
    Mark.SHOULD: Tone.REMARK,
    Mark.IDEA: Tone.IDEA,
    Mark.PRAISE: Tone.PRAISE,
}
_ALL_IN = (Phase.RESPONSE, Phase.DECISION)
# Where the fields of a remark's review are found, from a rating and from an annotation alike.
_WHERE = (
    "assignment__round_id",
    "assignment__country_id",
    "assignment__reviewer_code",
    "assignment__round__version__material__code",
    "criterion__code",
)


@dataclass(frozen=True)
class Told:
    """The rounds a report tells the remarks of, and how many of the others there are."""

    rounds: tuple[ReviewRound, ...]
    running: int
    small: int


@dataclass(frozen=True)
class Remark:
    """One remark, under the code of its writer; `kind` and `key` name it for the ledger."""

    kind: str
    key: int
    panel: tuple[int, int]
    writer: UUID
    material: str
    code: str
    question: str
    tone: Tone
    text: str
    page: int | None = None


@dataclass(frozen=True)
class Answer:
    """One answer of 1 to 4."""

    round: int
    material: str
    version: int
    code: str
    question: str
    score: int


def told(scope: Scope) -> Told:
    """Rounds in which nobody writes a review any more, so that no remark sways one.

    The public hears of closed ones only. Panels are withheld as everywhere.
    """
    known = asked.rounds(scope)
    sent = defaultdict(list)
    for seat in asked.seats(scope, known):
        if seat.submitted:
            sent[seat.round_id].append(seat)
    over = _over(scope, known)
    large = {one.pk for one in known if not asked.withheld(scope, sent[one.pk])}
    return Told(
        rounds=tuple(one for one in known if one.pk in over & large),
        running=sum(one.pk not in over for one in known),
        small=sum(one.pk in over - large for one in known),
    )


def _over(scope: Scope, rounds: Sequence[ReviewRound]) -> set[int]:
    closed = {one.pk for one in rounds if one.closed_at and one.closed_at <= scope.until}
    if not scope.for_agency:
        return closed
    gone_on = PhaseChange.objects.filter(
        round__in=[one.pk for one in rounds], phase__in=_ALL_IN, at__lte=scope.until
    )
    return closed | set(gone_on.order_by().values_list("round_id", flat=True))


def sent(scope: Scope, rounds: Iterable[ReviewRound]) -> QuerySet[Assignment]:
    """The reviews of the countries' experts that were in by the period's end."""
    own = Assignment.objects.filter(round__in=[one.pk for one in rounds])
    return own.filter(country__in=scope.country_ids).submitted(asked.last_day(scope))


def newest(reviews: QuerySet[Assignment]) -> str:
    """The day of the last of them; "" without any."""
    day = reviews.order_by().aggregate(day=Max("submitted_on"))["day"]
    return day.isoformat() if day else ""


def remarks(reviews: QuerySet[Assignment]) -> list[Remark]:
    """Comments on questions, and annotations; two queries."""
    return [*_comments(reviews), *_annotations(reviews)]


def _comments(reviews: QuerySet[Assignment]) -> Iterator[Remark]:
    rows = Rating.objects.filter(assignment__in=reviews).exclude(comment="").order_by("pk")
    for pk, question, comment, round_id, country_id, writer, material, code in rows.values_list(
        "pk", "wording", "comment", *_WHERE
    ):
        yield Remark(
            kind=change_source.RATING,
            key=pk,
            panel=(round_id, country_id),
            writer=writer,
            material=material,
            code=code,
            question=question,
            tone=Tone.REMARK,
            text=comment,
        )


def _annotations(reviews: QuerySet[Assignment]) -> Iterator[Remark]:
    rows = Annotation.objects.filter(assignment__in=reviews).order_by("pk")
    for row in rows.values_list("pk", "criterion__text", "mark", "text", "page", *_WHERE):
        pk, question, mark, text, page, round_id, country_id, writer, material, code = row
        yield Remark(
            kind=change_source.ANNOTATION,
            key=pk,
            panel=(round_id, country_id),
            writer=writer,
            material=material,
            code=code or "",
            question=question or "",
            tone=_TONES[Mark(mark)],
            text=text,
            page=page,
        )


def answers(reviews: QuerySet[Assignment]) -> list[Answer]:
    """All answers of 1 to 4, without whose they are."""
    rows = Rating.objects.filter(
        assignment__in=reviews, kind=CriterionKind.RELEVANCE, score__isnull=False
    )
    found = rows.order_by().values_list(
        "assignment__round_id",
        "assignment__round__version__material__code",
        "assignment__round__version__number",
        "criterion__code",
        "wording",
        "score",
    )
    answers = [
        Answer(round_id, material, version, code, question, score or 0)
        for round_id, material, version, code, question, score in found
    ]
    return sorted(answers, key=lambda one: (one.material, one.round))
