"""The report on one group as a document, in the language of its reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import msgspec
from django.utils import translation
from django.utils.translation import gettext as _

from cop_platform.common.reporting import sayings
from cop_platform.common.reporting.document import (
    Cell,
    Chapter,
    Column,
    Cover,
    Document,
    Paragraph,
    Sign,
    Span,
    Table,
    Text,
)
from feedback.focus_groups.domain.group_report.facts import OneGroup
from feedback.focus_groups.domain.report import coreq
from feedback.focus_groups.domain.report.coreq import Area, Item, Where
from feedback.reports.domain import assembly
from feedback.reports.domain.assembly import covers
from feedback.reports.domain.facts import FundingFacts, sha256
from feedback.reports.domain.group_report import chapters

# Where a missing item is written down: the whole address of a page, "" for none.
Address = Callable[[Where], str]


def data(group: OneGroup) -> bytes:
    """What is known of the group, as JSON; it lies within the PDF."""
    packed = msgspec.json.encode(group, order="sorted")
    return msgspec.json.format(packed, indent=2) + b"\n"


def document(
    group: OneGroup, *, language: str, day: date, address: Address, funding: FundingFacts | None
) -> Document:
    """The whole report as it stands on `day`; pure, but for the words of the language."""
    with translation.override(language):
        items = coreq.checklist(group)
        title = _("Focus-group report: %(title)s") % {"title": group.title}
        return Document(
            language=language,
            right_to_left=sayings.is_right_to_left(),
            title=title,
            description=sayings.day(group.about.day),
            author=group.project or title,
            release=f"{group.about.country} G{group.number}",
            day=day.isoformat(),
            dataset_sha256=sha256(data(group)),
            cover=_cover(group, items, title, day, funding),
            chapters=tuple(chapters.chapters(group, items)),
            annexes=(_checklist(items, address),),
            labels=assembly.labels(),
            keywords=(_("focus group"), "COREQ", group.about.country),
        )


def _cover(
    group: OneGroup,
    items: tuple[Item, ...],
    title: str,
    day: date,
    funding: FundingFacts | None,
) -> Cover:
    words = covers.words_of(funding)
    return Cover(
        kind=_("Focus-group report"),
        title=group.title,
        subtitle=sayings.day(group.about.day),
        project=group.project,
        facts=(
            (_("Country"), sayings.country(group.iso_code)),
            (_("Who was heard"), str(group.about.voice.label)),
            (_("People"), sayings.people(group.about.people)),
            (_("COREQ"), chapters.completeness(items)),
            (_("Written on"), sayings.day(day.isoformat())),
        ),
        emblem=covers.picture(funding.emblem) if funding and funding.emblem else None,
        statement=words.statement if words else "",
        disclaimer=words.disclaimer if words else "",
        citation=_("%(title)s, %(day)s. %(project)s.")
        % {"title": title, "day": sayings.day(group.about.day), "project": group.project},
        licence=funding.licence if funding else "",
        check_words=_("What is known of the group lies within the PDF as data."),
    )


# --- The checklist ----------------------------------------------------------------------------


def _checklist(items: tuple[Item, ...], address: Address) -> Chapter:
    return Chapter(
        "coreq",
        _("COREQ checklist"),
        (
            Paragraph(
                _(
                    "COREQ asks 32 things of every report on a focus group. %(n)s are filled with "
                    "what is known; for the others it says what is missing."
                )
                % {"n": chapters.completeness(items)}
            ),
            *_areas(items, address),
        ),
    )


def _areas(items: tuple[Item, ...], address: Address) -> Iterator[Table]:
    captions = {
        Area.TEAM: _("Who led the talk"),
        Area.DESIGN: _("How the talk was set up"),
        Area.FINDINGS: _("How findings were made"),
    }
    for area, caption in captions.items():
        yield Table(
            key=f"coreq-{area.value}",
            caption=caption,
            columns=(Column(_("No."), 1), Column(_("Item"), 3), Column(_("What is known"), 7)),
            rows=tuple(_row(item, address) for item in items if item.area == area),
        )


def _row(item: Item, address: Address) -> tuple[Cell, ...]:
    sign = Sign.GOOD if item.is_filled else Sign.OPEN
    return (
        Cell(sayings.count(item.number)),
        Cell(item.name),
        Cell(_known(item, address), sign=sign),
    )


def _known(item: Item, address: Address) -> Text:
    if item.is_filled:
        return item.said
    link = address(item.where)
    if not link:
        return item.gap
    return (Span(item.gap), Span(" "), Span(_("Write it down"), link=link))
