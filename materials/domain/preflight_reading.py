"""Reads what pre-flight needs from an untrusted file, in a process of its own.

Run as `python -m materials.domain.preflight_reading KIND PATH`; prints one line of JSON, the facts
of `preflight_facts`, or {"unread": code}. It knows no settings and no database.
"""

from __future__ import annotations

import json
import sys
import zipfile
from typing import Any
from xml.parsers import expat

from materials.domain.confining import confine

MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 30
MAX_TEXT = 2_000_000
MAX_PART = 40 * 1024 * 1024
CODES = ("broken", "too_heavy")


def read_pdf(path: str) -> dict[str, Any]:
    from materials.domain import preflight_pdf  # noqa: PLC0415  each kind loads its own library

    return preflight_pdf.facts(path)


def read_office(path: str) -> dict[str, Any]:
    from materials.domain import preflight_office  # noqa: PLC0415

    with zipfile.ZipFile(path) as archive:
        return preflight_office.facts(archive)


KINDS = {
    "pdf": read_pdf,
    **dict.fromkeys(("docx", "pptx", "xlsx", "odt", "odp", "ods"), read_office),
}


def main(kind: str, path: str) -> None:
    confine(memory=MEMORY, seconds=CPU_SECONDS)
    try:
        answer = KINDS[kind](path)
        answer["texts"] = _short(answer.get("texts", []))
    except (MemoryError, RecursionError):
        answer = {"unread": "too_heavy"}
    except (OSError, ValueError, KeyError, RuntimeError, zipfile.BadZipFile, expat.ExpatError):
        answer = {"unread": "broken"}
    sys.stdout.write(json.dumps(answer) + "\n")


def _short(texts: list[str]) -> list[str]:
    """As many pages as fit; a lone surrogate, which no JSON reader takes back, is left out."""
    kept, room = [], MAX_TEXT
    for text in texts:
        kept.append(text[:room].encode("utf-8", "ignore").decode())
        room -= len(kept[-1])
        if room <= 0:
            break
    return kept


if __name__ == "__main__":
    main(*sys.argv[1:])
