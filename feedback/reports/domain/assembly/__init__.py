"""Dataset and edition become a document in the edition's language; without a database."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import translation
from django.utils.translation import gettext as _

from cop_platform.common.reporting import sayings
from cop_platform.common.reporting.document import Chapter, Document, Labels
from feedback.reports.domain.assembly import covers, ending, opening
from feedback.reports.domain.edition import Edition
from feedback.reports.domain.facts import Dataset, sha256, to_json


def document(dataset: Dataset, edition: Edition) -> Document:
    """The whole report. The same dataset and edition give the same document, on any machine."""
    digest = sha256(to_json(dataset))
    with translation.override(edition.language):
        return Document(
            language=edition.language,
            right_to_left=sayings.is_right_to_left(),
            title=covers.title(dataset),
            description=sayings.period(dataset.start, dataset.end),
            author=covers.author(dataset),
            release=edition.release,
            day=dataset.newest_row,
            dataset_sha256=digest,
            cover=covers.cover(dataset, edition, digest),
            chapters=tuple(_chapters(dataset)),
            annexes=tuple(_annexes(dataset, edition, digest)),
            labels=labels(),
            keywords=(_("validation report"), *[c.code for c in dataset.countries]),
        )


def _chapters(dataset: Dataset) -> Iterator[Chapter]:
    yield opening.summary(dataset)
    yield opening.easy(dataset)
    yield opening.context(dataset)
    for section, facts in dataset.parts():
        yield from section.chapters(facts, dataset.head)
    yield ending.limits(dataset)
    yield ending.outlook(dataset)


def _annexes(dataset: Dataset, edition: Edition, digest: str) -> Iterator[Chapter]:
    for section, facts in sorted(dataset.parts(), key=lambda part: part[0].annexes_at):
        yield from section.annexes(facts, dataset.head)
    yield ending.manifest(dataset, edition, digest)


def labels() -> Labels:
    """The few words that writers say, in the active language."""
    return Labels(
        contents=_("Contents"),
        page=_("Page %(page)s of %(pages)s"),
        annexes=_("Annexes"),
        data_table=_("The values of this figure"),
        figure=_("Figure"),
        table=_("Table"),
        release=_("Release"),
        cite=_("How to cite"),
        verify=_("How to verify this report"),
        replaced_none=_("Every character of the dataset could be printed."),
        replaced_some=_("These characters could not be printed and stand as their codes:"),
    )
