"""Countries beside each other, in reports about several of them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.reporting import sayings
from cop_platform.common.reporting.document import (
    Block,
    Bullets,
    Chapter,
    Heading,
    Note,
    Paragraph,
    Sign,
)
from cop_platform.common.reporting.sections import Formula, Head, Part, Section, Sheet
from feedback.validation.domain.outcome.across import ItemAcross
from feedback.validation.domain.report import across_tables, across_tests
from feedback.validation.domain.report.across_facts import AcrossFacts
from feedback.validation.domain.report.across_reading import collect
from feedback.validation.domain.report.across_tables import KEY


def title() -> str:
    return _("Countries beside each other")


def chapters(facts: AcrossFacts, head: Head) -> Iterator[Chapter]:
    """Nothing in a report about one country, nor where no two panels can be compared."""
    blocks = tuple(_blocks(facts)) if facts.compared else ()
    if blocks:
        yield Chapter(KEY, title(), blocks)


def _blocks(facts: AcrossFacts) -> Iterator[Block]:
    if facts.materials:
        yield Note(
            _(
                "How to read this: countries that read the same edition are compared with each "
                "other, and an edition with the version it translates. Panels of fewer than three "
                "are left out. Small panels rarely show a difference: where nothing is marked, "
                "that does not prove that countries agree."
            )
        )
    tested = across_tests.tested(facts)
    for place, material in enumerate(facts.materials):
        yield Heading(f"{material.code} {material.title}")
        yield across_tables.forest(place, material)
        yield across_tables.items(place, material, tested[place])
        yield from _differences(tested[place])
        if material.left_out:
            yield Note(_left_out(material.left_out), Sign.OPEN)
    yield from _unable(facts, tested)
    yield from _verdicts(facts)
    if facts.adapted:
        yield Heading(_("Cultural adaptation"))
        yield across_tables.adapted(facts)


def _differences(items: tuple[ItemAcross, ...]) -> Iterator[Block]:
    """Each difference in whole numbers, with its interval and what it is a question of."""
    said = [
        _("%(code)s: %(sentence)s %(interval)s. %(question)s")
        % {
            "code": item.code,
            "sentence": test.sentence,
            "interval": sayings.isolated(test.interval),
            "question": test.question,
        }
        for item in items
        for test in item.flagged
    ]
    if said:
        yield Bullets(tuple(said))
    else:
        yield Paragraph(_("No criterion differs clearly between these panels."))


def _left_out(n: int) -> str:
    return ngettext(
        "%(n)s panel handed in fewer than three reviews and is left out.",
        "%(n)s panels handed in fewer than three reviews and are left out.",
        n,
    ) % {"n": sayings.count(n)}


def _unable(facts: AcrossFacts, tested: list[tuple[ItemAcross, ...]]) -> Iterator[Block]:
    found = across_tests.powers(tested)
    every = [power for some in found for power in some]
    weak = [power for power in every if not power.enough]
    if weak:
        yield Heading(_("What these panels cannot show"))
        yield Paragraph(
            ngettext(
                "%(weak)s of %(n)s comparison would miss a shift of 40 points in more than 20 of "
                "100 cases. That nothing is marked there says little.",
                "%(weak)s of %(n)s comparisons would miss a shift of 40 points in more than 20 of "
                "100 cases. That nothing is marked there says little.",
                len(every),
            )
            % {"weak": sayings.count(len(weak)), "n": sayings.count(len(every))}
        )
        yield across_tables.powers(facts, found)


def _verdicts(facts: AcrossFacts) -> Iterator[Block]:
    countries = {verdict.country for verdict in facts.verdicts}
    if len(countries) < 2:
        return
    yield Heading(_("Verdicts that differ"))
    found = across_tables.divergent(facts)
    if found:
        yield across_tables.verdicts(found)
    else:
        yield Paragraph(_("Wherever several countries have a verdict in force, they agree."))


def gaps(facts: AcrossFacts, head: Head) -> Iterator[str]:
    if facts.compared and not facts.materials:
        yield _(
            "Countries cannot be compared: no two panels of at least three reviewed the same "
            "material with the same questions in rounds that are closed."
        )


def headline(facts: AcrossFacts, head: Head) -> Iterator[str]:
    tested = across_tests.tested(facts)
    items = [item for some in tested for item in some if item.tests]
    if items:
        flagged = sum(bool(item.flagged) for item in items)
        yield ngettext(
            "%(flagged)s of %(n)s compared criterion differs clearly between countries or "
            "languages.",
            "%(flagged)s of %(n)s compared criteria differ clearly between countries or languages.",
            len(items),
        ) % {"flagged": sayings.count(flagged), "n": sayings.count(len(items))}
    found = across_tables.divergent(facts)
    if found:
        yield _("Countries say different things of: %(codes)s.") % {
            "codes": sayings.listed(across_tables.codes(found))
        }


def recommendations(facts: AcrossFacts, head: Head) -> Iterator[str]:
    """Talk about what is seen differently before it is settled by a figure."""
    found = across_tables.divergent(facts)
    if found:
        yield _("Bring the experts of the countries together over: %(codes)s.") % {
            "codes": sayings.listed(across_tables.codes(found))
        }


def sheets(facts: AcrossFacts, head: Head) -> Iterator[Sheet]:
    rows: list[list[str | int | float | Formula | None]] = [
        [
            material.code,
            criterion.code,
            criterion.text,
            sayings.country(panel.country),
            panel.language,
            panel.version,
            panel.items[n][0],
            panel.items[n][1],
            Formula(
                '=IF(H{row}>0,G{row}/H{row},"")',
                panel.items[n][0] / panel.items[n][1] if panel.items[n][1] else "",
            ),
        ]
        for material in facts.materials
        for n, criterion in enumerate(material.criteria)
        for panel in material.panels
    ]
    if rows:
        yield Sheet(
            name=_("Countries"),
            columns=(
                (_("Material"), 10.0),
                (_("Criterion"), 10.0),
                (_("Question"), 50.0),
                (_("Country"), 16.0),
                (_("Language"), 10.0),
                (_("Version"), 9.0),
                (_("Relevant"), 9.0),
                (_("Rated"), 9.0),
                (_("Share"), 9.0),
            ),
            rows=rows,
        )


SECTION = Section(
    key=KEY,
    order=90,
    part=Part.CHAPTER,
    title=title,
    facts=AcrossFacts,
    collect=collect,
    newest=lambda facts: facts.newest,
    chapters=chapters,
    sheets=sheets,
    gaps=gaps,
    headline=headline,
    recommendations=recommendations,
    applies=lambda head: len(head.countries) > 1,
)
