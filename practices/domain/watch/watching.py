"""A change outside is written down, corrected, and closed when everything was looked at."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common import revisions
from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.domain import audit
from experts.models import User
from practices import permissions
from practices.domain import spam
from practices.domain.watch import targets
from practices.enums import Touched
from practices.models import WatchItem


class StillOpen(NotPossible):
    """Something was not looked at yet."""


@dataclass(frozen=True)
class Noticed:
    """What a form says of a change outside; `country_id` None is every country."""

    title: str
    kind: str
    country_id: int | None
    source: str
    effect: str
    from_on: date
    parts: list[str]
    tags: list[str]


@transaction.atomic
def notice(*, noticed: Noticed, by: User, at: datetime) -> WatchItem:
    """Writes it down with everything that carries its tags. Raises Refused."""
    permissions.may_contribute(by)
    spam.check(noticed.title, noticed.effect)
    today = to_wall(at, by.person.zone).date()
    item = WatchItem.objects.create(**asdict(noticed), added_by=by.person, added_on=today)
    targets.lay_out(item)
    audit.record(deed="change noticed", about=item, by=by, at=at, country_id=item.country_id)
    return item


@transaction.atomic
def change(*, item_id: int, noticed: Noticed, revision: int, by: User, at: datetime) -> int:
    """Another wording; gives how many things its tags brought in. Raises Refused, ChangedMeanwhile.

    What was added or settled before stays, also where its tag is gone.
    """
    item = _locked(item_id, by)
    revisions.check(item, revision)
    spam.check(noticed.title, noticed.effect)
    for name, value in asdict(noticed).items():
        setattr(item, name, value)
    item.revision += 1
    item.save()
    audit.record(deed="change reworded", about=item, by=by, at=at, country_id=item.country_id)
    return targets.lay_out(item)


@transaction.atomic
def close(*, item_id: int, by: User, at: datetime) -> WatchItem:
    """Everything was looked at. Twice changes nothing. Raises Refused, StillOpen."""
    item = _locked(item_id, by)
    if item.targets.filter(touched=Touched.OPEN).exists():
        raise StillOpen(_("Look at everything on the list first, or take it off."))
    if item.closed_on is None:
        item.closed_on = to_wall(at, by.person.zone).date()
        item.save(update_fields=["closed_on"])
        audit.record(deed="change closed", about=item, by=by, at=at, country_id=item.country_id)
    return item


@transaction.atomic
def open_again(*, item_id: int, by: User, at: datetime) -> WatchItem:
    """It is not over. Raises Refused."""
    item = _locked(item_id, by)
    if item.closed_on is not None:
        item.closed_on = None
        item.save(update_fields=["closed_on"])
        audit.record(deed="change reopened", about=item, by=by, at=at, country_id=item.country_id)
    return item


def _locked(item_id: int, by: User) -> WatchItem:
    rows = WatchItem.objects.select_related("added_by").select_for_update(of=("self",))
    item = rows.get(pk=item_id)
    permissions.may_keep_watch(by, item)
    return item
