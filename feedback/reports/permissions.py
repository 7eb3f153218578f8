"""Who may read and compile a country's reports; each rule says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cop_platform.common.refusals import Refused, check
from feedback.reports.enums import READERS

if TYPE_CHECKING:
    from experts.models import User


@check
def may_read(user: User, country_id: int) -> None:
    """Coordinators and partners of the country, and the project manager."""
    if not (user.access.is_manager or country_id in user.access.countries(*READERS)):
        raise Refused(_("Only coordinators and partners of this country read its reports."))


@check
def may_compile(user: User, country_id: int) -> None:
    """Whoever may read a country's reports may ask for a new one, and may stop the work on it."""
    if not may_read.allows(user, country_id):
        raise Refused(_("Only coordinators and partners of this country compile its reports."))
