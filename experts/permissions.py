"""Who may do what to people; each rule says why not."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cop_platform.common.refusals import Refused, check
from experts.enums import PROJECT_ROLES, Role

if TYPE_CHECKING:
    from experts.models import CommunityOfPractice, Person, User


@check
def may_invite(user: User, cop: CommunityOfPractice, role: str) -> None:
    access = user.access
    if role in PROJECT_ROLES:
        if not (access.is_manager or access.is_admin):
            raise Refused(_("Only the project manager gives roles in the whole project."))
    elif not (access.is_admin or access.coordinates(cop.country_id)):
        raise Refused(_("Only a coordinator of this country can invite people to it."))


@check
def may_import(user: User) -> None:
    if not user.access.plans_sessions:
        raise Refused(_("Only coordinators and the project manager import people."))


@check
def may_manage_account(user: User, person: Person) -> None:
    access = user.access
    if person.user_id == user.pk:
        raise Refused(_("You cannot switch off your own account."))
    if not (access.is_admin or access.is_manager):
        raise Refused(_("Only the project manager or the platform admin can do this."))


@check
def may_end_membership(user: User, cop: CommunityOfPractice) -> None:
    """Writing down when somebody leaves: who coordinates the community, the project manager."""
    if not user.access.coordinates(cop.country_id):
        raise Refused(_("Only a coordinator of this community can say when somebody leaves it."))


@check
def may_see_contacts(user: User, person: Person) -> None:
    """Address and messages: own country's coordinators, the manager, the admin, oneself."""
    access = user.access
    if not (access.is_admin or access.coordinates(person.country_id) or person.user_id == user.pk):
        raise Refused(_("Only coordinators of this person's country can see this."))


@check
def may_steer(user: User, person: Person) -> None:
    """Sending, cancelling and repeating somebody's mails: those who coordinate them."""
    if not user.access.coordinates(person.country_id):
        raise Refused(_("Only coordinators of this person's country can do this."))


@check
def may_lift(user: User, country_ids: Collection[int | None]) -> None:
    """Trusting an address again: for the coordinators of a person who has it, and for the admin.

    `country_ids` are the countries of the people with that address.
    """
    access = user.access
    if not (access.is_admin or any(access.coordinates(country) for country in country_ids)):
        raise Refused(_("Only coordinators of this person's country can do this."))


@check
def may_operate(user: User) -> None:
    """Looking at the operation of the platform."""
    access = user.access
    if not (access.is_admin or access.is_manager):
        raise Refused(_("Only the project manager or the platform admin can see this."))


@check
def may_pause_sending(user: User) -> None:
    """Holding back or releasing everybody's mails is for those who answer for all countries."""
    access = user.access
    if not (access.is_admin or access.is_manager):
        raise Refused(_("Only the project manager or the platform admin can do this."))


@check
def may_write_mail_texts(user: User) -> None:
    """What mails say in everybody's name is one person's to decide."""
    if not user.access.is_manager:
        raise Refused(_("Only the project manager writes what mails say."))


def roles_open_to(user: User) -> list[str]:
    """Roles this person may offer to others, in the order of the list."""
    access = user.access
    if access.is_manager or access.is_admin:
        return [role.value for role in Role]
    return [role.value for role in Role if role not in PROJECT_ROLES]


@check
def may_write_charter(user: User, cop: CommunityOfPractice) -> None:
    """Drafts, votes and answers to proposals: who coordinates the community."""
    if not user.access.coordinates(cop.country_id):
        raise Refused(_("Only a coordinator of this community can change its charter."))


@check
def may_join_in(user: User, cop: CommunityOfPractice) -> None:
    """Voting on the charter and accepting it: members of the community, all of the project's."""
    access = user.access
    belongs = access.takes_part if cop.country_id is None else cop.country_id in access.countries()
    if not belongs:
        raise Refused(_("Members of this community decide about its charter."))
