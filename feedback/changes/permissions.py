"""Who may do what in the ledger of changes; each rule says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cop_platform.common.refusals import Refused, check
from experts.enums import Role

if TYPE_CHECKING:
    from experts.models import User
    from feedback.changes.models import ChangeRequest
    from materials.models import Material

_ASK = frozenset({Role.AUTHOR, Role.COORDINATOR, Role.PROJECT_MANAGER})


@check
def may_enter_new(user: User) -> None:
    """Who has the page on which a change is asked for in own words."""
    if not user.access.roles & _ASK:
        raise Refused(_("Changes are asked for by authors, coordinators and the project manager."))


@check
def may_raise(user: User, material: Material, country_id: int | None) -> None:
    """The author of the material, coordinators of the country that asks, the manager."""
    owns = material.owner_id == user.person.pk
    if not (owns or user.access.coordinates(country_id)):
        raise Refused(
            _("Only the author, or a coordinator of the country that asks, can ask for a change.")
        )


@check
def may_decide(user: User, change: ChangeRequest) -> None:
    """Its owner, the author, coordinators of the material's country, the manager.

    The change comes with its material.
    """
    own = user.person.pk in {change.owner_id, change.material.owner_id}
    if not (own or user.access.coordinates(change.material.country_id)):
        raise Refused(
            _("Only its owner, the author or a coordinator of the author's country decides on it.")
        )


@check
def may_arrange(user: User, change: ChangeRequest) -> None:
    """Severity, owner, day and merging: who decides, and coordinators of the country that asks."""
    if not (may_decide.allows(user, change) or user.access.coordinates(change.country_id)):
        raise Refused(_("Only those who ask for this change or decide on it can arrange it."))


@check
def may_know_country(user: User, change: ChangeRequest) -> None:
    """Of a comment, the country would tell an author which few people may have written it."""
    if change.source_kind and not user.access.coordinates(change.country_id):
        raise Refused(_("Where a comment came from is known in its own country only."))
