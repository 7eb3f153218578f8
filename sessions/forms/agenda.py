"""Deeds on a form that is still being written: nothing is saved, nothing typed is lost.

Each is a submit button, so it works without any script. What was typed comes back as a fresh
form, without complaints about what is not filled in yet.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from experts.models import User
from sessions.domain import library
from sessions.domain.agendas import METHOD_PLACE
from sessions.enums import Kind
from sessions.forms import reminders
from sessions.forms.details import initial_of_template
from sessions.models import KindTemplate, Method

DEEDS = (
    "more_rows",
    "use_kind",
    "replace_agenda",
    "insert_method",
    "step_up",
    "step_down",
    "step_out",
    "take_sum",
    "more_reminders",
    "reminder_out",
)
MAX_ROWS = 40
Row = tuple[str, str]


@dataclass
class Draft:
    """A form being written: raw values by field, raw rows of the agenda.

    `asks_to_replace` says that a kind was chosen while the agenda had been changed by hand.
    """

    values: dict[str, Any]
    rows: list[Row] = field(default_factory=list)
    asks_to_replace: bool = False

    @property
    def steps(self) -> list[dict[str, str]]:
        """The rows as a formset's initial data."""
        return [{"title": title, "minutes": minutes} for title, minutes in self.rows]


def is_deed(data: QueryDict) -> bool:
    """Whether a button of the form was pressed, not the one that saves."""
    return any(name in data for name in DEEDS)


def read(data: QueryDict, several: set[str]) -> Draft:
    """What was typed, whatever it is; `several` names the fields of more than one value."""
    total = data.get("steps-TOTAL_FORMS", "")
    count = min(int(total), MAX_ROWS) if total.isdecimal() and len(total) < 5 else 0
    rows = [
        (data.get(f"steps-{i}-title", ""), data.get(f"steps-{i}-minutes", "")) for i in range(count)
    ]
    values: dict[str, Any] = {
        name: data.getlist(name) if name in several else data[name] for name in data
    }
    values[reminders.FIELD] = reminders.typed(data) or []
    return Draft(values, rows)


def apply(data: QueryDict, draft: Draft, user: User) -> Draft:
    """Does what the pressed button says; a value nobody offered changes nothing."""
    for name in DEEDS:
        if name in data:
            _DEEDS[name](draft, str(data[name]), user)
            break
    # A draft ends with room to write on.
    blank = [row for row in draft.rows[-2:] if not any(row)]
    draft.rows = (draft.rows + [("", "")] * (2 - len(blank)))[:MAX_ROWS]
    return draft


def _more_rows(draft: Draft, _value: str, _user: User) -> None:
    draft.rows += [("", "")] * 3


def _step_up(draft: Draft, value: str, _user: User) -> None:
    _swap(draft.rows, value, -1)


def _step_down(draft: Draft, value: str, _user: User) -> None:
    _swap(draft.rows, value, 1)


def _swap(rows: list[Row], value: str, by: int) -> None:
    index = _index(value)
    if 0 <= index < len(rows) and 0 <= index + by < len(rows):
        rows[index], rows[index + by] = rows[index + by], rows[index]


def _step_out(draft: Draft, value: str, _user: User) -> None:
    index = _index(value)
    if 0 <= index < len(draft.rows):
        del draft.rows[index]


def _index(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 4 else -1


def _take_sum(draft: Draft, _value: str, _user: User) -> None:
    minutes = [_index(minutes.strip()) for _title, minutes in draft.rows]
    draft.values["minutes"] = str(sum(n for n in minutes if n > 0))


def _more_reminders(draft: Draft, _value: str, _user: User) -> None:
    rows = draft.values[reminders.FIELD]
    draft.values[reminders.FIELD] = [*rows, reminders.Row()][: reminders.MAX_ROWS]


def _reminder_out(draft: Draft, value: str, _user: User) -> None:
    rows, index = draft.values[reminders.FIELD], _index(value)
    draft.values[reminders.FIELD] = [row for n, row in enumerate(rows) if n != index]


def _filled(draft: Draft) -> list[Row]:
    return [row for row in draft.rows if row[0].strip() or row[1].strip()]


def _insert_method(draft: Draft, _value: str, user: User) -> None:
    """The method's steps take the place kept for one, or come last."""
    chosen = str(draft.values.get("method", ""))
    method = Method.objects.visible_to(user).filter(pk=_key(chosen)).first()
    if method is None:
        return
    steps = [(f"{method.name}: {title}", str(minutes)) for title, minutes in method.steps]
    rows = _filled(draft)
    places = [i for i, (title, _minutes) in enumerate(rows) if title.strip() == METHOD_PLACE]
    start, end = (places[0], places[0] + 1) if places else (len(rows), len(rows))
    draft.rows = [*rows[:start], *steps, *rows[end:]]


def _key(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 10 else 0


def _use_kind(draft: Draft, value: str, user: User) -> None:
    """What still is the old kind's becomes the new kind's; what was changed by hand stays.

    Only for a changed agenda somebody has to say so.
    """
    kind = draft.values.get("kind", "") if value == "select" else value
    if kind not in Kind.values:
        return
    wanted = library.template_of(kind)
    before = draft.values.get("filled_kind", "")
    old = library.template_of(before) if before in Kind.values else wanted
    draft.values |= {"kind": kind, "filled_kind": kind}
    new_values = initial_of_template(wanted)
    for name, old_value in initial_of_template(old).items():
        if _same(draft.values.get(name), old_value):
            draft.values[name] = new_values[name]
    if not _filled(draft) or _is_agenda_of(draft, old):
        _fill_agenda(draft, wanted)
    else:
        draft.asks_to_replace = True


def _replace_agenda(draft: Draft, _value: str, _user: User) -> None:
    kind = draft.values.get("kind", "")
    if kind in Kind.values:
        _fill_agenda(draft, library.template_of(kind))


def _fill_agenda(draft: Draft, template: KindTemplate) -> None:
    draft.rows = [(title, str(minutes)) for title, minutes in template.steps]
    draft.values["minutes"] = str(template.minutes)


def _is_agenda_of(draft: Draft, template: KindTemplate) -> bool:
    typed = [(title.strip(), minutes.strip()) for title, minutes in _filled(draft)]
    return typed == [(title, str(minutes)) for title, minutes in template.steps]


def _same(typed: Any, stored: Any) -> bool:
    """Whether a raw value is what the field would have shown for the stored one."""
    if isinstance(stored, bool):
        return bool(typed) == stored
    if isinstance(stored, list):
        return {v for v in typed or [] if not getattr(v, "is_blank", False)} == set(stored)
    return " ".join(str(typed or "").split()) == " ".join(str(stored or "").split())


_DEEDS = {
    "more_rows": _more_rows,
    "use_kind": _use_kind,
    "replace_agenda": _replace_agenda,
    "insert_method": _insert_method,
    "step_up": _step_up,
    "step_down": _step_down,
    "step_out": _step_out,
    "take_sum": _take_sum,
    "more_reminders": _more_reminders,
    "reminder_out": _reminder_out,
}
