"""Who may do what to practices, ideas, questions and comments; each rule says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cop_platform.common.refusals import Refused, check
from experts.enums import Role
from sessions.models import CopSession

if TYPE_CHECKING:
    from experts.models import Person, User
    from practices.models import (
        Adoption,
        Answer,
        Comment,
        Exchange,
        Experiment,
        Idea,
        Note,
        Practice,
        Question,
        Story,
        WatchItem,
    )


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
def may_report_adoption(user: User, adoption: Adoption) -> None:
    """The adopting partner tells what came of it; its country's coordinators help."""
    partner = adoption.partner
    if user.pk == adoption.person.user_id or user.person.partner_id == partner.pk:
        return
    if not user.access.coordinates(partner.country_id):
        raise Refused(_("What came of it is told by the partner that adopted it."))


@check
def may_grade(user: User, practice: Practice) -> None:
    """A step of maturity is given, and a practice retired, by those who lead its community."""
    if not user.access.coordinates(practice.country_id):
        raise Refused(_("This is done by a coordinator of its country."))


@check
def may_answer_ideas(user: User) -> None:
    """The answer that is owed comes from those who lead a community."""
    if not user.access.plans_sessions:
        raise Refused(_("Ideas are answered by coordinators and the project manager."))


@check
def may_edit_idea(user: User, idea: Idea) -> None:
    """Its author; those who lead answer it, and put no other words in its place."""
    if idea.author.user_id != user.pk:
        raise Refused(_("Only the person who had an idea changes or withdraws it."))


@check
def may_discard(user: User, practice: Practice) -> None:
    """A draft is thrown away by who wrote it."""
    if practice.author.user_id != user.pk:
        raise Refused(_("Only its author throws a draft away."))


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
def may_moderate(user: User, comment: Comment) -> None:
    """Taking a comment down: coordinators for people of their country, the manager for all.

    Whose name is kept is not told by this either: there the session's own coordinators do it.
    """
    if comment.keeps_name:
        run = CopSession.objects.run_by(user)
        if not run.filter(pk=comment.object_id).exists():
            raise Refused(_("Comments are taken down by coordinators of the session."))
    elif not user.access.coordinates(comment.by.country_id):
        raise Refused(_("Comments are taken down by coordinators of the writer's country."))


@check
def may_tend_question(user: User, question: Question) -> None:
    """Putting it to experts and closing it: who asked, and who coordinates its country."""
    if question.asked_by.user_id != user.pk and not user.access.coordinates(question.country_id):
        raise Refused(_("This is done by the person who asked and by their coordinators."))


@check
def may_assist(user: User) -> None:
    """A peer assist is a session, so whoever plans sessions calls one."""
    if not user.access.plans_sessions:
        raise Refused(_("A peer assist is called by coordinators and the project manager."))


@check
def may_edit_answer(user: User, answer: Answer) -> None:
    """Its writer."""
    if answer.by.user_id != user.pk:
        raise Refused(_("Only the person who wrote an answer changes it."))


@check
def may_change_comment(user: User, comment: Comment) -> None:
    """Its writer, as long as it was not taken down."""
    if comment.by.user_id != user.pk:
        raise Refused(_("Only its writer changes a comment."))
    if comment.hidden_at:
        raise Refused(_("This comment was taken down, so it cannot be changed."))


@check
def may_report(user: User, comment: Comment) -> None:
    """Every member who takes part, of what somebody else wrote."""
    may_contribute(user)
    if comment.by.user_id == user.pk:
        raise Refused(_("This is your own comment: you can change or delete it."))


@check
def may_see_moderation(user: User) -> None:
    if not user.access.plans_sessions:
        raise Refused(_("Reports are settled by coordinators and the project manager."))


@check
def may_settle(user: User, question: Question) -> None:
    """Accepting an answer, saying whether it worked: the person who asked."""
    if question.asked_by.user_id != user.pk:
        raise Refused(_("Only the person who asked can say this."))


@check
def may_edit_story(user: User, story: Story) -> None:
    """Only who told it: nobody puts words into somebody's mouth."""
    if story.teller.user_id != user.pk:
        raise Refused(_("Only the person who told a story changes it."))


@check
def may_cite(user: User, story: Story) -> None:
    """Every member but its teller."""
    may_contribute(user)
    if story.teller.user_id == user.pk:
        raise Refused(_("Others say where they used your story."))


@check
def may_keep_watch(user: User, item: WatchItem) -> None:
    """Who added it, the coordinators of its country, and the project manager."""
    if not (item.added_by.user_id == user.pk or user.access.coordinates(item.country_id)):
        raise Refused(_("Whoever added this and the coordinators of its country settle it."))


@check
def may_settle_buddy(user: User, newcomer: Person) -> None:
    """Who becomes somebody's buddy: the newcomer, and who coordinates the newcomer's country."""
    if not (newcomer.user_id == user.pk or user.access.coordinates(newcomer.country_id)):
        raise Refused(_("The newcomer and the coordinators of the country settle this."))


@check
def may_draw_coffee(user: User) -> None:
    """A round is for everybody, so those who lead a community draw it."""
    if not user.access.plans_sessions:
        raise Refused(_("Rounds are drawn by coordinators and the project manager."))


@check
def may_close_exchange(user: User, exchange: Exchange) -> None:
    """Whoever put it up takes it down."""
    if exchange.person.user_id != user.pk:
        raise Refused(_("Only the person who put this up can take it down."))


@check
def may_show_thanks(user: User, note: Note) -> None:
    """Thanks belong to the person they were said to."""
    if note.receiver.user_id != user.pk:
        raise Refused(_("Only the person who was thanked can show this."))


@check
def may_answer_pulse(user: User) -> None:
    """Members of a country's community, whose answers are counted for it."""
    if not user.access.countries():
        raise Refused(_("The pulse is asked of the members of the countries' communities."))


@check
def may_see_quiet(user: User, country_id: int) -> None:
    """Who was not heard of is told to those who coordinate that very country, to nobody else."""
    if country_id not in user.access.countries(Role.COORDINATOR):
        raise Refused(_("The coordinators of a country look after its quiet members."))
