"""A brief as it is read: its lines under their themes, each with its source in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cop_platform.common.reporting import sayings
from practices.domain.briefs import sources
from practices.models import Brief, BriefLine


@dataclass(frozen=True)
class Line:
    """One suggestion; its `source` in words, and the page of it at `url`, "" for none."""

    pk: int
    text: str
    source: str
    url: str


@dataclass(frozen=True)
class Theme:
    """A heading and what stands under it."""

    name: str
    lines: tuple[Line, ...]


def themes(brief: Brief) -> tuple[Theme, ...]:
    """In the order in which themes come up first; one question."""
    grouped: dict[str, list[Line]] = {}
    for line in brief.lines.all():
        said = Line(line.pk, line.text, cited(line), sources.page(line.source_kind, line.source_id))
        grouped.setdefault(line.theme, []).append(said)
    return tuple(Theme(name, tuple(lines)) for name, lines in grouped.items())


def cited(line: BriefLine) -> str:
    """The source of a line in the active language: Idea 12, BG, 3 Nov 2026."""
    parts = [
        _("%(kind)s %(number)d")
        % {"kind": sources.label(line.source_kind), "number": line.source_id},
        line.source_country,
        sayings.short_day(line.source_day.isoformat()),
    ]
    return ", ".join(filter(None, parts))
