"""The parts of a mail that the platform draws, each as text and as HTML."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.utils.translation import get_language_bidi

from experts.domain import mail_html
from experts.domain.mail_html import EMPTY, Block, Inert

_BUTTON = (
    '<p><a href="{}" style="display:inline-block;background:#0b5d5e;color:#ffffff;'
    'text-decoration:none;padding:10px 18px;border-radius:6px;font-weight:600">{}</a></p>'
)
_QUOTE = (
    '<blockquote style="margin:16px 0;padding-inline-start:12px;'
    'border-inline-start:3px solid #e3dccf">{}</blockquote>'
)
_TABLE = (
    '<table role="presentation" style="width:100%;border-collapse:collapse;margin:16px 0">'
    "{}</table>"
)
_ROW = (
    '<tr><td style="width:7em;padding:4px 0;padding-inline-end:12px;color:#5b6470;'
    'vertical-align:top">{}</td>'
    '<td style="padding:4px 0;vertical-align:top;overflow-wrap:anywhere">{}</td></tr>\n'
)


def button(link: str, label: str) -> Block:
    """The one thing to do in a mail: `link` is an address of the platform, `label` our words."""
    return Block(f"{label}:\n{link}", _BUTTON.format(html.escape(link), html.escape(label)))


def sentence(text: str) -> Block:
    """A paragraph of our words; whatever somebody typed goes into mails by placeholders."""
    return Block(text, f"<p>{html.escape(text)}</p>")


def quote(text: str) -> Block:
    """Words somebody typed, in their own lines; empty for an empty text."""
    return _quote(text) if text else EMPTY


@lru_cache(maxsize=1000)
def _quote(text: str) -> Block:
    lines = mail_html.lines(text)
    marked = (f"<bdi>{html.escape(line)}</bdi>" for line in lines.split("\n"))
    return Block(lines, _QUOTE.format("<br>".join(marked)))


def facts(rows: Iterable[tuple[str, Block]]) -> Block:
    """A small table of label and value; rows without a value are left out."""
    shown = [(label, value) for label, value in rows if value.text]
    return Block(
        "\n".join(f"{label}:{_after_colon(value.text)}" for label, value in shown),
        _TABLE.format(
            "".join(_ROW.format(html.escape(label), value.html) for label, value in shown)
        ),
    )


def typed(value: str) -> Block:
    """A value somebody typed, for a row of `facts`."""
    shown: Inert = mail_html.inert(value, get_language_bidi())
    return Block(shown.text, shown.html)


def way_in(link: str) -> Block:
    """The address of a meeting, which is a link; it was checked when it was saved."""
    if not link.startswith(("https://", "http://")):
        return typed(link)
    escaped = html.escape(link)
    return Block(link, f'<a href="{escaped}" style="color:#0b5d5e">{escaped}</a>')


def stacked(*parts: Block) -> Block:
    """Several blocks as one, without the empty ones."""
    shown = [part for part in parts if part.text]
    return Block("\n\n".join(part.text for part in shown), "".join(part.html for part in shown))


def plain(text: str) -> Block:
    """A few of our own words, for a row of `facts`."""
    return Block(text, html.escape(text))


def strong(value: Block) -> Block:
    """The same, in bold where there is bold."""
    return Block(value.text, f"<strong>{value.html}</strong>")


def quiet(value: Block) -> Block:
    """The same, smaller and paler."""
    return Block(value.text, f'<span style="color:#5b6470;font-size:14px">{value.html}</span>')


def listed(values: Sequence[Block]) -> Block:
    """One value a line, for a row of `facts` or below a sentence."""
    return Block(
        "".join(f"\n- {value.text}" for value in values),
        "<br>".join(value.html for value in values),
    )


def _after_colon(text: str) -> str:
    return text if text.startswith("\n") else f" {text}"
