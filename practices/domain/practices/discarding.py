"""A draft is thrown away by its author, and taken back out of the bin for a while."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.times import to_wall
from experts.domain import audit
from experts.models import User
from practices import permissions
from practices.domain.practices.cards import OPEN, AtWork, NotOpen, locked
from practices.models import Practice, PracticeVersion

# A draft can be taken back so long; then it goes for good.
KEPT = timedelta(days=30)


@transaction.atomic
def discard(*, version_id: int, by: User, at: datetime) -> PracticeVersion:
    """Nobody but its author sees it from now on; twice changes nothing more.

    Raises Refused, NotOpen for a version that waits for a check or is published.
    """
    version = locked(version_id)
    permissions.may_discard(by, version.practice)
    if version.step not in OPEN:
        raise NotOpen(_("This version is not a draft any more; nobody throws it away."))
    if version.discarded_on is None:
        version.discarded_on = to_wall(at, by.person.zone).date()
        _save(version, "draft discarded", by, at)
    return version


@transaction.atomic
def take_back(*, version_id: int, by: User, at: datetime) -> PracticeVersion:
    """The draft as it was; twice changes nothing more.

    Raises Refused, AtWork where another version is being written meanwhile.
    """
    version = locked(version_id)
    permissions.may_discard(by, version.practice)
    if version.practice.versions.at_work().exclude(pk=version_id).exists():
        raise AtWork(_("A new version of this practice is at work already; write on that one."))
    if version.discarded_on is not None:
        version.discarded_on = None
        _save(version, "draft taken back", by, at)
    return version


def clear(at: datetime) -> int:
    """Takes away what was thrown away more than KEPT ago; gives how many versions.

    A practice that was never more than this draft goes with it.
    """
    gone = PracticeVersion.objects.discarded().filter(discarded_on__lt=(at - KEPT).date())
    never_published = Practice.objects.filter(current__isnull=True, versions__in=gone)
    keys = list(never_published.order_by().values_list("pk", flat=True))
    n = gone.count()
    gone.delete()
    Practice.objects.filter(pk__in=keys, versions__isnull=True).delete()
    return n


def _save(version: PracticeVersion, deed: str, by: User, at: datetime) -> None:
    version.revision += 1
    version.save(update_fields=["discarded_on", "revision"])
    country_id = version.practice.country_id
    audit.record(deed=deed, about=version, by=by, at=at, country_id=country_id)
