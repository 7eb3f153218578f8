"""Texts that stand in code for gettext to say; found by reading it, without running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
# English is the language of the texts themselves.
LANGUAGES = ("ar", "bg", "de", "el", "es", "it", "sv")
_CALLS = {"_": 0, "gettext": 0, "gettext_lazy": 0, "ngettext": 0, "pgettext": 1}
_CALLS |= {"pgettext_lazy": 1, "npgettext": 1, "npgettext_lazy": 1, "ngettext_lazy": 0}


@dataclass(frozen=True)
class Text:
    """A text as gettext knows it."""

    context: str | None
    msgid: str


def named(path: Path, names: set[str]) -> Iterator[Text]:
    """The texts of what has one of these names in a file: functions, classes, values."""
    for node in parsed(path).body:
        if _name(node) in names:
            yield from calls(node)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def _name(node: ast.stmt) -> str:
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id
    return str(getattr(node, "name", ""))


def calls(tree: ast.AST) -> Iterator[Text]:
    """The gettext calls in a piece of code whose texts are written out."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        offset = _CALLS.get(node.func.id)
        said = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
        if offset is None or len(said) <= offset:
            continue
        yield Text(str(said[0]) if offset else None, str(said[offset]))


def catalogue(language: str) -> set[Text] | None:
    """What a language says; None where it has no catalogue."""
    import polib  # comes with the packages that `make setup` installs first  # noqa: PLC0415

    path = CHECKOUT / "locale" / language / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return None
    entries = [entry for entry in polib.pofile(str(path)) if not entry.obsolete]
    return {Text(entry.msgctxt, entry.msgid) for entry in entries}
