"""The list of focus groups: what is to come, what was held, and sessions still without a plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from cop_platform.common.addresses import numbered
from cop_platform.common.times import When
from experts.models import User
from feedback.focus_groups.domain.language_names import listed
from feedback.focus_groups.enums import HOSTS, Recruited
from feedback.focus_groups.models import AttendanceLine, FocusGroup, RecruitedCount
from sessions.enums import Kind, Status
from sessions.models import CopSession


@dataclass(frozen=True)
class State:
    """How far a group is: the kind and icon of its chip, and the word."""

    kind: str
    icon: str
    label: str


@dataclass(frozen=True)
class GroupRow:
    """One group; `people` came, None where nobody counted."""

    pk: int
    title: str
    url: str
    day: date
    when: When
    country: str
    voice: str
    languages: str
    people: int | None
    state: State
    is_ahead: bool


@dataclass(frozen=True)
class Unplanned:
    """A session of that kind that has no plan yet."""

    title: str
    day: date
    countries: list[str]
    url: str


def asked_for(user: User, *, country: str = "", voice: str = "") -> QuerySet[FocusGroup]:
    """The groups this person sees, of a country and of people where one is given."""
    found = FocusGroup.objects.visible_to(user).select_related("session", "country")
    if country:
        found = found.filter(country__code=country)
    if voice:
        found = found.filter(voice=voice)
    names = AttendanceLine.objects.filter(group=OuterRef("pk")).order_by().values("group")
    came = RecruitedCount.objects.filter(group=OuterRef("pk"), step=Recruited.CAME)
    return found.annotate(
        listed=Subquery(names.annotate(n=Count("pk")).values("n")),
        came=Subquery(came.values("people")),
    )


def rows(groups: Iterable[Any], user: User, at: datetime) -> list[GroupRow]:
    """Ready for the page, in the order given."""
    return [
        GroupRow(
            pk=group.pk,
            title=group.session.title,
            url=group.get_absolute_url(),
            day=group.session.wall_day,
            when=group.session.when(user.person.zone),
            country=group.country.code,
            voice=group.get_voice_display(),
            languages=listed(group.languages),
            people=group.listed or group.came,
            state=state(group, at),
            is_ahead=group.session.status(at) in {Status.PLANNED, Status.OPEN},
        )
        for group in groups
    ]


def state(group: FocusGroup, at: datetime) -> State:
    """Planned, going on, to be written down, closed or cancelled."""
    status = group.session.status(at)
    if status == Status.CANCELLED:
        return State("quiet", "x", _("Cancelled"))
    if group.closed_on:
        return State("ok", "check", _("Written down"))
    if status == Status.PLANNED:
        return State("info", "calendar", _("Planned"))
    if status == Status.OPEN:
        return State("warn", "clock", _("Going on now"))
    return State("warn", "edit", _("To be written down"))


def unplanned(user: User) -> list[Unplanned]:
    """Sessions of that kind in the countries where this person plans; the next first."""
    sessions = CopSession.objects.not_cancelled().filter(
        kind=Kind.FOCUS_GROUP, focus_group__isnull=True
    )
    if not user.access.is_manager:
        own = user.access.countries(*HOSTS)
        sessions = sessions.filter(
            pk__in=CopSession.objects.filter(host_cops__country_id__in=own).values("pk")
        )
    return [
        Unplanned(
            title=session.title,
            day=session.wall_day,
            countries=session.country_codes,
            url=numbered("group_plan", session.pk),
        )
        for session in sessions.prefetch_related("host_cops__country").order_by("-starts_at")[:20]
    ]
