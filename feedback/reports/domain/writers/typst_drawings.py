"""Drawings as plain dicts for drawings.typ; days are turned into places on a line."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.utils import translation

from cop_platform.common.reporting import sayings
from cop_platform.common.reporting.drawings import Drawing, Forest, Timeline
from feedback.reports.domain.writers.typst_texts import Texts

# Labels of drawings stand in narrow places.
_LONGEST = 22
_TICKS = (0, 0.25, 0.5, 0.75, 1)


def drawing(shown: Drawing, texts: Texts, language: str) -> dict[str, Any]:
    """`kind` names the function of drawings.typ; the rest are the drawing's own fields."""
    said: dict[str, Any] = {"kind": type(shown).__name__.lower()} | _said(asdict(shown), texts)
    if isinstance(shown, Timeline):
        first, last = _day(shown.start), _day(shown.end)
        for event, drawn in zip(shown.events, said["events"], strict=True):
            drawn["at"] = _place(_day(event.day), first, last)
            drawn["lane"] = shown.lanes.index(event.lane) if event.lane in shown.lanes else 0
    if isinstance(shown, Forest):
        with translation.override(language):
            ticks = [(tick, sayings.number(tick)) for tick in _TICKS]
        said["ticks"] = [{"at": tick, "said": text} for tick, text in ticks]
    return said


def _said(value: Any, texts: Texts) -> Any:
    if isinstance(value, str):
        return texts.plain(value, _LONGEST)
    if isinstance(value, dict):
        return {key: _said(inner, texts) for key, inner in value.items()}
    return [_said(inner, texts) for inner in value] if isinstance(value, list | tuple) else value


def _day(iso: str) -> date:
    return datetime.fromisoformat(iso).date()


def _place(day: date, first: date, last: date) -> float:
    """Between 0 (the first day) and 1 (the last); days outside stand at the ends."""
    span = max((last - first).days, 1)
    return min(max((day - first).days / span, 0), 1)
