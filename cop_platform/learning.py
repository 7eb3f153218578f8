"""*My learning*: what a member did, for how long, and what shows it; for themselves alone."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_safe

from cop_platform.common import competences, learned
from cop_platform.common.learned import Entry, Learned
from cop_platform.common.office_files import MARK, harmless
from cop_platform.common.times import hours
from experts.requests import MemberRequest

_HEADINGS = {
    Learned.SESSION: _lazy("Sessions"),
    Learned.REVIEW: _lazy("Reviews you sent"),
    Learned.CREDENTIAL: _lazy("Credentials"),
}


@dataclass(frozen=True)
class Part:
    """The entries of one kind; `minutes` is their known time together."""

    kind: str
    heading: str
    entries: list[Entry]
    minutes: int


@require_safe
def my_learning(request: MemberRequest) -> HttpResponse:
    entries = learned.of(request.user, timezone.now())
    parts = [_part(kind, entries) for kind in Learned]
    sessions = parts[0]
    context = {
        "parts": [part for part in parts if part.entries],
        "hours": hours(sessions.minutes),
        "sessions": len(sessions.entries),
        "tags": sorted(Counter(tag for entry in entries for tag in entry.tags).items()),
        "competences": _trained(entries),
    }
    return render(request, "search/my_learning.html", context)


@require_safe
def my_learning_csv(request: MemberRequest) -> HttpResponse:
    """The same as a table; hours are minutes divided by sixty."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(
        [_("Kind"), _("Day"), _("What"), _("Your part"), _("Hours"), _("Levels"), _("Competences")]
    )
    for entry in learned.of(request.user, timezone.now()):
        said = [str(_HEADINGS[entry.kind]), entry.day.isoformat(), entry.title, entry.part]
        named = ", ".join(competences.said(code) for code in entry.competences)
        time = "" if entry.minutes is None else hours(entry.minutes)
        rows.writerow([harmless(cell) for cell in [*said, time, ", ".join(entry.tags), named]])
    response = HttpResponse(MARK + text.getvalue(), "text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="my-learning.csv"'
    return response


def _trained(entries: list[Entry]) -> list[tuple[str, int]]:
    codes = competences.counted(code for entry in entries for code in entry.competences)
    return [(competences.said(code), number) for code, number in codes]


def _part(kind: Learned, entries: list[Entry]) -> Part:
    own = [entry for entry in entries if entry.kind == kind]
    return Part(kind, str(_HEADINGS[kind]), own, sum(entry.minutes or 0 for entry in own))
