"""What can be answered to a criterion of each kind: how many steps, and the words for them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise

from feedback.reviews.enums import Checked, Choice, CriterionKind, Essential
from feedback.reviews.models import Criterion

_WORDS: dict[str, Sequence[tuple[str, str | Promise]]] = {
    CriterionKind.RELEVANCE: [c for c in Choice.choices if c[0] != Choice.NOT_APPLICABLE],
    CriterionKind.ESSENTIAL: Essential.choices,
    CriterionKind.CHECK: Checked.choices,
    CriterionKind.TEXT: [],
}


def size(kind: str) -> int:
    """How many steps a kind has; free text has none."""
    return len(_WORDS[kind])


def values(kind: str) -> tuple[str, ...]:
    """The scores that can be given to a kind, the lowest first, without "not applicable"."""
    return tuple(value for value, _word in _WORDS[kind])


def choices(criterion: Criterion) -> tuple[tuple[str, str], ...]:
    """Each score with its word: the rubric's own, or the usual one where it names too few."""
    return tuple(
        zip(values(criterion.kind), labels(criterion.kind, criterion.anchors), strict=True)
    )


def labels(kind: str, anchors: Sequence[str]) -> list[str]:
    """The words of a kind's steps, the lowest first: the rubric's own or the usual ones."""
    usual = [str(word) for _value, word in _WORDS[kind]]
    return list(anchors) if len(anchors) == len(usual) else usual


def word(criterion: Criterion, score: int) -> str:
    """The word that stands for a score."""
    return dict(choices(criterion)).get(str(score), str(score))


def said(criterion: Criterion, score: int) -> str:
    """A score as people read it: its word, after the number where the steps are numbered."""
    found = word(criterion, score)
    is_numbered = criterion.kind == CriterionKind.RELEVANCE and found != str(score)
    return f"{score} ({found})" if is_numbered else found
