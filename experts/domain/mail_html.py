"""The HTML of mails: the frame, the words of a manager, and values that stay inert.

Style stands inline, because mail programs drop sheets.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby

import nh3
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import pgettext

from cop_platform.common.text import fenced

# Written by us only: taken out of every value before it is put in.
_CUT = "\ue000"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ue000]+")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_ISOLATE, _END = "\u2068", "\u2069"
_LINK = re.compile(r"https://[^\s<>\"'{}]+[^\s<>\"'{}.,;:!?)\]]")
_LAST_LINE = (
    '<p style="font-size:13px;margin:16px 8px"><a href="{}" style="color:#5b6470">{}</a></p>'
)
_TITLE = '<h1 style="font-size:20px;margin:0 0 12px">{}</h1>'


@dataclass(frozen=True)
class Block:
    """A part the platform draws, as text and as HTML; empty where it does not apply."""

    text: str = ""
    html: str = ""


EMPTY = Block()


@dataclass(frozen=True)
class Inert:
    """A value somebody typed, as it stands in a line of text and in HTML."""

    text: str
    html: str


@lru_cache(maxsize=10_000)
def inert(value: str, rtl: bool) -> Inert:
    """One line that is no link, no markup and no header, and keeps its own direction."""
    shown = line(value)
    turns = rtl or (not shown.isascii() and _RIGHT_TO_LEFT.search(shown))
    marked = f"<bdi>{html.escape(shown)}</bdi>" if shown else ""
    return Inert(isolated(shown) if turns else shown, marked)


def line(value: str) -> str:
    """One line without control signs, in which no mail program finds a link."""
    return fenced(" ".join(_CONTROL.sub(" ", value).split()))


def lines(value: str) -> str:
    """The same for several lines."""
    return fenced(
        "\n".join(_CONTROL.sub(" ", part).rstrip() for part in value.splitlines()).strip()
    )


def isolated(line: str) -> str:
    """A line whose direction does not mix with the words around it."""
    return f"{_ISOLATE}{line}{_END}" if line else ""


@dataclass(frozen=True)
class Frame:
    """What stands around the words of every mail in one language."""

    pieces: tuple[str, str, str, str, str]
    usual_reason: str
    way_out: str
    rtl: bool

    def around(self, subject: str, body: str, reason: str = "") -> str:
        before, after_title, after_body, after_reason, end = self.pieces
        why = html.escape(reason or self.usual_reason)
        title = html.escape(subject)
        return f"{before}{title}{after_title}{body}{after_body}{why}{after_reason}{end}"

    def with_way_out(self, document: str, link: str) -> str:
        """The document with a small link that ends such mails as its last line."""
        end = self.pieces[-1]
        line = _LAST_LINE.format(html.escape(link), html.escape(self.way_out))
        return document.removesuffix(end) + line + end


@cache
def frame(language: str) -> Frame:
    """The frame of a language, drawn once."""
    with translation.override(language):
        drawn = render_to_string("mail/base.html", {"cut": _CUT})
        first, second, third, fourth, last = drawn.strip().split(_CUT)
        reason = pgettext(
            "mail",
            "You get this mail because you belong to a Community of Practice on the CoP Platform.",
        )
        pieces = (first, second, third, fourth, last + "\n")
        way_out = pgettext("mail", "Stop mails of this kind")
        return Frame(pieces, reason, way_out, translation.get_language_bidi())


def title(text: str) -> str:
    """A paragraph that is nothing but the title."""
    return _TITLE.format(text)


def paragraph(text: str) -> str:
    """Words of a project manager as HTML: lines, lists of `- ` and links to https; no markup.

    Placeholders pass through as they are.
    """
    parts = []
    for is_list, run in groupby(text.split("\n"), key=lambda line: line.startswith("- ")):
        lines = list(run)
        parts.append(_list(lines) if is_list else f"<p>{'<br>'.join(map(_linked, lines))}</p>")
    return nh3.clean(
        "".join(parts),
        tags={"p", "br", "ul", "li", "a"},
        attributes={"a": {"href"}},
        url_schemes={"https"},
        link_rel="noopener noreferrer",
    )


def _list(lines: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{_linked(line[2:])}</li>" for line in lines) + "</ul>"


def _linked(line: str) -> str:
    escaped = ""
    end = 0
    for found in _LINK.finditer(line):
        address = html.escape(found[0])
        escaped += html.escape(fenced(line[end : found.start()]))
        escaped += f'<a href="{address}">{address}</a>'
        end = found.end()
    return escaped + html.escape(fenced(line[end:]))


def fenced_words(text: str) -> str:
    """The same words as text: their https links stay, nothing else becomes one."""
    pieces, end = [], 0
    for found in _LINK.finditer(text):
        pieces += [fenced(text[end : found.start()]), found[0]]
        end = found.end()
    return "".join([*pieces, fenced(text[end:])])
