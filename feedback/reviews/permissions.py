"""Who may do what to review rounds; each rule says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cop_platform.common.refusals import Refused, check
from experts.enums import Role

if TYPE_CHECKING:
    from collections.abc import Collection

    from experts.models import Person, User
    from feedback.reviews.models import ReviewRound

_INSIDE = frozenset({Role.EXPERT, Role.AUTHOR, Role.COORDINATOR, Role.PROJECT_MANAGER})


@check
def may_enter(user: User) -> None:
    """Experts, authors, coordinators and the project manager; nobody else has review pages."""
    if not user.access.roles & _INSIDE:
        raise Refused(
            _("Reviews are open to experts, to authors and to those who coordinate them.")
        )


@check
def may_open(user: User, countries: Collection[int]) -> None:
    """Panels of some countries: who coordinates each of them. Of all countries: the manager."""
    access = user.access
    if access.is_manager:
        return
    if not countries or not set(countries) <= set(access.countries(Role.COORDINATOR)):
        raise Refused(_("Only a coordinator of this country can open a review round in it."))


@check
def may_assign(user: User, review_round: ReviewRound) -> None:
    """Whoever coordinates one of the countries of the round, for their own experts."""
    own = set(user.access.countries(Role.COORDINATOR))
    scope = review_round.scope()
    if not (user.access.is_manager or own & scope or (own and not scope)):
        raise Refused(_("Only a coordinator of this country can assign experts."))


@check
def may_close(user: User, review_round: ReviewRound) -> None:
    """Who leads a round, from one phase into the next and to its end."""
    if user.access.is_manager:
        return
    scope = review_round.scope()
    if not scope or not scope <= set(user.access.countries(Role.COORDINATOR)):
        raise Refused(_("A round of several countries is led by the project manager."))


@check
def may_declare(user: User, person: Person) -> None:
    """A conflict of interest is said by the person or by those who coordinate them."""
    if not (person.user_id == user.pk or user.access.coordinates(person.country_id)):
        raise Refused(_("Only this person and their coordinators can say this."))


@check
def may_declare_own(user: User) -> None:
    """Who can be asked to review can say beforehand why not to ask them."""
    if Role.EXPERT not in user.access.roles:
        raise Refused(_("Conflicts of interest are declared by experts, who can be asked."))


@check
def may_waive(user: User, person: Person) -> None:
    """A waiver is a coordinator's; nobody gives one to oneself."""
    if person.user_id == user.pk:
        raise Refused(_("Somebody else has to decide about your own conflict of interest."))
    if not user.access.coordinates(person.country_id):
        raise Refused(_("Only a coordinator of this person's country can decide this."))


@check
def may_edit_rubrics(user: User) -> None:
    """What experts are asked is the same in all countries."""
    if not user.access.is_manager:
        raise Refused(_("Rubrics are written by the project manager."))


@check
def may_answer_reopening(user: User, country_id: int) -> None:
    if not user.access.coordinates(country_id):
        raise Refused(_("Only a coordinator of that country can hand a review back."))


@check
def may_freeze_policy(user: User) -> None:
    """By which rule a material counts as validated is the same in all countries."""
    if not user.access.is_manager:
        raise Refused(_("A validation policy is frozen by the project manager."))
