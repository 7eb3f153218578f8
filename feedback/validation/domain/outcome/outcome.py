"""What a round says, in words and figures, for those who coordinate it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.prepared import KeysSlot, Prepared, Slot
from experts.enums import Role
from experts.models import User
from feedback.changes.domain import links
from feedback.changes.domain.links import ChangeLink
from feedback.reviews.domain import cards, change_source, identity, phases, visibility
from feedback.reviews.domain.rounds import PANEL
from feedback.reviews.enums import CriterionKind
from feedback.reviews.models import Assignment, Rating, ReviewRound
from feedback.validation import figures
from feedback.validation.domain.outcome import other_answers, words
from feedback.validation.domain.outcome.other_answers import Counted, Mean
from feedback.validation.domain.outcome.tables import CriterionRatings, MaterialRatings, tables_of


@dataclass(frozen=True)
class Remark:
    """A comment or a reason; `mark` is the score it came with, or the words "not applicable".

    It is empty where scores of one person are not shown. `change` is there for comments that the
    reader may make a change request, or that are one.
    """

    mark: str
    text: str
    suggestion: str = ""
    change: ChangeLink = links.NONE


@dataclass(frozen=True)
class Line:
    """One criterion, ready to show; `parts` are (score, how many gave it) from 1 to 4."""

    row: CriterionRatings
    sentence: str
    state: str
    state_label: str
    parts: tuple[tuple[str, int], ...]
    median: str
    i_cvi: str
    interval: str
    kappa: str
    aiken_v: str
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class Outcome:
    """The page. `withheld` is the sentence that stands there instead of figures.

    `others` are the criteria that are no scale of 1 to 4, `mean` the weighted mean of those that
    are.
    """

    table: MaterialRatings
    lines: tuple[Line, ...]
    withheld: str
    standing: str
    s_cvi_ave: str
    s_cvi_ua: str
    remarks_later: bool
    may_raise: bool
    others: tuple[Counted, ...] = ()
    mean: Mean | None = None


Changes = dict[tuple[str, int], ChangeLink]

_ANY = Prepared(lambda: ReviewRound.objects.filter(pk=Slot("round")).with_version())
_SEEN = Prepared(
    lambda: (
        ReviewRound.objects.filter(pk=Slot("round")).seen_with(KeysSlot("countries")).with_version()
    )
)


def find(pk: int, user: User) -> ReviewRound | None:
    """The round, if this person may see its outcome, `with_version`."""
    own = user.access.countries(Role.COORDINATOR)
    if user.access.is_manager:
        found = _ANY.all(round=pk)
    else:
        found = _SEEN.all(round=pk, countries=list(own)) if own else []
    return found[0] if found else None


def build(review_round: ReviewRound, user: User) -> Outcome:
    """The outcome out of the assignments this person may count; the round comes `with_version`.

    Comments appear where the visibility of the round shows them, after the independent phase:
    before, somebody who looks every day would learn from the day who wrote what. Whoever still has
    to rate in the round sees nothing of it.
    """
    visible = Assignment.objects.visible_to(user).filter(round=review_round)
    table = tables_of([review_round], visible)[0]
    withheld = _withheld(table, review_round, user)
    view = visibility.NOTHING
    if not withheld and visibility.is_over_independent(review_round):
        view = visibility.of(user, review_round)
    changes = _changes(review_round, user, view) if view.reads else {}
    remarks = _remarks(visible, view.scores, changes) if view.reads else {}
    others, mean = (
        ((), None) if withheld else other_answers.build(review_round, user, with_texts=view.reads)
    )
    lines = () if withheld else tuple(_line(row, remarks) for row in table.criteria)
    return Outcome(
        table=table,
        lines=lines,
        withheld=withheld,
        standing=_standing(table, withheld),
        s_cvi_ave=words.share(table.s_cvi_ave),
        s_cvi_ua=words.share(table.s_cvi_ua),
        remarks_later=not view.reads,
        may_raise=any(link.value for link in changes.values()),
        others=others,
        mean=mean,
    )


def _withheld(table: MaterialRatings, review_round: ReviewRound, user: User) -> str:
    if phases.takes_reviews(review_round) and identity.still_rates(user, review_round):
        return _("You review this version yourself: the outcome opens when your review is sent.")
    if table.withheld:
        return _("The outcome opens with %(n)d reviews: fewer would tell who said what.") % {
            "n": PANEL
        }
    return ""


def _standing(table: MaterialRatings, withheld: str) -> str:
    reviews = cards.standing_of(table.assigned, table.submitted)
    if withheld:
        return f"{reviews}."
    judged = [row for row in table.criteria if row.passes is not None]
    passed = sum(row.passes is True for row in judged)
    counts = {"passed": passed, "n": len(judged), "reviews": reviews}
    return (
        ngettext(
            "%(reviews)s; %(passed)d of %(n)d criterion passes.",
            "%(reviews)s; %(passed)d of %(n)d criteria pass.",
            len(judged),
        )
        % counts
    )


def _line(row: CriterionRatings, remarks: dict[str, list[Remark]]) -> Line:
    state, label = words.verdict(row.passes)
    return Line(
        row=row,
        sentence=words.pass_sentence(row.relevant, row.n, row.needed),
        state=state,
        state_label=label,
        parts=tuple((str(n), c) for n, c in enumerate(row.distribution, start=figures.LOWEST)),
        median=words.score(row.median),
        i_cvi=words.share(row.i_cvi),
        interval=words.interval(row.wilson),
        kappa=words.kappa(row.kappa),
        aiken_v=words.share(row.aiken_v),
        remarks=tuple(remarks.get(row.code, ())),
    )


def _remarks(
    visible: QuerySet[Assignment], scores: bool, changes: Changes
) -> dict[str, list[Remark]]:
    """Comments by criterion, with the score they came with where `scores` may be seen.

    Sorted by their own text: no order that could be one person's.
    """
    rows = Rating.objects.filter(assignment__in=visible.submitted(), kind=CriterionKind.RELEVANCE)  # type: ignore[attr-defined]
    said = rows.exclude(comment="", suggestion="", na_reason="")
    found: dict[str, list[Remark]] = defaultdict(list)
    for pk, code, score, comment, suggestion, reason in said.values_list(
        "pk", "criterion__code", "score", "comment", "suggestion", "na_reason"
    ):
        if score is None and reason:
            found[code].append(Remark(_("not applicable") if scores else "", reason))
        if comment or suggestion:
            mark = _("not applicable") if score is None else str(score)
            change = changes.get((change_source.RATING, pk), links.NONE)
            found[code].append(Remark(mark if scores else "", comment, suggestion, change))
    return {code: sorted(some, key=lambda r: (r.mark, r.text)) for code, some in found.items()}


def _changes(review_round: ReviewRound, user: User, view: visibility.View) -> Changes:
    """What stands beside the comments that this person may read, by the key of the rating."""
    readable = visibility.ratings_for(user, review_round, view).exclude(comment="").order_by()
    countries = dict(readable.values_list("pk", "assignment__country_id"))
    return links.beside(user, review_round.version, {change_source.RATING: countries})
