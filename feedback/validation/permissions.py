"""Who may do what about verdicts and releases; each rule says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cop_platform.common.refusals import Refused, check
from experts.enums import Role

if TYPE_CHECKING:
    from collections.abc import Collection

    from experts.models import User
    from feedback.validation.models import AgeingSign


@check
def may_waive_release(user: User) -> None:
    """A release without its verdicts is answered for by the project manager."""
    if not user.access.is_manager:
        raise Refused(_("Only the project manager can waive what a release needs."))


@check
def may_settle(user: User, sign: AgeingSign, concerned: Collection[int]) -> None:
    """Who leads rounds in a country it concerns, or in the country of the material."""
    if user.access.is_manager:
        return
    own = user.access.countries(Role.COORDINATOR)
    home = sign.version.material.country_id
    if not (own & set(concerned) or home in own):
        raise Refused(_("Only a coordinator of a country it concerns decides about this."))
