"""The thread on the page of what it is about: the last comments, and a place to write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils import timezone

from cop_platform.common.panels import Panel
from experts.models import User
from materials.models import Version
from practices import permissions
from practices.domain.talk import discussed, reading
from practices.domain.talk.discussed import Thing
from practices.models import Comment
from sessions.models import CopSession

SHOWN = 3


def of(kind: str) -> Callable[[User, Any], Iterable[Panel]]:
    """The source of the panel for pages of this kind."""

    def source(user: User, shown: Any) -> Iterator[Panel]:
        yield from _panels(user, discussed.KINDS[kind].thing(shown))

    return source


def rows_of_session(_user: User, session: CopSession) -> Iterator[QuerySet[Comment]]:
    """What was said there; whoever reads the page of a session sees its thread."""
    yield Comment.objects.standing().filter(kind="session", object_id=session.pk)


def nothing_of_session(user: User, session: CopSession) -> Iterator[Panel]:
    """A place to begin."""
    yield _panel(user, discussed.KINDS["session"].thing(session), 0, [])


def rows_of_version(_user: User, version: Version) -> Iterator[QuerySet[Comment]]:
    """What was said of its material."""
    if version.released_at:
        yield Comment.objects.standing().filter(kind="material", object_id=version.material_id)


def of_version(user: User, version: Version) -> Iterator[Panel]:
    """On the page of a version: the thread of its material, once the version is released."""
    if version.released_at:
        yield from _panels(user, discussed.KINDS["material"].thing(version.material))


def _panels(user: User, thing: Thing) -> Iterator[Panel]:
    seen = discussed.KINDS[thing.kind].seen_by(user)
    found = seen.filter(pk=thing.pk).annotate(**_said(thing.kind))
    row = found.values_list("newest", "said").first()
    if row is None:
        return
    newest = Comment.objects.filter(pk__in=row[0]).with_people().order_by("at", "pk")
    lines = reading.lines(newest, user, timezone.now()) if row[0] else []
    yield _panel(user, thing, row[1] or 0, lines)


def _panel(user: User, thing: Thing, count: int, lines: list[Any]) -> Panel:
    return Panel(
        "practices/talk_panel.html",
        {
            "thing": thing,
            "count": count,
            "lines": lines,
            "may_write": permissions.may_contribute.allows(user),
            "language": user.person.language,
        },
    )


def _said(kind: str) -> dict[str, Any]:
    """The last comments and how many there are, asked together with whether the object is seen."""
    standing = Comment.objects.standing().filter(kind=kind, object_id=OuterRef("pk"))
    counted = standing.order_by().values("object_id").annotate(n=Count("pk")).values("n")
    newest = standing.order_by("-at", "-pk").values("pk")[:SHOWN]
    return {"newest": ArraySubquery(newest), "said": Subquery(counted)}
