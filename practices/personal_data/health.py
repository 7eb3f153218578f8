"""What rows of this part tell about whom."""

from __future__ import annotations

from cop_platform.common.personal_data import Record

RECORDS: tuple[Record, ...] = ()
PLAIN: dict[str, str] = {}
