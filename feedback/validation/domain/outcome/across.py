"""The same item in different countries and languages: which panels differ, as a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from experts.models import Country, User
from feedback.reviews.domain import identity, phases, visibility
from feedback.reviews.domain.rounds import PANEL
from feedback.reviews.enums import CriterionKind
from feedback.reviews.models import Criterion, Rating, ReviewRound
from feedback.validation import figures, shifts
from feedback.validation.domain.outcome import comparing
from feedback.validation.domain.outcome.comparing import Cell, Compared
from feedback.validation.shifts import Panel

# A shift that should not go unnoticed, and how relevant an item usually is.
SHIFT, USUAL, ENOUGH_POWER = 0.40, 0.95, 0.80


@dataclass(frozen=True)
class ItemAcross:
    """A criterion: what each panel said ("5 of 6", empty where nobody rated), and the tests."""

    code: str
    text: str
    shares: tuple[str, ...]
    tests: tuple[Compared, ...]

    @property
    def flagged(self) -> tuple[Compared, ...]:
        return tuple(test for test in self.tests if test.flagged)


@dataclass(frozen=True)
class Across:
    """The page. `withheld` stands in place of everything, `unable` says what panels cannot show."""

    withheld: str
    cells: tuple[str, ...] = ()
    items: tuple[ItemAcross, ...] = ()
    left_out: int = 0
    tests: int = 0
    unable: tuple[str, ...] = ()

    @property
    def flagged(self) -> tuple[ItemAcross, ...]:
        return tuple(item for item in self.items if item.flagged)

    @property
    def standing(self) -> str:
        """What was found, in one sentence."""
        if self.withheld:
            return ""
        found = len(self.flagged)
        return ngettext(
            "%(found)d item differs between countries or languages, in %(tests)d comparisons.",
            "%(found)d items differ between countries or languages, in %(tests)d comparisons.",
            found,
        ) % {"found": found, "tests": self.tests}


Counts = dict[tuple[int, int], dict[int, Panel]]


def build(review_round: ReviewRound, user: User) -> Across:
    """What the panels of a round, and of the editions of its version, say beside each other.

    The round comes out of `outcome.find`. Panels of fewer than `PANEL` sent reviews are left out.
    A fixed number of queries.
    """
    if withheld := _withheld(review_round, user):
        return Across(withheld)
    rounds = list(_family(review_round))
    found = {row.pk: row for row in rounds}
    counts, handed_in = _counts(rounds)
    large = [key for key in counts if handed_in[key] >= PANEL]
    keys = _newest(large, found)
    countries = Country.objects.in_bulk({country for _pk, country in keys})
    cells = {key: Cell(found[key[0]].version, countries[key[1]]) for key in keys}
    ordered = sorted(cells, key=lambda key: (found[key[0]].version.number, countries[key[1]].code))
    criteria = Criterion.objects.filter(
        rubric=review_round.rubric_id, kind=CriterionKind.RELEVANCE
    ).order_by("position")
    items = _corrected(
        [_item(c, {key: counts[key].get(c.pk, (0, 0)) for key in ordered}, cells) for c in criteria]
    )
    return Across(
        withheld="",
        cells=tuple(cells[key].name for key in ordered),
        items=tuple(items),
        left_out=len(counts) - len(large),
        tests=sum(len(item.tests) for item in items),
        unable=tuple(_unable(items)),
    )


def _withheld(review_round: ReviewRound, user: User) -> str:
    """Figures of other countries are shown once nobody can be led by them any more."""
    if phases.takes_reviews(review_round) and identity.still_rates(user, review_round):
        return _("You review this version yourself: this opens when your review is sent.")
    if review_round.closed_at is None and not user.access.is_manager:
        return _("Other countries' figures open when the round is closed.")
    if not visibility.is_over_independent(review_round):
        return _("Countries are compared when the independent phase is over.")
    return ""


def _family(review_round: ReviewRound) -> QuerySet[ReviewRound]:
    """The round, and closed ones with the same questions on the version's source and editions."""
    version = review_round.version
    source = version.source_id or version.pk
    same = Q(version=source) | Q(version__source=source)
    others = same & Q(closed_at__isnull=False, rubric=review_round.rubric_id)
    rounds = ReviewRound.objects.filter(Q(pk=review_round.pk) | others)
    return rounds.select_related("version__material")


def _counts(rounds: Iterable[ReviewRound]) -> tuple[Counts, dict[tuple[int, int], int]]:
    """(A, N) by (round, country) and criterion, and how many of each sent their review."""
    sent = Rating.objects.filter(
        assignment__round__in=[row.pk for row in rounds],
        assignment__submitted_on__isnull=False,
        kind=CriterionKind.RELEVANCE,
    )
    rows = sent.values_list("assignment__round", "assignment__country", "criterion").annotate(
        n=Count("score"),
        relevant=Count("pk", filter=Q(score__gte=figures.RELEVANT)),
        people=Count("assignment", distinct=True),
    )
    counts: Counts = defaultdict(dict)
    handed_in: dict[tuple[int, int], int] = defaultdict(int)
    for round_id, country, criterion, n, relevant, people in rows:
        counts[round_id, country][criterion] = (relevant, n)
        handed_in[round_id, country] = max(people, handed_in[round_id, country])
    return counts, handed_in


def _newest(
    keys: Iterable[tuple[int, int]], rounds: dict[int, ReviewRound]
) -> list[tuple[int, int]]:
    """One panel of a country with a version: that of the newest round."""
    newest: dict[tuple[int, int], tuple[int, int]] = {}
    for key in sorted(keys, key=lambda key: (rounds[key[0]].opened_at, key)):
        newest[rounds[key[0]].version_id, key[1]] = key
    return list(newest.values())


def _item(
    criterion: Criterion, panels: dict[tuple[int, int], Panel], cells: dict[tuple[int, int], Cell]
) -> ItemAcross:
    rated = {cells[key]: panel for key, panel in panels.items() if panel[1]}
    return ItemAcross(
        code=criterion.code,
        text=criterion.text,
        shares=tuple(_share(panel) for panel in panels.values()),
        tests=comparing.tests(rated),
    )


def _corrected(items: list[ItemAcross]) -> list[ItemAcross]:
    found = comparing.corrected(item.tests for item in items)
    return [replace(item, tests=tests) for item, tests in zip(items, found, strict=True)]


@dataclass(frozen=True)
class Power:
    """How often in 100 cases a comparison finds a shift of 40 points; None: it can show nothing."""

    name: str
    against: str
    n: int
    m: int
    chance: int | None

    @property
    def enough(self) -> bool:
        return self.chance is not None and self.chance >= 100 * ENOUGH_POWER


def powers(items: Sequence[ItemAcross], alpha: float) -> Iterator[Power]:
    """Each comparison by the sizes of its panels.

    The largest panels of a comparison stand for it: an item that more left out shows even less.
    """
    sizes: dict[tuple[str, str], tuple[int, int]] = {}
    for item in items:
        for test in item.tests:
            pair = (test.name, test.against)
            n, m = sizes.get(pair, (0, 0))
            sizes[pair] = (max(n, test.ours[1]), max(m, test.theirs[1]))
    for (name, against), (n, m) in sizes.items():
        able = shifts.can_show_any(n, m, alpha)
        chance = round(100 * shifts.power(n, m, USUAL, SHIFT, alpha)) if able else None
        yield Power(name, against, n, m, chance)


def level(items: Iterable[ItemAcross]) -> float:
    """How clear a single shift has to be: the correction for all able comparisons asks for it."""
    least = [test.least for item in items for test in item.tests]
    return shifts.ALPHA / max(1, len(shifts.able(least)))


def _unable(items: Sequence[ItemAcross]) -> Iterator[str]:
    """Which comparisons could hardly have found a shift of 40 points."""
    for power in powers(items, level(items)):
        names = {"name": power.name, "against": power.against, "n": power.n, "m": power.m}
        if power.chance is None:
            yield (
                _("%(name)s (%(n)d) and %(against)s (%(m)d): too small to show any difference.")
                % names
            )
        elif not power.enough:
            yield _(
                "%(name)s (%(n)d) and %(against)s (%(m)d): a shift of 40 points would be found in "
                "%(chance)d of 100 cases."
            ) % (names | {"chance": power.chance})


def _share(panel: Panel) -> str:
    if not panel[1]:
        return _("none")
    return _("%(relevant)d of %(n)d") % {"relevant": panel[0], "n": panel[1]}
