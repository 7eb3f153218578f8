"""A focus group is planned, changed and closed here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.models import User
from feedback.focus_groups import permissions
from feedback.focus_groups.domain.planning import group_parts
from feedback.focus_groups.domain.planning.group_parts import InterpreterPlan
from feedback.focus_groups.enums import Composition
from feedback.focus_groups.models import LARGEST, SMALLEST, FocusGroup, Guide
from materials.models import Version
from sessions.enums import Kind
from sessions.models import CopSession


class CannotBePlanned(NotPossible):
    """The session is of another kind, was cancelled, or has its plan already."""


class EditedMeanwhile(NotPossible):
    """Somebody else saved the group after this editor opened it."""


class GroupClosed(NotPossible):
    """The capture of this group ended: its plan is part of reports."""


class WrongGuide(NotPossible):
    """The guide is for other people, is out of use, or asks nothing."""


class NotReadyToClose(NotPossible):
    """Nobody's code was given out, or words are still to be gone through."""


@dataclass(frozen=True)
class GroupPlan:
    """What is decided about a group; sizes are numbers of people."""

    voice: str
    guide: Guide
    versions: tuple[Version, ...] = ()
    languages: tuple[str, ...] = ()
    fewest: int = SMALLEST
    most: int = LARGEST
    composition: str = Composition.MIXED
    interpreters: tuple[InterpreterPlan, ...] = field(default=())


# What is told of a group in the report, and left empty where nobody wrote it down (COREQ).
TOLD = (
    "recruitment",
    "refusals",
    "relation",
    "training",
    "others_present",
    "setting",
    "incidents",
    "silences",
    "returned",
)


@transaction.atomic
def plan_group(*, session_id: int, plan: GroupPlan, by: User, at: datetime) -> FocusGroup:
    """Plans the group of a session of that kind; asked twice, the second is refused.

    It belongs to the first host country in which this person may plan. Raises Refused,
    CannotBePlanned, WrongGuide, InterpreterInUse.
    """
    session = CopSession.objects.select_for_update().get(pk=session_id)
    country_id = country_of(session, by)
    permissions.may_plan(by, country_id)
    if session.kind != Kind.FOCUS_GROUP:
        raise CannotBePlanned(_("This session is no focus group; change its kind first."))
    if session.cancelled_at:
        raise CannotBePlanned(_("This session was cancelled; plan a new one instead."))
    if FocusGroup.objects.filter(session=session).exists():
        raise CannotBePlanned(_("Somebody planned this focus group already."))
    group = FocusGroup(session=session, country_id=country_id)
    _write(group, plan, at)
    audit.record(deed="focus group planned", about=group, by=by, at=at, country_id=country_id)
    return group


@transaction.atomic
def change_group(
    *, group_id: int, revision: int, plan: GroupPlan, by: User, at: datetime
) -> FocusGroup:
    """Changes the plan. `revision` is the one the editor saw.

    Raises Refused, GroupClosed, EditedMeanwhile, WrongGuide, InterpreterInUse.
    """
    group = open_group(group_id, by)
    _check_seen(group, revision)
    _write(group, plan, at)
    audit.record(deed="focus group changed", about=group, by=by, at=at, country_id=group.country_id)
    return group


@transaction.atomic
def tell_of_group(
    *, group_id: int, revision: int, told: Mapping[str, str], by: User, at: datetime
) -> FocusGroup:
    """Writes down how the group was run, also after it was closed: `told` by names of TOLD.

    Raises Refused, EditedMeanwhile.
    """
    group = _locked(group_id, by)
    _check_seen(group, revision)
    for name in TOLD:
        setattr(group, name, told.get(name, ""))
    group.revision += 1
    group.save()
    audit.record(
        deed="focus group described", about=group, by=by, at=at, country_id=group.country_id
    )
    return group


@transaction.atomic
def close_capture(*, group_id: int, day: date, by: User, at: datetime) -> FocusGroup:
    """Capture ended on `day`: from now on the group counts in reports. Closing twice changes
    nothing. Raises Refused, NotReadyToClose.
    """
    group = _locked(group_id, by)
    if group.closed_on:
        return group
    if at < group.session.starts_at:
        raise NotReadyToClose(_("The talk has not begun yet."))
    if not group.participants.exists():
        raise NotReadyToClose(
            _("Nobody has a code yet. Give the participants their codes before you close.")
        )
    unchecked = group.quotes.filter(checked_on__isnull=True).count()
    if unchecked:
        raise NotReadyToClose(
            ngettext(
                "%(n)d quote was not gone through for details yet.",
                "%(n)d quotes were not gone through for details yet.",
                unchecked,
            )
            % {"n": unchecked}
        )
    return _set_closed(group, day, "focus group closed", by, at)


@transaction.atomic
def reopen_capture(*, group_id: int, by: User, at: datetime) -> FocusGroup:
    """Something is still to be written down: the group leaves the reports until it is closed
    again. Raises Refused.
    """
    group = _locked(group_id, by)
    return _set_closed(group, None, "focus group reopened", by, at) if group.closed_on else group


def country_of(session: CopSession, by: User) -> int:
    """The first host country in which this person may plan; the first of all where there is none.

    Raises CannotBePlanned for a session of no country.
    """
    countries = [
        cop.country_id
        for cop in session.host_cops.select_related("country").order_by("country__code")
        if cop.country_id
    ]
    if not countries:
        raise CannotBePlanned(_("This session belongs to no country; choose its community first."))
    return next((c for c in countries if permissions.may_plan.allows(by, c)), countries[0])


def open_group(group_id: int, by: User) -> FocusGroup:
    """The group, locked, to be changed. Raises Refused, GroupClosed."""
    group = _locked(group_id, by)
    if group.closed_on:
        raise GroupClosed(_("The capture of this group is closed. Open it again to change this."))
    return group


def _locked(group_id: int, by: User) -> FocusGroup:
    locking = FocusGroup.objects.select_for_update(of=("self",)).select_related("session")
    group = locking.get(pk=group_id)
    permissions.may_plan(by, group.country_id)
    return group


def _check_seen(group: FocusGroup, revision: int) -> None:
    if group.revision != revision:
        raise EditedMeanwhile(_("Somebody else changed this focus group while you were editing."))


def _write(group: FocusGroup, plan: GroupPlan, at: datetime) -> None:
    _check_guide(group, plan)
    is_new = group.pk is None
    group.voice, group.guide, group.composition = plan.voice, plan.guide, plan.composition
    group.languages, group.fewest, group.most = list(plan.languages), plan.fewest, plan.most
    group.revision += not is_new
    group.save()
    group.versions.set(plan.versions)
    group_parts.write_interpreters(group, plan.interpreters)
    # From here on people answer these very words.
    Guide.objects.filter(pk=plan.guide.pk, frozen_at__isnull=True).update(frozen_at=at)


def _check_guide(group: FocusGroup, plan: GroupPlan) -> None:
    """Also locks it, so that no question leaves it meanwhile."""
    guide = Guide.objects.select_for_update().get(pk=plan.guide.pk)
    if group.pk and group.guide_id == guide.pk and plan.voice == group.voice:
        return
    if group.pk and group.quotes.filter(question__isnull=False).exists():
        raise WrongGuide(_("Answers to this guide are written down; it can no longer be changed."))
    if guide.voice != plan.voice:
        raise WrongGuide(_("This guide is for other people; choose one for those you hear."))
    if guide.retired_at:
        raise WrongGuide(_("This guide is not used any more; choose another one."))
    if not guide.questions.exists():
        raise WrongGuide(_("This guide has no question yet."))


def _set_closed(
    group: FocusGroup, day: date | None, deed: str, by: User, at: datetime
) -> FocusGroup:
    group.closed_on = day
    group.revision += 1
    group.save(update_fields=["closed_on", "revision"])
    audit.record(deed=deed, about=group, by=by, at=at, country_id=group.country_id)
    return group
