"""Words and tables of a document as markup of a page; every word is escaped."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe

from cop_platform.common.reporting.document import Align, Cell, Column, Sign, Span, Table, Text
from feedback.reports.domain.writers.texts import MARKS, writable

# Where the rows stand that a figure comes from, by its pointer; "" if nowhere.
Where = Callable[[str], str]


def text(words: Text, language: str) -> SafeString:
    """Text with its tones; words in another language than `language` say so."""
    if isinstance(words, str):
        return _lines(words)
    return mark_safe("".join(_span(span, language) for span in words))  # noqa: S308 all escaped


def _lines(words: str) -> SafeString:
    return mark_safe(escape(writable(words)).replace("\n", "<br>"))  # noqa: S308 escaped first


def _span(span: Span, language: str) -> str:
    said: str = _lines(span.text)
    if span.code:
        said = f'<bdi class="report-code" dir="ltr">{said}</bdi>'
    if span.strong:
        said = f"<strong>{said}</strong>"
    look = ' class="report-soft"' if span.soft else ""
    foreign = ""
    if span.language and span.language != language:
        foreign = f' lang="{escape(span.language)}" dir="auto"'
    if look or foreign:
        said = f"<span{look}{foreign}>{said}</span>"
    if span.link.startswith(("https://", "http://", "#")):
        said = f'<a href="{escape(span.link)}">{said}</a>'
    return said


def linked(said: SafeString, source: str, where: Where) -> SafeString:
    """A figure as a link to the rows it comes from."""
    address = where(source) if source else ""
    return format_html('<a href="{}">{}</a>', address, said) if address else said


def table(found: Table, language: str, where: Where) -> SafeString:
    """Heading and rows of a table, without its caption."""
    heads = "".join(_head(column) for column in found.columns)
    rows = "".join(
        "<tr>"
        + "".join(
            _cell(cell, column, language, where, is_first=number == 0)
            for number, (cell, column) in enumerate(zip(row, found.columns, strict=True))
        )
        + "</tr>"
        for row in found.rows
    )
    made = f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>"
    return mark_safe(made)  # noqa: S308 made of escaped parts


def _head(column: Column) -> str:
    end = ' class="number"' if column.align == Align.END else ""
    return f'<th scope="col"{end}>{conditional_escape(_lines(column.label))}</th>'


def _cell(cell: Cell, column: Column, language: str, where: Where, *, is_first: bool) -> str:
    looks = ["number"] if column.align == Align.END else []
    if cell.tint is not None:
        looks.append(f"tone-{round(min(max(cell.tint, 0.0), 1.0) * 8)}")
    look = f' class="{" ".join(looks)}"' if looks else ""
    said: str = linked(text(cell.text, language), cell.source, where)
    if cell.sign != Sign.NONE:
        said = mark(cell.sign) + " " + said
    if is_first:
        return f'<th scope="row"{look}>{said}</th>'
    return f"<td{look}>{said}</td>"


def mark(sign: Sign) -> SafeString:
    """The mark beside words that say the same."""
    return format_html('<b class="sign-{}" aria-hidden="true">{}</b>', sign.value, MARKS[sign])
