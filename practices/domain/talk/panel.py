"""The thread on the page of what it is about: the last comments, and a place to write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils import timezone

from cop_platform.common.panels import Panel
from experts.models import User
from materials.models import Version
from practices import permissions
from practices.domain.talk import discussed, reading
from practices.models import Comment

SHOWN = 3


def of(kind: str) -> Callable[[User, Any], Iterable[Panel]]:
    """The source of the panel for pages of this kind."""

    def source(user: User, shown: Any) -> Iterator[Panel]:
        yield from _panels(user, kind, shown.pk)

    return source


def of_version(user: User, version: Version) -> Iterator[Panel]:
    """On the page of a version: the thread of its material, once the version is released."""
    if version.released_at:
        yield from _panels(user, "material", version.material_id)


def _panels(user: User, kind: str, pk: int) -> Iterator[Panel]:
    thing = discussed.find(user, kind, pk)
    if thing is None:
        return
    standing = Comment.objects.thread(kind, pk).standing()
    newest = list(standing.with_people().order_by("-at", "-pk")[:SHOWN])
    yield Panel(
        "practices/talk_panel.html",
        {
            "thing": thing,
            "count": standing.count() if len(newest) == SHOWN else len(newest),
            "lines": reading.lines(reversed(newest), user, timezone.now()),
            "may_write": permissions.may_contribute.allows(user),
            "language": user.person.language,
        },
    )
