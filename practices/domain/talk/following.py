"""Who wants to hear of a thread."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cop_platform.common.refusals import Refused
from experts.models import Person, User
from practices import permissions
from practices.domain.talk import discussed
from practices.models import Follow, TalkRead


def follows(user: User, kind: str, object_id: int) -> bool:
    return Follow.objects.filter(person__user=user, kind=kind, object_id=object_id).exists()


def follow(*, kind: str, object_id: int, wanted: bool, by: User) -> None:
    """Starts or ends following; doing it twice changes nothing. Raises Refused."""
    permissions.may_contribute(by)
    if wanted and discussed.find(by, kind, object_id) is None:
        raise Refused
    own: dict[str, Any] = {"person": by.person, "kind": kind, "object_id": object_id}
    if wanted:
        Follow.objects.get_or_create(**own)
    else:
        Follow.objects.filter(**own).delete()


def followers(kind: str, object_id: int) -> list[Person]:
    rows = Follow.objects.filter(kind=kind, object_id=object_id).order_by("pk")
    return [follow.person for follow in rows.select_related("person")]


def read_until(user: User) -> datetime | None:
    """When somebody last said that they had read everything; None where they never did."""
    found = TalkRead.objects.filter(person__user=user).values_list("at", flat=True)
    return found.first()


def all_read(*, by: User, at: datetime) -> None:
    """Notes that somebody has read everything that was said until now. Raises Refused."""
    permissions.may_contribute(by)
    TalkRead.objects.update_or_create(person=by.person, defaults={"at": at})
