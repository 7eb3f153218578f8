"""What rows of this part tell about whom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cop_platform.common.personal_data import OWN, Kind, Record

RECORDS: tuple[Record, ...] = (
    Record(
        "practices.PulseMark",
        Kind.DEED,
        _("Who has answered the belonging pulse of a quarter, so that nobody is asked twice."),
        OWN,
        "person quarter",
        about="person",
        whole=True,
    ),
)
# Counts of answers; whose they were is nowhere.
PLAIN: dict[str, str] = {"practices.PulseTally": "country quarter question score count"}
