"""Which texts mails are made of, and whether each is said in every language mails are written in.

Most carry the gettext context "mail"; the words for days and hours, the roles and the names of
languages are shared with the pages, and are named below, as are the pages that the link at the end
of a mail opens. Nothing here needs Django to be set up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cop_platform.texts_in_code import CHECKOUT, LANGUAGES, Text, calls, catalogue, named, parsed

__all__ = ["LANGUAGES", "Text", "findings", "texts"]

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


def texts() -> set[Text]:
    """Every text a mail can hold that is not somebody's own."""
    found = {text for text in _of_rooms() if text.context == CONTEXT}
    for path, names in SHARED.items():
        found |= set(named(CHECKOUT / path, names))
    return found | set(_of_pages())


def findings() -> Iterator[str]:
    """A line for each text that a language lacks, and for each that no mail says."""
    wanted = texts()
    for language in LANGUAGES:
        there = catalogue(language)
        if there is None:
            yield f"{language}: there is no django.po"
            continue
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
                yield from calls(parsed(path))


def _of_pages() -> Iterator[Text]:
    """The texts of the pages as Django extracts them: in one line, values as named placeholders."""
    for pattern in PAGES:
        for path in sorted((CHECKOUT / "templates").glob(pattern)):
            page = path.read_text()
            for said in [*_SAID.findall(page), *_WRITTEN.findall(page)]:
                yield Text(None, _VALUE.sub(r"%(\1)s", " ".join(said.split())))
