"""What was said in the demo's groups, and what they wished for; all of it invented.

The lines stand in `demo_lines/`, a file a group. One group is not gone through yet: somebody named
a person and a telephone there.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from feedback.focus_groups.domain.capturing import capture
from feedback.focus_groups.models import FocusGroup, GuideQuestion, Participant, Priority, Quote

LINES = Path(__file__).parent / "demo_lines"
# Held, and still open: its last lines wait to be gone through for details.
UNCHECKED = ("DE", "Focus group with migrants, in Persian")
FIRST_WAITING = 6  # of its lines


def seed(anchor: date) -> None:
    """Adds what is missing to groups held before the anchor day that have participants."""
    for path in sorted(LINES.glob("*.json")):
        said = json.loads(path.read_text(encoding="utf-8"))
        group = (
            FocusGroup.objects.filter(
                country__code=said["country"],
                session__title=said["title"],
                session__wall_day__lt=anchor,
            )
            .select_related("session", "guide", "country")
            .first()
        )
        if group is not None and group.participants.exists():
            _note(group, said["lines"])
            _wish(group, said["wishes"])
            if (said["country"], said["title"]) == UNCHECKED:
                FocusGroup.objects.filter(pk=group.pk).update(closed_on=None)


def _note(group: FocusGroup, lines: list[dict[str, Any]]) -> None:
    """Lines of a group, each once: what a group said is noted under codes that agreed."""
    if group.quotes.exists():
        return
    questions = {row.position: row for row in group.guide.questions.all()}
    codes = sorted(capture.may_be_noted(group), key=lambda row: int(row.code.lstrip("P") or 0))
    interpreters = list(group.interpreters.all())
    is_open = (group.country.code, group.session.title) == UNCHECKED
    checked_on = group.session.wall_day + timedelta(days=1)
    rows = []
    for number, line in enumerate(lines, start=1):
        waits = is_open and number >= FIRST_WAITING
        quote = _quote(group, line, questions, codes)
        quote.client_key = uuid5(NAMESPACE_URL, f"{group.pk}/{number}")
        quote.position = number
        if quote.rendering and interpreters:
            quote.interpreter = next(
                (one for one in interpreters if quote.language in one.languages), interpreters[0]
            )
            quote.is_back_checked = number % 3 == 0
        if not waits:
            quote.clean_words, quote.clean_rendering = quote.words, quote.rendering
            quote.checked_on = checked_on
        rows.append(quote)
    Quote.objects.bulk_create(rows, ignore_conflicts=True)


def _quote(
    group: FocusGroup,
    line: dict[str, Any],
    questions: dict[int, GuideQuestion],
    codes: list[Participant],
) -> Quote:
    speaker = line["speaker"]
    return Quote(
        group=group,
        question=questions.get(line["question"]),
        participant=codes[(speaker - 1) % len(codes)] if speaker and codes else None,
        words=line["words"],
        language=line["language"],
        rendering=line.get("rendering", ""),
        rendering_language=line.get("rendering_language", ""),
        nonverbal=line.get("seen", ""),
    )


def _wish(group: FocusGroup, wishes: list[dict[str, Any]]) -> None:
    if group.priorities.exists():
        return
    Priority.objects.bulk_create([Priority(group=group, **wish) for wish in wishes])
