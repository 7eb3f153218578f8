"""Who may do what to practices, ideas, questions and comments; each rule says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cop_platform.common.refusals import Refused, check
from experts.enums import Role

if TYPE_CHECKING:
    from experts.models import Person, User
    from practices.models import Experiment, Practice, Question


@check
def may_contribute(user: User) -> None:
    """Every member but the platform admin, who keeps accounts and takes no part."""
    if not user.access.roles - {Role.PLATFORM_ADMIN}:
        raise Refused(_("Members of the communities write here."))


@check
def may_edit_practice(user: User, practice: Practice) -> None:
    """Its author, and who coordinates its country."""
    if not (practice.author.user_id == user.pk or user.access.coordinates(practice.country_id)):
        raise Refused(_("Only its author and the coordinators of its country change a practice."))


@check
def may_screen(user: User, practice: Practice) -> None:
    """The first check: a coordinator of its country who did not write it."""
    if practice.author.user_id == user.pk:
        raise Refused(_("Somebody else has to check what you wrote."))
    if not user.access.coordinates(practice.country_id):
        raise Refused(_("The screening is done by a coordinator of its country."))


@check
def may_check(user: User, practice: Practice, screened_by: Person | None) -> None:
    """The second check: an expert or coordinator who neither wrote nor screened it."""
    mine = {practice.author.user_id, screened_by.user_id if screened_by else None}
    if user.pk in mine:
        raise Refused(_("The technical check is done by somebody who saw it with fresh eyes."))
    if not user.access.roles & {Role.EXPERT, Role.COORDINATOR, Role.PROJECT_MANAGER}:
        raise Refused(_("The technical check is done by an expert or a coordinator."))


@check
def may_adopt(user: User, practice: Practice) -> None:
    """Whoever speaks for a partner other than the one it comes from."""
    access = user.access
    if not access.roles & {Role.COORDINATOR, Role.PARTNER, Role.EXPERT, Role.FACILITATOR}:
        raise Refused(_("Practices are adopted by people who work with a partner."))
    if user.person.partner_id is None or user.person.partner_id == practice.partner_id:
        raise Refused(_("A practice is adopted by another partner than the one it comes from."))


@check
def may_answer_ideas(user: User) -> None:
    """The answer that is owed comes from those who lead a community."""
    if not user.access.plans_sessions:
        raise Refused(_("Ideas are answered by coordinators and the project manager."))


@check
def may_report_test(user: User, experiment: Experiment) -> None:
    """What came of a test is said by who runs it, and by who coordinates its country."""
    is_owner = experiment.owner.user_id == user.pk
    if not (is_owner or user.access.coordinates(experiment.country_id)):
        raise Refused(_("What came of a test is said by the person who runs it."))


@check
def may_write_briefs(user: User) -> None:
    """What the community suggests to others is written by those who lead it."""
    if not user.access.plans_sessions:
        raise Refused(_("Briefs are written by coordinators and the project manager."))


@check
def may_edit_brief(user: User, country_id: int | None) -> None:
    """Those who coordinate the country it is of; the manager edits all."""
    if not user.access.coordinates(country_id):
        raise Refused(_("Only a coordinator of its country changes a brief."))


@check
def may_moderate(user: User, country_id: int | None) -> None:
    """Taking a comment down: coordinators for people of their country, the manager for all."""
    if not user.access.coordinates(country_id):
        raise Refused(_("Comments are taken down by coordinators of the writer's country."))


@check
def may_settle(user: User, question: Question) -> None:
    """Accepting an answer, saying whether it worked: the person who asked."""
    if question.asked_by.user_id != user.pk:
        raise Refused(_("Only the person who asked can say this."))
