"""A form on paper and its poster: PDF files in any language of the project, with the same link.

What is printed is made for who asks and kept nowhere; the same form gives the same bytes.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import segno
from django.utils.translation import gettext as _

from cop_platform.common import typesetting
from cop_platform.common.refusals import NotPossible
from feedback.focus_groups.domain.easy import drawings, form_links, guest_words, translations
from feedback.focus_groups.domain.easy.guest_words import Words
from feedback.focus_groups.enums import AnswerKind
from feedback.focus_groups.models import EasyForm

_ROOM = Path(__file__).resolve().parent.parent.parent
_PAPER = _ROOM / "typst" / "paper.typ"
_POSTER = _ROOM / "typst" / "poster.typ"
_WORDS = _ROOM / "words" / "paper"
# A poster with more languages is read by nobody from two metres away.
MOST_ON_A_POSTER = 8


# Lines to write on; with three, five questions stand on one page.
_LINES = 3


class NothingAsked(NotPossible):
    """The form has no question yet."""


def sheet(form: EasyForm, code: str) -> bytes:
    """The form to fill in by hand, in a language that the form offers, as PDF.

    Raises NothingAsked, FontMissing, NotTypeset.
    """
    words = guest_words.words(code)
    asked = list(form.questions.all())
    if not asked:
        raise NothingAsked(_("Nothing is asked yet, so there is nothing to print."))
    about = str(form.version.material.title) if form.version else ""
    said = _around(form, words) | {
        "about": words.say("about", title=about) if about else "",
        "promise": [words[key] for key in ("why", "no_name", "no_authority", "no_cost")],
        "stop": words["stop"],
        "quote": {key: words[f"quote_{key}"] for key in ("question", "text", "free", "yes", "no")},
        "hint": words["words_hint"],
        "questions": [_question(row.said(code), row.kind, words) for row in asked],
    }
    return _built(_PAPER, form, said)


def poster(form: EasyForm, codes: Sequence[str]) -> bytes:
    """An A4 poster with the code of the link, said in these languages, as PDF.

    Raises FontMissing, NotTypeset.
    """
    said = {
        "lang": codes[0],
        "rtl": False,
        "title": guest_words.words(codes[0])["page_title"],
        "link": form_links.link(form),
        "languages": [_spoken(code) for code in codes[:MOST_ON_A_POSTER]],
    }
    return _built(_POSTER, form, said)


def qr_svg(form: EasyForm) -> bytes:
    """The link as squares, for paper: bigger modules, sure to be read when it is creased."""
    drawn = io.BytesIO()
    code = segno.make(form_links.link(form), error="m", micro=False)
    code.save(drawn, kind="svg", border=4, scale=4, dark="#000", light="#fff")
    return drawn.getvalue()


def _built(template: Path, form: EasyForm, said: Mapping[str, Any]) -> bytes:
    # Nothing inside tells when it was printed: the day on which the form opens is its date.
    made_at = datetime.combine(form.opens_on, time.min, tzinfo=UTC)
    beside = {"code.svg": qr_svg(form), **drawings.files()}
    return typesetting.build(template, said, made_at=made_at, beside=beside)


def _around(form: EasyForm, words: Words) -> dict[str, Any]:
    own = _of_paper(words.code)
    return {
        "lang": words.code,
        "rtl": words.direction == "rtl",
        "title": words["page_title"],
        "form": form.title,
        "link": form_links.link(form),
        "own": own,
        "code_title": words["code_title"],
    }


def _question(text: str, kind: str, words: Words) -> dict[str, Any]:
    steps = translations.steps(kind, words)
    return {
        "text": text,
        "kind": kind,
        "steps": [
            {"value": value, "word": word, "file": drawings.name(kind, value)}
            for value, word in steps
        ],
        "lines": _LINES if kind == AnswerKind.WORDS else 0,
    }


def _spoken(code: str) -> dict[str, Any]:
    words, own = guest_words.words(code), _of_paper(code)
    return {
        "lang": code,
        "rtl": words.direction == "rtl",
        "title": words["page_title"],
        "why": words["why"],
        "scan": own["scan"],
        "no_name": words["no_name"],
    }


@cache
def _of_paper(code: str) -> dict[str, str]:
    """The words that stand on paper only."""
    said: dict[str, str] = json.loads((_WORDS / f"{code}.json").read_text(encoding="utf-8"))
    return said
