"""What a reader of a release would stumble over; it may be published all the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.typesetting import glyphs
from experts.models import Country
from feedback.reports.domain import facts
from feedback.reports.domain.facts import Dataset, NotADataset
from feedback.reports.domain.preflight import Fault
from feedback.reports.enums import Licence
from feedback.reports.models import Report

_MOST_CHARACTERS = 12


def of_release(report: Report) -> list[Fault]:
    """Gaps, chapters without content, characters no font has, and a licence that shuts out.

    Sentences are in the active language; the dataset is read again, whole.
    """
    try:
        dataset = facts.from_json(json.dumps(report.dataset).encode())
    except NotADataset:
        return [
            Fault(
                _("This release is of an older form; its content is not looked at here."),
                report.get_absolute_url(),
            )
        ]
    return [*_licence(dataset), *_partners(dataset), *_content(dataset), *_characters(report)]


def _licence(dataset: Dataset) -> Iterator[Fault]:
    if dataset.funding and dataset.funding.licence == Licence.NONE:
        yield Fault(
            _("“All rights reserved” lets nobody pass the report on; funders ask for more."),
            reverse("report_grant"),
        )


def _partners(dataset: Dataset) -> Iterator[Fault]:
    """A country without a partner has nobody who answers for the report."""
    having = {partner.country for partner in dataset.partners}
    for country in dataset.countries:
        if country.code not in having:
            yield Fault(
                _("No partner stands for %(country)s on the cover.") % {"country": country.code},
                Country(code=country.code).get_absolute_url(),
            )


def _content(dataset: Dataset) -> Iterator[Fault]:
    """What each section says is missing, and the sections that silently give nothing at all."""
    for section, held in dataset.parts():
        page = _mended(section.key, dataset)
        gaps = list(section.gaps(held, dataset.head))
        yield from (Fault(sentence, page) for sentence in gaps)
        if gaps or not section.applies(dataset.head):
            continue
        pieces: list[Any] = [
            *section.chapters(held, dataset.head),
            *section.annexes(held, dataset.head),
        ]
        if not pieces:
            yield Fault(_("“%(title)s” stays empty.") % {"title": section.title()}, page)


def _mended(section: str, dataset: Dataset) -> str:
    """Where the data of a section are made."""
    pages = {
        "materials": "material_list",
        "ratings": "review_list",
        "panel": "review_list",
        "method": "policy_list",
        "across": "quality_board",
        "themes": "review_list",
        "improvements": "change_list",
        "ledger": "change_list",
        "glossary": "glossary_list",
    }
    if section in pages:
        return reverse(pages[section])
    code = f"?country={dataset.countries[0].code}&when=all" if len(dataset.countries) == 1 else ""
    return reverse("session_list") + code


def _characters(report: Report) -> Iterator[Fault]:
    """Signs that stand as their codes in the PDF, since no font has them."""
    replaced = glyphs.printable(report.dataset).replaced
    if replaced:
        shown = " ".join(replaced[:_MOST_CHARACTERS])
        yield Fault(
            ngettext(
                "%(n)d character cannot be printed and stands as its code in the PDF: %(list)s",
                "%(n)d characters cannot be printed and stand as their codes in the PDF: %(list)s",
                len(replaced),
            )
            % {"n": len(replaced), "list": shown},
            report.get_absolute_url(),
        )
