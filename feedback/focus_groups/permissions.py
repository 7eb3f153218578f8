"""Who may do what to focus groups and forms; each rule says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cop_platform.common.refusals import Refused, check
from feedback.focus_groups.enums import HOSTS

if TYPE_CHECKING:
    from experts.models import User


@check
def may_enter(user: User) -> None:
    """Facilitators, coordinators and the project manager; nobody else has pages here."""
    if not (user.access.is_manager or user.access.countries(*HOSTS)):
        raise Refused(_("Focus groups are open to those who run them."))


@check
def may_plan(user: User, country_id: int) -> None:
    """Groups and forms of a country are run by its facilitators and coordinators."""
    if not (user.access.is_manager or country_id in user.access.countries(*HOSTS)):
        raise Refused(_("Only facilitators and coordinators of this country can change this."))


@check
def may_hear(user: User, country_id: int) -> None:
    """What people said belongs to those who promised them to keep it: nobody from elsewhere."""
    if country_id not in user.access.countries(*HOSTS):
        raise Refused(
            _("What people said here is open to facilitators and coordinators of this country.")
        )


@check
def may_code(user: User) -> None:
    """Codes stand beside what was said, so the project manager has no codebook either."""
    if not user.access.countries(*HOSTS):
        raise Refused(_("Coding is done by facilitators and coordinators, each in their country."))


@check
def may_edit_words(user: User) -> None:
    """Guides, questions and consents are the same in all countries."""
    if not user.access.is_manager:
        raise Refused(_("Guides and consents are written by the project manager."))


@check
def may_translate(user: User) -> None:
    """Translations and their recordings come from the countries."""
    if not user.access.plans_sessions:
        raise Refused(_("Translations are entered by coordinators and the project manager."))
