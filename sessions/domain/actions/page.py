"""What pages show of actions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.panels import Panel
from experts.models import Country, User
from sessions import permissions
from sessions.action_querysets import ActionItemQuerySet
from sessions.enums import ActionState
from sessions.models import ActionItem, CopSession

OPEN, MINE, OVERDUE, SETTLED, ALL = "", "mine", "overdue", "settled", "all"
NOBODYS = "nobodys"
SHOWN = 8


@dataclass(frozen=True)
class ActionFilter:
    """The cleaned fields of the list's filter bar; `country` and `other` are a pair."""

    show: str = OPEN
    joint: str = ""
    country: Country | None = None
    other: Country | None = None


@dataclass(frozen=True)
class Row:
    """An action with its state as `status_chip` draws it."""

    action: ActionItem
    kind: str
    icon: str
    label: str


def found(user: User, wanted: ActionFilter, today: date) -> QuerySet[ActionItem]:
    """What the filter leaves of what this person sees, the first due at the top."""
    actions = _shown(ActionItem.objects.visible_to(user), wanted.show, today)
    if wanted.show == MINE:
        actions = actions.filter(owner=user.person)
    if wanted.joint:
        actions = actions.joint()
    for country in (wanted.country, wanted.other):
        if country:
            actions = actions.in_country(country.pk)
    return actions.with_people().order_by("due_on", "pk")


def _shown(actions: ActionItemQuerySet, show: str, today: date) -> ActionItemQuerySet:
    if show == OVERDUE:
        return actions.overdue(today)
    if show == NOBODYS:
        return actions.nobodys()
    if show == SETTLED:
        return actions.exclude(state=ActionState.OPEN)
    return actions if show == ALL else actions.open()


def rows(actions: Iterable[ActionItem], today: date) -> list[Row]:
    """Each with how it stands; asks nothing."""
    return [Row(action, *_chip(action, today)) for action in actions]


def _chip(action: ActionItem, today: date) -> tuple[str, str, str]:
    if action.state == ActionState.DONE:
        return "ok", "check", str(action.get_state_display())
    if action.state == ActionState.DROPPED:
        return "quiet", "minus", str(action.get_state_display())
    late = (today - action.due_on).days
    if late > 0:
        said = ngettext("%(n)d day overdue", "%(n)d days overdue", late) % {"n": late}
        return "bad", "warning", said
    return ("warn", "clock", _("Due today")) if late == 0 else ("info", "clock", _("Open"))


def rows_of_session(user: User, session: CopSession) -> Iterator[QuerySet[ActionItem]]:
    """The actions agreed in a session, for whoever sees them."""
    yield ActionItem.objects.visible_to(user).filter(session=session)


def of_session(user: User, session: CopSession) -> Iterator[Panel]:
    """What was agreed in a session, and the way to write more down."""
    [actions] = rows_of_session(user, session)
    may_write = permissions.may_write_action.allows(user, session.host_cops.all())
    shown = actions.select_related("owner").order_by("due_on", "pk")
    yield from _panel(session, shown, may_write=may_write)


def nothing_of_session(user: User, session: CopSession) -> Iterator[Panel]:
    """The way to write the first one down, for those who may."""
    if permissions.may_write_action.allows(user, session.host_cops.all()):
        yield from _panel(session, (), may_write=True)


def _panel(session: CopSession, actions: Any, *, may_write: bool) -> Iterator[Panel]:
    context = {"actions": list(actions[:SHOWN]), "may_write": may_write, "pk": session.pk}
    yield Panel("sessions/_actions_panel.html", context)
