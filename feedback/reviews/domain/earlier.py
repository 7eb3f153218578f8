"""What a reviewer said in the round before, what was answered, and where it stands now.

Only one's own: whose an assignment is says `identity`. Somebody who is new to the material has
nothing here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from experts.models import User
from feedback.changes.enums import Decision
from feedback.changes.models import ChangeRequest
from feedback.reviews.domain import identity, visibility, whereabouts
from feedback.reviews.domain.standing import Chip, chip_of, decision_chip, sureness
from feedback.reviews.enums import Carried, Fixed, Mark
from feedback.reviews.models import (
    Annotation,
    Assignment,
    CarriedAnnotation,
    FixCheck,
    Rating,
    Reply,
    ReviewRound,
    RoundResponse,
)

# As the ledger names what it was made of.
ANNOTATION, RATING = "annotation", "rating"


@dataclass(frozen=True)
class Answered:
    """What was decided on a remark, why, and in which version it was done."""

    chip: Chip
    reason: str
    done_in: int | None


@dataclass(frozen=True)
class Said:
    """One voice of the discussion; who it is stays unsaid, what they are to the material not."""

    voice: str
    text: str


@dataclass(frozen=True)
class Remark:
    """An annotation of one's own; `stands` and `sure` are empty until it was looked for.

    `now` are the words that stand in the place of the marked ones, where they changed.
    """

    pk: int
    mark: str
    place: str
    quote: str
    text: str
    answered: Answered | None
    replies: tuple[Said, ...]
    stands: Chip | None
    sure: str
    page: int | None
    now: str
    fixed: str
    note: str
    asks: bool


@dataclass(frozen=True)
class Comment:
    """A comment of one's own to a criterion."""

    code: str
    wording: str
    text: str
    suggestion: str
    answered: Answered | None
    replies: tuple[Said, ...]


@dataclass(frozen=True)
class Earlier:
    """All of it, for the writer; `is_open` says whether "fixed?" is still taken in."""

    assignment: Assignment
    number: int
    response: str
    remarks: tuple[Remark, ...]
    comments: tuple[Comment, ...]
    choices: tuple[tuple[str, str], ...]
    is_open: bool

    @property
    def asked(self) -> int:
        return sum(remark.asks for remark in self.remarks)

    @property
    def checked(self) -> int:
        return sum(bool(remark.fixed) for remark in self.remarks if remark.asks)


def own_before(assignment: Assignment, user: User) -> Assignment | None:
    """The review this person sent in an earlier round; in `previous` one if they were asked there,
    else in the newest closed round on an earlier version in the same language.
    """
    review_round = assignment.round
    version = review_round.version
    before = identity.own(user).filter(
        submitted_on__isnull=False,
        round__version__material=version.material_id,
        round__version__language=version.language,
        round__version__number__lt=version.number,
        round__closed_at__isnull=False,
    )
    before = before.select_related("round__version__material")
    if review_round.previous_id is not None:
        found = before.filter(round=review_round.previous_id).first()
        if found is not None:
            return found
    return before.order_by("-round__version__number", "-round__closed_at").first()


def of(assignment: Assignment, user: User) -> Earlier | None:
    """For the desk of an own assignment; None for somebody who said nothing before."""
    before = own_before(assignment, user)
    if before is None:
        return None
    annotations = sorted(Annotation.objects.filter(assignment=before), key=_urgent_first)
    ratings = Rating.objects.filter(assignment=before).exclude(comment="", suggestion="")
    commented = list(ratings.select_related("criterion").order_by("criterion__position"))
    if not annotations and not commented:
        return None
    shown = _Answers(before.round, user, annotations, commented)
    carried = _carried(annotations, assignment)
    checks = {
        check.annotation_id: check for check in FixCheck.objects.filter(assignment=assignment)
    }
    response = RoundResponse.objects.filter(round=before.round, sent_at__isnull=False).first()
    return Earlier(
        assignment=assignment,
        number=before.round.version.number,
        response=response.text if response else "",
        remarks=tuple(
            _remark(row, shown, carried.get(row.pk), checks.get(row.pk)) for row in annotations
        ),
        comments=tuple(_comment(row, shown) for row in commented),
        choices=tuple((choice.value, str(choice.label)) for choice in Fixed),
        is_open=assignment.submitted_on is None and assignment.round.closed_at is None,
    )


def _urgent_first(row: Annotation) -> tuple[int, float, int, int]:
    """What must change before ideas and praise, each in the order of the material."""
    marks = [mark.value for mark in Mark]
    return marks.index(row.mark), row.from_second or 0, row.page or 0, row.start or 0


class _Answers:
    """The decisions and replies to some remarks and comments, read at once."""

    def __init__(
        self, before: ReviewRound, user: User, remarks: list[Annotation], comments: list[Rating]
    ) -> None:
        asked = [(ANNOTATION, row.pk) for row in remarks] + [(RATING, row.pk) for row in comments]
        self.decided = dict(_decided(asked))
        self.replies: dict[tuple[str, int], list[Said]] = {}
        if visibility.of(user, before).reads:
            self._read(remarks, comments)

    def _read(self, remarks: list[Annotation], comments: list[Rating]) -> None:
        to_remarks = Reply.objects.filter(annotation__in=remarks)
        to_comments = Reply.objects.filter(rating__in=comments)
        for reply in (to_remarks | to_comments).order_by("position", "pk"):
            key = (
                (ANNOTATION, reply.annotation_id)
                if reply.annotation_id
                else (RATING, reply.rating_id)
            )
            said = Said(reply.get_voice_display(), reply.text)
            self.replies.setdefault(key, []).append(said)  # type: ignore[arg-type]

    def to(self, kind: str, key: int) -> tuple[Answered | None, tuple[Said, ...]]:
        return self.decided.get((kind, key)), tuple(self.replies.get((kind, key), ()))


def _decided(asked: Iterable[tuple[str, int]]) -> Iterable[tuple[tuple[str, int], Answered]]:
    """Decisions by what the request was made of; of a merged one, that of the whole."""
    wanted = set(asked)
    rows = ChangeRequest.objects.filter(
        source_kind__in={kind for kind, _key in wanted}, source_key__in={key for _k, key in wanted}
    ).select_related("done_in", "merged_into__done_in")
    for row in rows:
        whole = row.merged_into or row
        key = (row.source_kind, row.source_key or 0)
        if key in wanted and whole.decision != Decision.OPEN:
            done = whole.done_in.number if whole.done_in else None
            yield key, Answered(decision_chip(whole.decision), whole.reason, done)


def _carried(rows: Iterable[Annotation], assignment: Assignment) -> dict[int, CarriedAnnotation]:
    version = assignment.round.version_id
    found = CarriedAnnotation.objects.filter(annotation__in=list(rows), version=version)
    return {carried.annotation_id: carried for carried in found}


def _remark(
    row: Annotation, shown: _Answers, carried: CarriedAnnotation | None, check: FixCheck | None
) -> Remark:
    answered, replies = shown.to(ANNOTATION, row.pk)
    quote, page, now, sure, stands = _line(row.quote), None, "", "", None
    if carried is not None:
        page, now, stands = carried.page, _line(carried.quote), chip_of(carried.state)
        sure = sureness(carried.state, carried.score, same_words=now.casefold() == quote.casefold())
    return Remark(
        pk=row.pk,
        mark=row.get_mark_display(),
        place=whereabouts.place(row),
        quote=quote,
        text=row.text,
        answered=answered,
        replies=replies,
        stands=stands,
        sure=sure,
        page=page,
        now=now if carried is not None and carried.state == Carried.CHANGED else "",
        fixed=check.answer if check else "",
        note=check.note if check else "",
        asks=row.mark != Mark.PRAISE,
    )


def _line(text: str) -> str:
    return " ".join(text.split())


def _comment(row: Rating, shown: _Answers) -> Comment:
    answered, replies = shown.to(RATING, row.pk)
    return Comment(
        code=row.criterion.code,
        wording=row.wording,
        text=row.comment,
        suggestion=row.suggestion,
        answered=answered,
        replies=replies,
    )
