"""What of ours a change outside may touch: found by tags, added by hand, settled in words."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.domain import audit
from experts.models import User
from materials.models import Material
from practices import permissions
from practices.enums import Touched
from practices.models import Practice, WatchItem, WatchTarget


class WordsMissing(NotPossible):
    """A finding without its reason."""


class SettledAlready(NotPossible):
    """Somebody looked at it, so the finding stays."""


def tagged_materials(item: WatchItem) -> QuerySet[Material]:
    """Materials about one of the item's parts that are used in its country."""
    found = Material.objects.filter(parts__overlap=item.parts)
    if item.country_id is None:
        return found
    used = Q(country=item.country_id) | Q(country__isnull=True)
    return found.filter(used | Q(required__country=item.country_id)).distinct()


def tagged_practices(item: WatchItem) -> QuerySet[Practice]:
    """Published practices with one of the item's tags, of its country or adopted in it."""
    found = Practice.objects.published().filter(tags__overlap=item.tags)
    if item.country_id is None:
        return found
    adopted = Q(versions__adoptions__partner__country=item.country_id)
    return found.filter(Q(country=item.country_id) | adopted).distinct()


def lay_out(item: WatchItem) -> int:
    """Adds what carries the item's tags and is not there yet; gives how many are new."""
    wanted = [WatchTarget(item=item, material=material) for material in tagged_materials(item)]
    wanted += [WatchTarget(item=item, practice=practice) for practice in tagged_practices(item)]
    before = item.targets.count()
    WatchTarget.objects.bulk_create(wanted, ignore_conflicts=True)
    return item.targets.count() - before


@transaction.atomic
def add(
    *,
    item_id: int,
    material: Material | None = None,
    practice: Practice | None = None,
    by: User,
    at: datetime,
) -> WatchTarget:
    """Adds one thing by hand; the same twice changes nothing. Raises Refused."""
    item = WatchItem.objects.select_for_update().get(pk=item_id)
    permissions.may_keep_watch(by, item)
    target, is_new = item.targets.get_or_create(material=material, practice=practice)
    if is_new:
        audit.record(deed="watch widened", about=item, by=by, at=at, country_id=item.country_id)
    return target


@transaction.atomic
def settle(*, target_id: int, touched: str, note: str, by: User, at: datetime) -> WatchTarget:
    """Says whether the change touches it, in words. Raises Refused, WordsMissing."""
    target = _locked(target_id, by)
    if not note:
        raise WordsMissing(_("Say what has to change, or why it can stay."))
    target.touched, target.note = touched, note
    target.settled_by, target.settled_on = by.person, to_wall(at, by.person.zone).date()
    target.save()
    item = target.item
    audit.record(
        deed="watch settled", about=item, by=by, at=at, country_id=item.country_id, touched=touched
    )
    return target


@transaction.atomic
def remove(*, target_id: int, by: User, at: datetime) -> None:
    """Takes away what nobody has looked at yet. Raises Refused, SettledAlready."""
    target = _locked(target_id, by)
    if target.touched != Touched.OPEN:
        raise SettledAlready(_("Somebody has looked at this. The finding stays."))
    item = target.item
    target.delete()
    audit.record(deed="watch narrowed", about=item, by=by, at=at, country_id=item.country_id)


def _locked(target_id: int, by: User) -> WatchTarget:
    rows = WatchTarget.objects.select_related("item__added_by")
    target = rows.select_for_update(of=("self",)).get(pk=target_id)
    permissions.may_keep_watch(by, target.item)
    return target
