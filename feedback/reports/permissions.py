"""Who may read and compile a country's reports; each rule says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cop_platform.common.refusals import Refused, check
from experts.enums import Role
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


@check
def may_fund(user: User) -> None:
    """The grant, its words and the plan are the project manager's."""
    if not user.access.is_manager:
        raise Refused(_("Only the project manager keeps the grant, its words and the plan."))


@check
def may_give_logo(user: User, country_id: int) -> None:
    """A partner's logo comes from that country's partner or from the project manager."""
    if not (user.access.is_manager or country_id in user.access.countries(Role.PARTNER)):
        raise Refused(_("Only the partner itself and the project manager give its logo."))


@check
def may_cut(user: User) -> None:
    """Reports over several countries are the project manager's to ask for."""
    if not user.access.is_manager:
        raise Refused(_("Only the project manager compiles reports over several countries."))


@check
def may_compile_about(user: User, country_id: int | None) -> None:
    """As for a country; what is about several countries is the project manager's."""
    if country_id is not None:
        may_compile(user, country_id)
    elif not user.access.is_manager:
        raise Refused(_("Only the project manager compiles reports about several countries."))


@check
def may_sign(user: User, country_id: int | None) -> None:
    """The partner of the country signs, or the project manager; theirs is what is about several.

    Whoever may sign may publish and withdraw as well.
    """
    mine = country_id is not None and country_id in user.access.countries(Role.PARTNER)
    if not (user.access.is_manager or mine):
        raise Refused(_("Only the partner of this country and the project manager sign reports."))


@check
def may_audit(user: User, country_id: int | None) -> None:
    """The binder of a work is read where the work comes from, and by the project manager."""
    if not (user.access.is_manager or country_id in user.access.countries(*READERS)):
        raise Refused(_("Only coordinators and partners of the work's country open its binder."))
