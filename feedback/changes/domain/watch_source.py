"""What a change outside touches, as a source of change requests.

A finding that says "has to change" can become a request on the newest version of its material, and
the page of the change outside tells what became of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy

from cop_platform.common.panels import Panel
from experts.models import User
from feedback.changes.domain import links
from feedback.changes.enums import Severity
from feedback.changes.sources import About, Source
from materials.models import Version
from practices.enums import Touched
from practices.models import WatchItem, WatchTarget

KIND = "change_watch"


@dataclass(frozen=True)
class Row:
    """A material that has to change: its newest version, and its change request or the button."""

    version: Version
    link: links.ChangeLink


def _found() -> QuerySet[WatchTarget]:
    return WatchTarget.objects.filter(touched=Touched.YES, material__isnull=False)


def _newest(material_ids: Collection[int]) -> dict[int, Version]:
    """The version that readers have, by material: released before not released, originals only."""
    rows = Version.objects.filter(material__in=material_ids, source__isnull=True)
    rows = rows.order_by("material_id", F("released_at").desc(nulls_last=True), "-number").distinct(
        "material_id"
    )
    return {version.material_id: version for version in rows.select_related("material")}


def _about(keys: Collection[int]) -> dict[int, About]:
    targets = list(_found().filter(pk__in=keys).select_related("item"))
    versions = _newest([target.material_id for target in targets if target.material_id])
    return {
        target.pk: About(versions[target.material_id].pk, target.item.country_id, Severity.MAJOR)
        for target in targets
        if target.material_id in versions
    }


def _words(keys: Collection[int]) -> dict[int, str]:
    """What changes outside, where it can be read, and what has to change here."""
    rows = _found().filter(pk__in=keys).select_related("item")
    return {
        target.pk: f"{target.note}\n\n{target.item.title}\n{target.item.source}" for target in rows
    }


def _readable(user: User, version_id: int) -> QuerySet:
    """Every member reads what changes outside."""
    seen = WatchItem.objects.visible_to(user).order_by().values("pk")
    rows = _found().filter(item__in=seen, material__versions=version_id)
    return rows.order_by().values_list("pk", flat=True)


def _nothing(*_whoever: Any) -> QuerySet:
    return WatchTarget.objects.none().order_by().values("pk")


def _where(user: User, key: int) -> str:
    seen = WatchItem.objects.visible_to(user).filter(targets=key).first()
    return seen.get_absolute_url() if seen else ""


def _tell(_keys: Collection[int], _at: datetime) -> None:
    """Whoever noticed the change sees the decision on its page."""


SOURCE = Source(
    kind=KIND,
    label=gettext_lazy("Change outside"),
    about=_about,
    words=_words,
    readable=_readable,
    hidden_from=_nothing,
    unpublished=_nothing,
    where=_where,
    tell=_tell,
)


def of_item(user: User, item: WatchItem) -> Iterator[Panel]:
    """Beside a change outside: what becomes of the materials that have to change."""
    targets = [t for t in item.targets.all() if t.material_id and t.touched == Touched.YES]
    versions = _newest([target.material_id for target in targets if target.material_id])
    about = {
        (KIND, target.pk): (versions[target.material_id], item.country_id)
        for target in targets
        if target.material_id in versions
    }
    beside = links.beside_several(user, about)
    rows = [Row(version, beside.get(key, links.NONE)) for key, (version, _) in about.items()]
    if rows:
        context = {
            "rows": rows,
            "may_raise": any(row.link.value for row in rows),
            "may_open_round": user.access.plans_sessions,
            "country": item.country,
        }
        yield Panel("feedback/_watch_panel.html", context)
