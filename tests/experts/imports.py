"""Imports as rows, without the work of writing them."""

from __future__ import annotations

from itertools import count

from django.utils import timezone

from experts.enums import Role
from experts.models import ImportRun
from tests import factories as make

_numbers = count(1)


def run(code: str = "BG") -> ImportRun:
    """An import that waits for a worker, asked for by a coordinator of a country."""
    return ImportRun.objects.create(
        token=f"{next(_numbers):064d}",
        requested_by=make.person(Role.COORDINATOR, code),
        requested_at=timezone.now(),
        listing="[]",
        rows=1,
    )
