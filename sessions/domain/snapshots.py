"""Rows as text that JSON can keep, and back again: sessions with their parts, and series."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import IntegrityError, models
from django.utils.translation import gettext as _

from sessions.domain import copies
from sessions.domain.rooms import HOLDS_ONE, RoomTaken
from sessions.models import CopSession, Series

_NEVER = {"id", "uid", "version"}
Text = dict[str, str | None]


def of_sessions(sessions: Iterable[CopSession]) -> dict[str, dict[str, Any]]:
    """Sessions with agenda, duties, seats, hosts and materials, by key as JSON writes it.

    The same number of queries for one session and for many.
    """
    kept: dict[str, dict[str, Any]] = {
        str(row.pk): {"version": row.version, "fields": _fields(row), "parts": []}
        for row in sessions
    }
    for model, link in copies.sources():
        found: dict[str, list[Text]] = {key: [] for key in kept}
        for part in _parts(model, link, kept):
            found[str(getattr(part, link))].append(_fields(part, link))
        for key, rows in found.items():
            kept[key]["parts"].append(rows)
    return kept


def of_series(series: Series) -> dict[str, Any]:
    """A series without its sessions."""
    return {"version": series.version, "fields": _fields(series)}


def differs(row: models.Model, kept: dict[str, Any]) -> bool:
    """Whether a row was changed since; its parts are not looked at."""
    return kept["version"] != getattr(row, "version", None) or kept["fields"] != _fields(row)


def put_sessions_back(sessions: Sequence[CopSession], kept: dict[str, dict[str, Any]]) -> None:
    """Writes the rows as they were kept, a version further where it rose. Raises RoomTaken."""
    for row in sessions:
        _set(row, kept[str(row.pk)]["fields"])
        row.version += row.version != kept[str(row.pk)]["version"]
    try:
        copies.save_all(sessions)
    except IntegrityError as error:
        if HOLDS_ONE in str(error):
            raise RoomTaken(_("The room is taken by another session meanwhile.")) from error
        raise
    keys = [str(row.pk) for row in sessions]
    for number, (model, link) in enumerate(copies.sources()):
        _put_parts_back(model, link, {key: kept[key]["parts"][number] for key in keys})


def put_series_back(series: Series, kept: dict[str, Any]) -> None:
    """Writes a series as it was kept, a version further."""
    _set(series, kept["fields"])
    series.version += 1
    series.save()


def _put_parts_back(model: type[models.Model], link: str, kept: dict[str, list[Text]]) -> None:
    """Exchanges the parts of those sessions whose parts differ from what was kept."""
    now: dict[str, list[Text]] = {key: [] for key in kept}
    for part in _parts(model, link, kept):
        now[str(getattr(part, link))].append(_fields(part, link))
    changed = [key for key in kept if now[key] != kept[key]]
    if not changed:
        return
    model._base_manager.filter(**{f"{link}__in": changed}).delete()
    again = []
    for key in changed:
        for values in kept[key]:
            part = model(**{link: int(key)})
            _set(part, values)
            again.append(part)
    model._base_manager.bulk_create(again)


def _parts(model: type[models.Model], link: str, keys: Iterable[str]) -> models.QuerySet[Any]:
    return model._base_manager.filter(**{f"{link}__in": list(keys)}).order_by("pk")


def _fields(row: models.Model, *but: str) -> Text:
    """Every stored field as the text that Django's own serialisers would write."""
    return {
        field.attname: None if getattr(row, field.attname) is None else field.value_to_string(row)
        for field in row._meta.concrete_fields
        if field.name not in _NEVER and field.attname not in but
    }


def _set(row: models.Model, values: Text) -> None:
    for field in row._meta.concrete_fields:
        if field.attname in values:
            text = values[field.attname]
            setattr(row, field.attname, None if text is None else field.to_python(text))
