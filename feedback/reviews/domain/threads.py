"""What is read in the discussion of a round: each remark with the answers under it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Q

from experts.models import User
from feedback.changes.domain import links
from feedback.changes.domain.links import ChangeLink
from feedback.reviews.domain import identity, scales, visibility, whereabouts
from feedback.reviews.domain.visibility import View
from feedback.reviews.enums import Choice, Voice
from feedback.reviews.models import Annotation, Rating, Reply, ReviewRound

ANNOTATION = "annotation"
RATING = "rating"


@dataclass(frozen=True)
class Said:
    """One answer; `who` is a label for a reviewer, a name for others. `role` is the voice."""

    who: str
    role: str
    is_reviewer: bool
    is_own: bool
    text: str
    on: date


@dataclass(frozen=True)
class Thread:
    """A remark with its answers. `place` says where it points at, `score` is "" where it is hidden.

    `kind` and `key` name it in addresses; `mark` and `mark_label` are those of an annotation.
    `change` is there for those who may make it a change request, or see the one that was made;
    `asks` where there are words to make one of. `country` is whom the remark speaks for, for rules
    alone: no page shows it.
    """

    kind: str
    key: int
    place: str
    quote: str
    mark: str
    mark_label: str
    score: str
    who: str
    is_own: bool
    text: str
    suggestion: str
    said: tuple[Said, ...]
    country: int | None = None
    asks: bool = True
    change: ChangeLink = links.NONE

    @property
    def anchor(self) -> str:
        return f"{self.kind}-{self.key}"


def of(user: User, review_round: ReviewRound, view: View) -> list[Thread]:
    """Every remark this person may read, those in the pages by their place, then by criterion.

    Four queries, however many there are. Nothing where the view does not let others be read.
    """
    if not view.reads:
        return []
    seen = visibility.assignments_for(user, review_round, view)
    panel = identity.codes_in(review_round, user)
    mine = {row.pk for row in panel if row.is_own}
    called = visibility.labels(review_round, view, [row.code for row in panel])
    annotations = list(
        Annotation.objects.filter(assignment__in=seen)
        .select_related("assignment", "criterion")
        .order_by("page", "start", "from_second", "assignment__reviewer_code", "pk")
    )
    ratings = list(
        Rating.objects.filter(assignment__in=seen)
        .exclude(comment="", suggestion="", na_reason="")
        .select_related("assignment", "criterion")
        .order_by("criterion__position", "assignment__reviewer_code")
    )
    answers = _answers(annotations, ratings, called, mine, user)
    return [
        *(_of_annotation(row, called, mine, answers) for row in annotations),
        *(_of_rating(row, view, called, mine, answers) for row in ratings),
    ]


def with_changes(
    found: Iterable[Thread], user: User, review_round: ReviewRound, view: View
) -> list[Thread]:
    """The remarks with what the ledger says of each, for authors and those who lead the round."""
    shown = list(found)
    if not (view.is_author or view.coordinates):
        return shown
    spoken: dict[str, dict[int, int | None]] = {ANNOTATION: {}, RATING: {}}
    for one in shown:
        if one.asks:
            spoken[one.kind][one.key] = one.country
    beside = links.beside(user, review_round.version, spoken)
    return [replace(one, change=beside.get((one.kind, one.key), links.NONE)) for one in shown]


Answers = Mapping[tuple[str, int], tuple[Said, ...]]


def _answers(
    annotations: Iterable[Annotation],
    ratings: Iterable[Rating],
    called: Mapping[UUID, str],
    mine: set[int],
    user: User,
) -> Answers:
    under = Q(annotation__in=[row.pk for row in annotations])
    under |= Q(rating__in=[row.pk for row in ratings])
    rows = Reply.objects.filter(under).select_related("assignment", "person")
    found: dict[tuple[str, int], list[Said]] = defaultdict(list)
    for row in rows.order_by("position", "pk"):
        key = (ANNOTATION, row.annotation_id) if row.annotation_id else (RATING, row.rating_id or 0)
        found[key].append(_said(row, called, mine, user))
    return {key: tuple(some) for key, some in found.items()}


def _said(reply: Reply, called: Mapping[UUID, str], mine: set[int], user: User) -> Said:
    if reply.assignment is not None:
        who = called[reply.assignment.reviewer_code]
    else:
        who = reply.person.name if reply.person else ""
    return Said(
        who=who,
        role=str(Voice(reply.voice).label),
        is_reviewer=reply.voice == Voice.REVIEWER,
        is_own=reply.assignment_id in mine or reply.person_id == user.person.pk,
        text=reply.text,
        on=reply.on,
    )


def _of_annotation(
    row: Annotation, called: Mapping[UUID, str], mine: set[int], answers: Answers
) -> Thread:
    return Thread(
        kind=ANNOTATION,
        key=row.pk,
        place=whereabouts.place(row),
        quote=row.quote,
        mark=row.mark,
        mark_label=row.get_mark_display(),
        score="",
        who=called[row.assignment.reviewer_code],
        is_own=row.assignment_id in mine,
        text=row.text,
        suggestion="",
        said=answers.get((ANNOTATION, row.pk), ()),
        country=row.assignment.country_id,
    )


def _of_rating(
    row: Rating, view: View, called: Mapping[UUID, str], mine: set[int], answers: Answers
) -> Thread:
    is_own = row.assignment_id in mine
    return Thread(
        kind=RATING,
        key=row.pk,
        place=f"{row.criterion.code} {row.wording}",
        quote="",
        mark="",
        mark_label="",
        score=_score(row) if view.scores or is_own else "",
        who=called[row.assignment.reviewer_code],
        is_own=is_own,
        text=row.comment or row.na_reason,
        suggestion=row.suggestion,
        said=answers.get((RATING, row.pk), ()),
        country=row.assignment.country_id,
        asks=bool(row.comment),
    )


def _score(row: Rating) -> str:
    if row.not_applicable:
        return str(Choice.NOT_APPLICABLE.label)
    return scales.said(row.criterion, row.score) if row.score else ""
