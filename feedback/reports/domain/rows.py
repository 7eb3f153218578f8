"""The dataset as rows that people can read, each with an anchor of its own.

An anchor is the JSON pointer within a section; what is a value only stands in the row around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from feedback.reports.domain.writers.texts import writable

# The part of the dataset that stands outside of all sections.
WHOLE = "report"
_PICTURE = "data"
_MOST_OF_A_PICTURE = 200


def part(raw: Mapping[str, Any], name: str) -> Any:
    """A section's facts, or with WHOLE what is said of the report itself; None if unknown."""
    if name == WHOLE:
        return {key: value for key, value in raw.items() if key != "sections"}
    return raw.get("sections", {}).get(name)


def address(raw: Mapping[str, Any], pointer: str) -> str:
    """Where on the page of rows a pointer leads: to its nearest row. "" if it leads nowhere."""
    steps = pointer.split("/")[1:]
    if steps[:1] == ["sections"]:
        name, steps = (steps[1] if len(steps) > 1 else ""), steps[2:]
    else:
        name = WHOLE
    found = part(raw, name)
    if found is None:
        return ""
    anchor = quote("".join(f"/{step}" for step in _near(found, steps)))
    return f"?section={quote(name)}" + (f"#{anchor}" if anchor else "")


def _near(found: Any, steps: list[str]) -> Iterator[str]:
    """The steps that lead to something with an anchor."""
    for step in steps:
        found = _inner(found, step)
        if not _has_rows(found):
            return
        yield step


def _inner(found: Any, step: str) -> Any:
    if isinstance(found, dict):
        return found.get(step)
    if isinstance(found, list) and step.isdecimal() and int(step) < len(found):
        return found[int(step)]
    return None


def _has_rows(value: Any) -> bool:
    """Whether something is shown as rows of its own, and not as a value in a row."""
    if isinstance(value, list):
        return any(_has_rows(item) for item in value)
    return isinstance(value, dict)


def markup(found: Any) -> SafeString:
    """A section's facts as lists and tables; every word is escaped."""
    return mark_safe("".join(_any(found, "")))  # noqa: S308 made of escaped parts


def _any(found: Any, path: str) -> Iterator[str]:
    if isinstance(found, dict):
        yield from _record(found, path)
    elif _has_rows(found):
        yield from _list(found, path)
    else:
        yield f"<p>{_value(found)}</p>"


def _record(found: dict[str, Any], path: str) -> Iterator[str]:
    """The values of a record, then what lies within it."""
    plain = {key: value for key, value in found.items() if not _has_rows(value)}
    if plain:
        said = "".join(
            f"<div><dt>{_name(key)}</dt><dd>{_value(value, key)}</dd></div>"
            for key, value in plain.items()
        )
        yield f'<dl class="rows-record">{said}</dl>'
    for key, value in found.items():
        if key not in plain:
            inner = f"{path}/{key}"
            yield f'<section class="rows-part" id="{escape(inner)}"><h3>{_name(key)}</h3>'
            yield from _any(value, inner)
            yield "</section>"


def _list(found: list[Any], path: str) -> Iterator[str]:
    if all(isinstance(row, dict) and not any(map(_has_rows, row.values())) for row in found):
        yield from _table(found, path)
        return
    for number, row in enumerate(found):
        inner = f"{path}/{number}"
        yield f'<section class="rows-part" id="{escape(inner)}"><h4>{number + 1}</h4>'
        yield from _any(row, inner)
        yield "</section>"


def _table(found: list[dict[str, Any]], path: str) -> Iterator[str]:
    keys = list(dict.fromkeys(key for row in found for key in row))
    heads = "".join(f'<th scope="col">{_name(key)}</th>' for key in keys)
    yield '<div class="table-wrap" tabindex="0"><table class="table">'
    yield f'<thead><tr><th scope="col">#</th>{heads}</tr></thead><tbody>'
    for number, row in enumerate(found):
        cells = "".join(f"<td>{_value(row.get(key), key)}</td>" for key in keys)
        yield f'<tr id="{escape(path)}/{number}"><th scope="row">{number + 1}</th>{cells}</tr>'
    yield "</tbody></table></div>"


def _name(key: str) -> str:
    return escape(writable(key).replace("_", " "))


def _value(value: Any, key: str = "") -> str:
    """A value as text; a picture is told by its size."""
    if value in (None, "", []):
        return "–"  # noqa: RUF001 a dash for nothing
    if isinstance(value, list):
        return ", ".join(_value(item) for item in value)
    if key == _PICTURE and isinstance(value, str) and len(value) > _MOST_OF_A_PICTURE:
        return f"{len(value) * 3 // 4:,} bytes"
    if isinstance(value, bool):
        return "✓" if value else "✗"
    return f'<bdi class="rows-value">{escape(writable(str(value)))}</bdi>'
