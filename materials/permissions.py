"""Who may upload and release; each rule says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cop_platform.common.refusals import Refused, check
from experts.enums import Role

if TYPE_CHECKING:
    from experts.models import User
    from materials.models import Material


@check
def may_upload(user: User) -> None:
    """A new material: authors, coordinators and the project manager."""
    access = user.access
    if not (access.is_manager or access.roles & {Role.AUTHOR, Role.COORDINATOR}):
        raise Refused(_("Only authors, coordinators and the project manager upload materials."))


@check
def may_edit(user: User, material: Material) -> None:
    """A new version, or a release: the owner, their country's coordinators, the manager."""
    owns = material.owner_id == user.person.pk and may_upload.allows(user)
    if not (owns or user.access.coordinates(material.country_id)):
        raise Refused(
            _("Only the owner or a coordinator of the owner's country can change this material.")
        )


@check
def may_judge_erratum(user: User, material: Material) -> None:
    """Whether an erratum changes what was judged: coordinators of the owner's country, manager."""
    if not user.access.coordinates(material.country_id):
        raise Refused(_("Only a coordinator of the owner's country decides on an erratum."))


@check
def may_edit_glossary(user: User) -> None:
    """The project's words are kept by coordinators and the project manager."""
    if not user.access.plans_sessions:
        raise Refused(_("Only coordinators and the project manager change the glossary."))
