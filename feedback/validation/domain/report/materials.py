"""The materials under validation: what exactly was rated, and what was said of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.reporting import sayings
from cop_platform.common.reporting.document import (
    Chapter,
    Stat,
)
from cop_platform.common.reporting.sections import Head, Indicator, Part, Section, Sheet, pointer
from feedback.validation.domain.report import materials_tables, verdict_sayings
from feedback.validation.domain.report.materials_reading import (
    MaterialFacts,
    MaterialsFacts,
    collect,
    newest,
)
from feedback.validation.domain.report.materials_tables import KEY, licence
from feedback.validation.domain.report.verdict_facts import State, VerdictFacts, current
from feedback.validation.enums import Standing
from materials.enums import MaterialType


def title() -> str:
    return _("Materials under validation")


def chapters(facts: MaterialsFacts, head: Head) -> Iterator[Chapter]:
    """Nothing where there is no material; then the gaps say so."""
    if facts.versions:
        yield Chapter(KEY, title(), tuple(materials_tables.blocks(facts, head)))


# --- What else a report wants -----------------------------------------------------------------


def _asked(facts: MaterialsFacts) -> set[str]:
    """Codes of the materials that a panel was asked about."""
    return {row.code for row in facts.versions if row.asked or row.submitted}


def _validated(facts: MaterialsFacts, head: Head) -> set[str]:
    """Codes of the materials with a version that may be relied on; of several countries, in all."""
    found = set()
    for row in facts.versions:
        held = [v for v in row.verdicts if v.state in {State.IN_FORCE, State.EXPIRED}]
        deciding = verdict_sayings.deciding(held, head)
        if deciding and all(map(verdict_sayings.is_good, deciding)):
            found.add(row.code)
    return found


def headline(facts: MaterialsFacts, head: Head) -> Iterator[str]:
    """How many materials are validated, then the verdicts by kind."""
    asked = _asked(facts)
    if not asked:
        return
    yield ngettext(
        "%(good)s of %(n)s material that was put before the panel is validated.",
        "%(good)s of %(n)s materials that were put before the panel are validated.",
        len(asked),
    ) % {
        "good": sayings.count(len(_validated(facts, head) & asked)),
        "n": sayings.count(len(asked)),
    }
    counts = Counter(v.standing for row in facts.versions for v in _in_force(row))
    if counts:
        said = [
            _("%(verdict)s: %(n)s") % {"verdict": kind.label, "n": sayings.count(counts[kind])}
            for kind in Standing
            if counts[kind]
        ]
        yield _("Verdicts in force, by what they say: %(list)s.") % {"list": sayings.listed(said)}


def _in_force(row: MaterialFacts) -> Sequence[VerdictFacts]:
    return [verdict for verdict in row.verdicts if verdict.state == State.IN_FORCE]


def gaps(facts: MaterialsFacts, head: Head) -> Iterator[str]:
    if not facts.versions:
        yield _("There is no material yet.")
        return
    left = sorted({row.code for row in facts.versions} - _asked(facts))
    if left:
        yield ngettext(
            "%(n)s material was not put before the panel: %(codes)s.",
            "%(n)s materials were not put before the panel: %(codes)s.",
            len(left),
        ) % {"n": sayings.count(len(left)), "codes": sayings.listed(left)}
    open_ones = sorted(
        row.code for row in facts.versions if row.submitted and not current(row.verdicts)
    )
    if open_ones:
        yield ngettext(
            "%(n)s version was reviewed and has no verdict: %(codes)s.",
            "%(n)s versions were reviewed and have no verdict: %(codes)s.",
            len(open_ones),
        ) % {"n": sayings.count(len(open_ones)), "codes": sayings.listed(open_ones)}


def recommendations(facts: MaterialsFacts, head: Head) -> Iterator[str]:
    """Rate again what was to be revised, and renew what ends."""
    held = [(row.code, verdict) for row in facts.versions for verdict in _in_force(row)]
    revise = {Standing.REVISE, Standing.NOT_VALIDATED}
    again = sorted({code for code, verdict in held if verdict.standing in revise})
    if again:
        yield _("Revise these materials and have them rated again: %(codes)s.") % {
            "codes": sayings.listed(again)
        }
    ends = [v.valid_until for _code_, v in held if v.valid_until and verdict_sayings.is_good(v)]
    if ends:
        yield _("Have the materials rated anew before the first verdict ends, on %(day)s.") % {
            "day": sayings.day(min(ends))
        }


def indicator_keys() -> tuple[tuple[str, str], ...]:
    """What a plan may promise."""
    return (
        ("materials_asked", _("Materials put before the panel")),
        ("materials_validated", _("Materials validated")),
    )


def indicators(facts: MaterialsFacts, head: Head) -> Iterator[Indicator]:
    source = pointer(KEY, "versions")
    asked = _asked(facts)
    labels = dict(indicator_keys())
    yield Indicator("materials_asked", labels["materials_asked"], len(asked), source)
    validated = len(_validated(facts, head) & asked)
    yield Indicator("materials_validated", labels["materials_validated"], validated, source)


def stats(facts: MaterialsFacts, head: Head) -> Iterator[Stat]:
    asked = _asked(facts)
    if asked:
        source = pointer(KEY, "versions")
        said = sayings.count(len(_validated(facts, head) & asked))
        yield Stat(said, _("materials validated"), source)


def easy(facts: MaterialsFacts, head: Head) -> Iterator[str]:
    found = len(_validated(facts, head) & _asked(facts))
    if found:
        yield ngettext(
            "%(n)s material is good enough to use.",
            "%(n)s materials are good enough to use.",
            found,
        ) % {"n": sayings.count(found)}


def sheets(facts: MaterialsFacts, head: Head) -> Iterator[Sheet]:
    yield Sheet(
        name=_("Materials"),
        columns=(
            (_("Code"), 9.0),
            (_("Title"), 40.0),
            (_("Type"), 16.0),
            (_("Language"), 10.0),
            (_("Version"), 9.0),
            (_("Fingerprint"), 66.0),
            (_("Licence"), 18.0),
            (_("Pages"), 8.0),
            (_("Seconds"), 9.0),
            (_("Asked"), 8.0),
            (_("Sent"), 8.0),
            (_("Verdicts"), 50.0),
        ),
        rows=[
            [
                row.code,
                row.title,
                str(MaterialType(row.type).label),
                row.language,
                row.version,
                row.sha256,
                licence(row.licence),
                row.pages,
                row.seconds,
                row.asked,
                row.submitted,
                " ".join(verdict_sayings.sentence(verdict) for verdict in current(row.verdicts)),
            ]
            for row in facts.versions
        ],
    )


SECTION = Section(
    key=KEY,
    order=30,
    part=Part.CHAPTER,
    title=title,
    facts=MaterialsFacts,
    collect=collect,
    newest=newest,
    chapters=chapters,
    sheets=sheets,
    gaps=gaps,
    headline=headline,
    indicators=indicators,
    indicator_keys=indicator_keys,
    stats=stats,
    easy=easy,
    recommendations=recommendations,
)
