"""Who may do what to review rounds; each rule says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cop_platform.common.refusals import Refused, check
from experts.enums import Role

if TYPE_CHECKING:
    from experts.models import User
    from feedback.reviews.models import ReviewRound

_INSIDE = frozenset({Role.EXPERT, Role.COORDINATOR, Role.PROJECT_MANAGER})


@check
def may_enter(user: User) -> None:
    """Experts, coordinators and the project manager; nobody else has review pages."""
    if not user.access.roles & _INSIDE:
        raise Refused(_("Reviews are open to experts and to those who coordinate them."))


@check
def may_open(user: User, country_id: int | None) -> None:
    """A country's panel: its coordinators. A panel of all countries: the project manager."""
    if not user.access.coordinates(country_id):
        raise Refused(_("Only a coordinator of this country can open a review round in it."))


@check
def may_assign(user: User, review_round: ReviewRound) -> None:
    access = user.access
    shared = review_round.country_id is None and Role.COORDINATOR in access.roles
    if not (shared or access.coordinates(review_round.country_id)):
        raise Refused(_("Only a coordinator of this country can assign experts."))


@check
def may_close(user: User, review_round: ReviewRound) -> None:
    if not user.access.coordinates(review_round.country_id):
        raise Refused(_("A round of all countries is closed by the project manager."))


@check
def may_edit_rubrics(user: User) -> None:
    """What experts are asked is the same in all countries."""
    if not user.access.is_manager:
        raise Refused(_("Rubrics are written by the project manager."))


@check
def may_answer_reopening(user: User, country_id: int) -> None:
    if not user.access.coordinates(country_id):
        raise Refused(_("Only a coordinator of that country can hand a review back."))
