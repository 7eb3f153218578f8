"""The pages of the policy: all versions, one of them, and what a new one would do."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feedback.reviews.models import ReviewRound, ValidationPolicy
from feedback.validation.domain.policy import pass_table, policy_versions, policy_words, rules
from feedback.validation.domain.policy.pass_table import BEYOND
from feedback.validation.domain.policy.policy_words import Change, Line, Sentence
from feedback.validation.domain.policy.rules import Rules


@dataclass(frozen=True)
class Listed:
    """A version in the list, with the rounds that are judged by it."""

    policy: ValidationPolicy
    used: str


@dataclass(frozen=True)
class Page:
    """One version; `changes` are what it says differently from `previous`."""

    policy: ValidationPolicy
    sentences: tuple[Sentence, ...]
    lines: tuple[Line, ...]
    previous: ValidationPolicy | None
    changes: tuple[Change, ...]
    used: str


def listed() -> list[Listed]:
    """All versions, the newest first; two questions."""
    counted = dict(ReviewRound.objects.order_by().values_list("policy").annotate(n=Count("pk")))
    return [Listed(policy, _used(counted.get(policy.pk, 0))) for policy in policy_versions.listed()]


def of(policy: ValidationPolicy) -> Page:
    """The page of a version; three questions."""
    held = rules.of(policy)
    previous = policy_versions.before(policy)
    used = ReviewRound.objects.filter(policy=policy).count() if policy.pk else 0
    return Page(
        policy=policy,
        sentences=tuple(policy_words.sentences(held)),
        lines=tuple(policy_words.lines(held)),
        previous=previous,
        changes=tuple(policy_words.changes(rules.of(previous), held)) if previous else (),
        used=_used(used),
    )


def keeps() -> str:
    """Which rounds a new version leaves alone."""
    n = ReviewRound.objects.open().count()
    text = ngettext(
        "%(n)d round that runs and all that are closed keep the version they were opened with.",
        "%(n)d rounds that run and all that are closed keep the version they were opened with.",
        n,
    )
    return text % {"n": n}


def preview(held: Rules, faults: dict[int, str]) -> list[Line]:
    """The table as it would be; `faults` are sentences that stand in the place of a size's row."""
    return [
        Line(row.n, "", "", "", "", faults[min(row.n, BEYOND)])
        if min(row.n, BEYOND) in faults
        else policy_words.line(row)
        for row in pass_table.rows(held)
    ]


def _used(n: int) -> str:
    if not n:
        return _("No round yet.")
    text = ngettext("%(n)d round is judged by it.", "%(n)d rounds are judged by it.", n)
    return text % {"n": n}
