"""The words of the guests' page of a poll of interest, in the guests' languages (ADR 40)."""

from __future__ import annotations

from pathlib import Path

from cop_platform.common.guest_words import (
    ENGLISH,
    LANGUAGES,
    Words,
    choose,
    differences,
    of_page,
    read,
)

FOLDER = Path(__file__).parents[2] / "words" / "interest"


def wanted(chosen: str, accepted: str) -> Words:
    """The words for a reader: of the language chosen, else of the browser's, else English."""
    return of_page(FOLDER, choose(chosen, accepted))


def spoken() -> list[Words]:
    """Every language the page speaks, for the choice of one."""
    return [of_page(FOLDER, code) for code in LANGUAGES]


def faults(code: str) -> list[str]:
    """What is wrong with a language's file beside the English one; empty when nothing is."""
    own, english = (read(FOLDER / f"{one}.json")["words"] for one in (code, ENGLISH))
    return differences(code, own, english)
