"""What rows of this part tell about whom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cop_platform.common.personal_data import DEED, Kind, Record

RECORDS: tuple[Record, ...] = (
    Record(
        "practices.Practice",
        Kind.DEED,
        _("Who described a practice, and where it comes from."),
        DEED,
        "author",
        plain="country partner topic tags maturity current started_on retired_on retired_why",
        about="author",
    ),
    Record(
        "practices.PracticeVersion",
        Kind.DEED,
        _("Who checked which version of a practice."),
        DEED,
        "screened_by checked_by",
        plain="practice number language title place need steps resources result evidence "
        "lessons conditions adaptable licence inclusion what_changed step "
        "submitted_on screened_on published_on returned_why discarded_on revision",
    ),
    Record(
        "practices.Adoption",
        Kind.DEED,
        _("Who adopted a practice for a partner."),
        DEED,
        "person",
        plain="version partner use adapted outcome adopted_on reported_on became revision",
        about="person",
    ),
)
PLAIN: dict[str, str] = {}
