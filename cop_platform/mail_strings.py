"""Which texts mails are made of, and whether each is said in every language mails are written in.

Most carry the gettext context "mail"; the words for days and hours, the roles and the names of
languages are shared with the pages, and are named below, as are the pages that the link at the end
of a mail opens. Nothing here needs Django to be set up.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
ROOMS = ("experts", "materials", "sessions", "practices", "feedback")
CONTEXT = "mail"
# Files and the names in them whose texts mails speak as well.
SHARED = {
    "cop_platform/common/times.py": {"_CITIES", "_said_day", "_said_hours", "say_days", "When"},
    "cop_platform/settings.py": {"PROJECT_LANGUAGES"},
    "experts/enums.py": {"Role", "Topic", "Cadence", "Channel"},
    "experts/forms/preferences.py": {"PreferencesForm", "SHOWN"},
    "sessions/domain/calendar_text.py": {"event"},
    "sessions/domain/poll_page.py": {"moment"},
    "sessions/domain/seat_mails.py": {"say_until"},
}
# The pages behind the link at the end of a mail speak its language.
PAGES = ("base_guest.html", "experts/guest_*.html", "experts/_mail_choices.html")
_SAID = re.compile(r'\{%\s*translate "([^"]+)"')
_WRITTEN = re.compile(
    r"\{%\s*blocktranslate trimmed[^%]*%\}(.*?)\{%\s*endblocktranslate", re.DOTALL
)
_VALUE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
# English is the language of the texts themselves.
LANGUAGES = ("ar", "bg", "de", "el", "es", "it", "sv")
_CALLS = {"_": 0, "gettext": 0, "gettext_lazy": 0, "ngettext": 0, "pgettext": 1}
_CALLS |= {"pgettext_lazy": 1, "npgettext": 1, "npgettext_lazy": 1}


@dataclass(frozen=True)
class Text:
    """A text of a mail as gettext knows it."""

    context: str | None
    msgid: str


def texts() -> set[Text]:
    """Every text a mail can hold that is not somebody's own."""
    found = {text for text in _of_rooms() if text.context == CONTEXT}
    for path, names in SHARED.items():
        tree = _parsed(CHECKOUT / path)
        for node in tree.body:
            if _name(node) in names:
                found |= set(_calls(node))
    return found | set(_of_pages())


def findings() -> Iterator[str]:
    """A line for each text that a language lacks, and for each that no mail says."""
    import polib  # comes with the packages that `make setup` installs first  # noqa: PLC0415

    wanted = texts()
    for language in LANGUAGES:
        path = CHECKOUT / "locale" / language / "LC_MESSAGES" / "django.po"
        if not path.exists():
            yield f"{language}: there is no django.po"
            continue
        entries = [entry for entry in polib.pofile(str(path)) if not entry.obsolete]
        there = {Text(entry.msgctxt, entry.msgid) for entry in entries}
        for text in sorted(wanted - there, key=str):
            yield f"{language}: not said in mails: {text.msgid}"
        # Catalogues hold more than mails: the pages behind their links, in Arabic screens too.
        surplus = {text for text in there - wanted if text.context == CONTEXT}
        for text in sorted(surplus, key=str):
            yield f"{language}: no mail says this: {text.msgid}"


def _of_rooms() -> Iterator[Text]:
    for room in ROOMS:
        for path in sorted((CHECKOUT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield from _calls(_parsed(path))


def _of_pages() -> Iterator[Text]:
    """The texts of the pages as Django extracts them: in one line, values as named placeholders."""
    for pattern in PAGES:
        for path in sorted((CHECKOUT / "templates").glob(pattern)):
            page = path.read_text()
            for said in [*_SAID.findall(page), *_WRITTEN.findall(page)]:
                yield Text(None, _VALUE.sub(r"%(\1)s", " ".join(said.split())))


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def _name(node: ast.stmt) -> str:
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id
    return str(getattr(node, "name", ""))


def _calls(tree: ast.AST) -> Iterator[Text]:
    """The gettext calls in a piece of code whose texts are written out."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        offset = _CALLS.get(node.func.id)
        said = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
        if offset is None or len(said) <= offset:
            continue
        yield Text(str(said[0]) if offset else None, str(said[offset]))
