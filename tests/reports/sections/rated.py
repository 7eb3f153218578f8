"""Rounds whose figures were published, and the section of ratings as a test reads it."""

from __future__ import annotations

from feedback.reviews.models import ReviewRound
from feedback.validation.domain.report.ratings import SECTION, collect
from tests import factories as make
from tests.reports.sections import checks, reading

# Twelve items by six experts (PMC7253559, Table 4).
SIX_EXPERTS = [
    [4, 4, 4, 4, 4, 4], [4, 3, 4, 4, 3, 4], [4, 4, 4, 4, 4, 4], [4, 4, 4, 4, 4, 4],
    [3, 4, 4, 4, 4, 4], [2, 3, 4, 3, 3, 4], [4, 4, 4, 4, 4, 4], [4, 4, 4, 4, 4, 4],
    [3, 3, 4, 2, 3, 4], [4, 4, 4, 3, 4, 4], [4, 4, 4, 3, 4, 4], [4, 4, 4, 3, 4, 4],
]  # fmt: skip
# Six experts by ten items (the vignette of the package contentValidity).
TEN_ITEMS = [
    [4, 3, 3, 2, 3, 4, 3, 4, 2, 4], [4, 4, 3, 3, 2, 4, 3, 4, 3, 4],
    [4, 4, 4, 3, 3, 4, 2, 4, 2, 3], [4, 4, 3, 4, 3, 3, 3, 4, 3, 4],
    [4, 3, 4, 3, 4, 4, 3, 4, 3, 4], [4, 4, 3, 3, 2, 4, 4, 3, 2, 4],
]  # fmt: skip


def by_expert(items):
    return [list(column) for column in zip(*items, strict=True)]


def closed(found):
    ReviewRound.objects.filter(pk=found.pk).update(closed_at=make.NOW)
    return found


def shown(found, asked):
    return reading.chapters(SECTION, collect(asked), asked)


def table(found, asked, kind="ratings"):
    return reading.rows(checks.table(shown(found, asked), f"{kind}-{found.pk}"))


def column(rows, n):
    return [row[n] for row in rows]
