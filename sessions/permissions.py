"""Who may do what to a session; each rule says why not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cop_platform.common.refusals import Refused, check
from experts.enums import Role

if TYPE_CHECKING:
    from experts.models import CommunityOfPractice, Country, User
    from sessions.models import ActionHandOver, ActionItem, CopSession, Lesson, Poll, Series


@check
def may_host(user: User, cops: Iterable[CommunityOfPractice]) -> None:
    """At least one host is a community this person coordinates; partners may be added to it."""
    if not any(user.access.coordinates(cop.country_id) for cop in cops):
        raise Refused(_("Choose at least one community that you coordinate."))


@check
def may_run(user: User, session: CopSession) -> None:
    countries = [cop.country_id for cop in session.host_cops.all()]
    if not any(user.access.coordinates(country) for country in countries):
        raise Refused(_("Only a coordinator of a host country can change this session."))


@check
def may_edit_library(user: User) -> None:
    if not user.access.is_manager:
        raise Refused(_("Only the project manager changes what kinds and methods start from."))


@check
def may_keep_room(user: User, country_id: int) -> None:
    """Rooms of a country are entered and changed by its coordinators."""
    if not user.access.coordinates(country_id):
        raise Refused(_("Only a coordinator of this country can change its rooms."))


@check
def may_run_poll(user: User, poll: Poll) -> None:
    countries = [cop.country_id for cop in poll.host_cops.all()]
    if not any(user.access.coordinates(country) for country in countries):
        raise Refused(_("Only a coordinator of a host country can change this poll."))


@check
def may_enter_busy(user: User, country: Country) -> None:
    """Those who speak for a country: its coordinators and partners."""
    own = user.access.countries(Role.COORDINATOR, Role.PARTNER)
    if not (user.access.is_manager or country.pk in own):
        raise Refused(_("Only coordinators and partners of this country can enter its busy weeks."))


@check
def may_run_series(user: User, series: Series) -> None:
    if not type(series).objects.run_by(user).filter(pk=series.pk).exists():
        raise Refused(_("Only a coordinator of a host country can change this series."))


def _leads(user: User, country_ids: Iterable[int | None]) -> bool:
    """Coordinators and facilitators of one of these countries, and the manager."""
    own = user.access.countries(Role.COORDINATOR, Role.FACILITATOR)
    return user.access.is_manager or not own.isdisjoint(country_ids)


@check
def may_begin_action(user: User) -> None:
    """Writing down promises at all; for which countries, `may_write_action` says."""
    if not _leads(user, user.access.countries(Role.COORDINATOR, Role.FACILITATOR)):
        raise Refused(_("Only coordinators and facilitators write actions down."))


@check
def may_write_action(user: User, cops: Iterable[CommunityOfPractice]) -> None:
    if not _leads(user, [cop.country_id for cop in cops]):
        raise Refused(_("Choose at least one country that you coordinate or facilitate."))


@check
def may_change_action(user: User, action: ActionItem) -> None:
    """Its owner, and who leads one of its countries."""
    is_owner = action.owner_id == user.person.pk
    if not (is_owner or _leads(user, [cop.country_id for cop in action.countries.all()])):
        raise Refused(_("Only its owner and who leads one of its countries can change an action."))


@check
def may_hand_over(user: User, actions: Sequence[ActionItem]) -> None:
    """Each of them, at least one: whoever may change a promise may give it to somebody else."""
    if not actions:
        raise Refused(_("Only its owner and who leads one of its countries can change an action."))
    for action in actions:
        may_change_action(user, action)


@check
def may_take_back(user: User, done: ActionHandOver, actions: Iterable[ActionItem]) -> None:
    """Who handed them over, and who leads a country of each."""
    leads = all(_leads(user, [cop.country_id for cop in one.countries.all()]) for one in actions)
    if not (leads or done.by_id == user.person.pk):
        raise Refused(_("Only who handed these actions over can take that back."))


@check
def may_write_lesson(user: User, session: CopSession) -> None:
    """Who leads one of the countries that looked back together."""
    if not _leads(user, [cop.country_id for cop in session.host_cops.all()]):
        raise Refused(_("Only who leads one of the host countries writes lessons down."))


@check
def may_report_change(user: User, lesson: Lesson) -> None:
    """Who promised the change too, for it is they who know when it holds."""
    is_owner = lesson.action is not None and lesson.action.owner_id == user.person.pk
    if not (is_owner or may_write_lesson.allows(user, lesson.session)):
        raise Refused(_("Only its owner and who leads a host country can say what changed."))
