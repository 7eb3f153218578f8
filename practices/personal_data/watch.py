"""What the change watch tells about whom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cop_platform.common.personal_data import DEED, Kind, Record

RECORDS: tuple[Record, ...] = (
    Record(
        "practices.WatchItem",
        Kind.DEED,
        _("Who noticed a change outside."),
        DEED,
        "added_by",
        plain="title kind country source effect from_on parts tags added_on closed_on revision",
        about="added_by",
    ),
    Record(
        "practices.WatchTarget",
        Kind.DEED,
        _("Who looked whether a change outside touches something of ours."),
        DEED,
        "settled_by",
        plain="item material practice touched note settled_on",
        about="settled_by",
    ),
)
PLAIN: dict[str, str] = {}
