"""The first pages: whose report this is, who pays, how to cite and how to verify it."""

from __future__ import annotations

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from cop_platform.common.reporting import sayings
from cop_platform.common.reporting.document import Cover, Picture, Span, Text
from cop_platform.common.reporting.sections import Profile
from feedback.reports.domain.edition import Edition
from feedback.reports.domain.facts import Dataset, FundingFacts, FundingWords, PictureFacts


def title(dataset: Dataset) -> str:
    """What the report is called, in the active language."""
    if dataset.name:
        return _("Validation report: %(about)s") % {"about": dataset.name}
    if len(dataset.countries) == 1:
        return _("Validation report: %(about)s") % {"about": _place(dataset)}
    return _("Validation report of the consortium")


def author(dataset: Dataset) -> str:
    """Who answers for the report: its partners, else the community."""
    names = [partner.name for partner in dataset.partners]
    return "; ".join(names or [country.community for country in dataset.countries])


def cover(dataset: Dataset, edition: Edition, digest: str) -> Cover:
    """The first page and the one behind it; `digest` is the SHA-256 of the dataset."""
    funding = dataset.funding
    words = funding_words(dataset)
    return Cover(
        kind=_("Validation report"),
        title=_place(dataset),
        subtitle=sayings.period(dataset.start, dataset.end),
        project=" · ".join(name for name in (dataset.acronym, dataset.project) if name),
        facts=tuple(_facts(dataset, edition)),
        emblem=picture(funding.emblem) if funding and funding.emblem else None,
        logos=tuple(picture(partner.logo) for partner in dataset.partners if partner.logo),
        statement=words.statement if words else "",
        disclaimer=words.disclaimer if words else "",
        citation=_citation(dataset, edition),
        licence=funding.licence if funding else "",
        check_words=_(
            "The PDF of this release carries the complete dataset. Its SHA-256 is %(sha256)s; each "
            "table can be counted again from it."
        )
        % {"sha256": sayings.isolated(digest)},
        check_address=edition.address,
    )


def funding_words(dataset: Dataset) -> FundingWords | None:
    """The signed statement in the active language; None where there is none."""
    return words_of(dataset.funding)


def words_of(funding: FundingFacts | None) -> FundingWords | None:
    """The same of funding that stands in no dataset."""
    language = get_language()
    return next((w for w in funding.words if w.language == language), None) if funding else None


def _place(dataset: Dataset) -> str:
    if dataset.name:
        return dataset.name
    if len(dataset.countries) == 1:
        return sayings.country(dataset.countries[0].iso_code)
    return sayings.listed([sayings.country(c.iso_code) for c in dataset.countries])


def _facts(dataset: Dataset, edition: Edition) -> list[tuple[str, Text]]:
    funding = dataset.funding
    rows: list[tuple[str, Text]] = [
        (_("Release"), (Span(edition.release, code=True),)),
        (_("Data up to"), sayings.day(dataset.newest_row)),
        (
            _("Edition"),
            _("for everybody")
            if dataset.profile == Profile.PUBLIC
            else _("for the funding agency and auditors"),
        ),
        (_("Community"), sayings.listed([country.community for country in dataset.countries])),
        (
            pgettext("cover", "Partner"),
            sayings.listed([partner.name for partner in dataset.partners]),
        ),
    ]
    if funding:
        rows += [(_("Grant"), (Span(funding.number, code=True),)), (_("Result"), funding.result)]
    return [(label, said) for label, said in rows if said]


def _citation(dataset: Dataset, edition: Edition) -> str:
    return _("%(author)s (%(year)s). %(title)s, release %(release)s, %(project)s.") % {
        "author": author(dataset),
        "year": dataset.newest_row[:4],
        "title": title(dataset),
        "release": sayings.isolated(edition.release),
        "project": dataset.project,
    }


def picture(facts: PictureFacts) -> Picture:
    """An image of the cover. Raises NotADataset."""
    return Picture(facts.alt, facts.alt, facts.media_type, facts.content())
