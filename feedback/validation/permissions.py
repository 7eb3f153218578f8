"""Who may sign what is said of a version; each rule says why not.

Whether somebody is too close to the material to sign is asked of `domain/signers`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cop_platform.common.refusals import Refused, check
from experts.enums import Role

if TYPE_CHECKING:
    from collections.abc import Collection

    from experts.models import User
    from feedback.validation.models import AgeingSign, Verdict


@check
def may_confirm(user: User, country_id: int | None) -> None:
    """A country's verdict: its coordinators and the manager; the consortium's: the manager."""
    if country_id is None and not user.access.is_manager:
        raise Refused(_("The verdict of the consortium is signed by the project manager."))
    if not user.access.coordinates(country_id):
        raise Refused(_("Only a coordinator of this country can sign its verdict."))


@check
def may_sign_second(user: User, verdict: Verdict) -> None:
    """Who may confirm it; of the consortium also coordinators of the countries that took part."""
    if verdict.confirmed_by_id == user.person.pk:
        raise Refused(_("A second person has to sign: you signed first."))
    own = user.access.countries(Role.COORDINATOR)
    if own and verdict.country_id is None and verdict.round and not user.access.is_manager:
        scope = verdict.round.scope()
        if not scope or own & scope:
            return
    may_confirm(user, verdict.country_id)


@check
def may_refuse(user: User, verdict: Verdict) -> None:
    """Who could sign second says no; who signed first takes it back."""
    if verdict.confirmed_by_id != user.person.pk:
        may_sign_second(user, verdict)


@check
def may_withdraw(user: User, verdict: Verdict) -> None:
    """Whoever may sign for the country, whether they signed this one or not."""
    may_confirm(user, verdict.country_id)


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


@check
def may_withdraw_certificate(user: User) -> None:
    """Certificates and badges of other people; one's own everybody takes back."""
    if not user.access.is_manager:
        raise Refused(_("Only the project manager withdraws the certificates of other people."))
