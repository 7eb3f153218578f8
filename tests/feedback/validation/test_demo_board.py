"""The demo's board: every kind of cell that a newcomer should see, and nothing twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from django.core.cache import cache

import experts.demo
import feedback.reviews.demo
import materials.demo
from experts.models import User
from feedback.validation import demo_board
from feedback.validation.domain.ageing import watch
from feedback.validation.domain.board import page
from feedback.validation.domain.board.asking import BoardFilter
from feedback.validation.models import AgeingSign, ReleaseWaiver, Verdict
from materials.models import RequiredEdition, Version

pytestmark = pytest.mark.django_db
ANCHOR = date(2026, 11, 24)


def rows() -> list[int]:
    tables = (RequiredEdition, Verdict, ReleaseWaiver, AgeingSign)
    return [table.objects.count() for table in tables]


def test_the_demos_board_is_lively_and_seeded_once():
    experts.demo.seed(ANCHOR)
    materials.demo.seed(ANCHOR)
    feedback.reviews.demo.seed(ANCHOR)
    demo_board.seed(ANCHOR)
    first = rows()
    demo_board.seed(ANCHOR)
    assert rows() == first
    signs = AgeingSign.objects.filter(settled_at__isnull=True)
    assert sorted(signs.values_list("sign", flat=True)) == ["expiry", "link", "source"]
    waived = ReleaseWaiver.objects.get().version
    assert (waived.material.code, waived.released_at is not None) == ("M12", True)
    assert Version.objects.released().count() == 16
    manager = User.objects.get(email="manager@demo.example")
    boards = [page.build(BoardFilter(), manager, today=ANCHOR, page=n) for n in (1, 2)]
    states = {
        cell.state
        for board in boards
        for row in board.rows
        for _code, cells in row.columns
        for cell in cells
    }
    assert {"none", "unrated", "validated"} <= states
    watch.look(at=datetime.combine(ANCHOR, time(9), tzinfo=UTC))
    assert rows() == first
    cache.delete(watch._CONCERNED)
