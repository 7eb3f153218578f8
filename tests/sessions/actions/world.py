"""Promises and lessons of small communities."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from experts.enums import Role
from experts.models import Person
from sessions.enums import Kind
from sessions.models import ActionHandOver, ActionItem, CopSession, Goal, Lesson
from tests import factories as make

_numbers = count(1)
DUE = date(2026, 12, 10)


def cops(*codes: str) -> tuple[Any, ...]:
    """The communities of these countries."""
    return tuple(make.cop(make.country(code)) for code in codes)


def action(*codes: str, owner: Person | None = None, **more: Any) -> ActionItem:
    """An open promise of these countries, of which nobody was told."""
    codes = codes or ("BG",)
    owner = owner or make.person(code=codes[0])
    values: dict[str, Any] = {
        "title": f"Action {next(_numbers)}",
        "owner": owner,
        "due_on": DUE,
        "written_by": owner,
        "written_at": make.NOW,
    }
    made = ActionItem.objects.create(**values | more)
    made.countries.set(cops(*codes))
    return made


def gone(code: str = "BG", **more: Any) -> Person:
    """Somebody who left their community yesterday."""
    person = make.person(code=code, **more)
    make.ends(person, -1)
    return person


def handed(code: str = "BG", **more: Any) -> ActionHandOver:
    """An action that went from somebody who left to somebody who stays."""
    values: dict[str, Any] = {
        "before": gone(code),
        "after": make.person(code=code),
        "by": make.person(Role.COORDINATOR, code),
        "at": make.NOW,
        "until": make.NOW,
    }
    done = ActionHandOver.objects.create(**values | more)
    done.actions.add(action(code, owner=done.after))
    return done


def review(*codes: str, **more: Any) -> CopSession:
    """An after action review."""
    return make.cop_session(*codes, **{"kind": Kind.REVIEW} | more)


def lesson(*codes: str, session: CopSession | None = None, **more: Any) -> Lesson:
    """What a look back of these countries taught; nobody owns it."""
    session = session or review(*codes)
    values: dict[str, Any] = {
        "session": session,
        "planned": "One hour for ten people.",
        "happened": "It took two hours.",
        "why": "Nobody had the papers.",
        "change": f"We ask for the papers a week before ({next(_numbers)}).",
        "written_by": session.planned_by,
        "written_at": make.NOW,
    }
    return Lesson.objects.create(**values | more)


def goal(code: str = "BG", **more: Any) -> Goal:
    """Two actions done in this quarter."""
    values: dict[str, Any] = {
        "cop": make.cop(make.country(code)),
        "title": "Keep what we promise",
        "counter": "actions_done",
        "target": 2,
        "starts_on": date(2026, 10, 1),
        "ends_on": date(2026, 12, 31),
        "set_by": make.person(Role.COORDINATOR, code),
        "set_at": make.NOW,
    }
    return Goal.objects.create(**values | more)
