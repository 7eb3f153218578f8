"""The workbook's sheets of ratings: counts as they are, figures as formulas over them.

Each formula carries the value that we computed; a spreadsheet that computes it again gives the
same. The words within formulas are ours alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import fmean

from django.utils.translation import gettext as _

from cop_platform.common.reporting.sections import Formula, Head, Sheet
from feedback.validation import figures
from feedback.validation.domain.policy.rules import AGAINST
from feedback.validation.domain.report import computing, ratings_sayings
from feedback.validation.domain.report.ratings_facts import ItemFacts, RatingsFacts, RoundFacts

Row = list[str | int | float | Formula | None]


def sheets(facts: RatingsFacts, head: Head) -> Iterator[Sheet]:
    """The full rating table, and the figures of each round over it."""
    if facts.rounds:
        yield _items(facts)
        yield _rounds(facts)


def _items(facts: RatingsFacts) -> Sheet:
    return Sheet(
        name=_("Ratings"),
        columns=(
            (_("Round"), 8.0),
            (_("Criterion"), 9.0),
            *((str(point), 6.0) for point in figures.STANDARD.points),
            (_("Not applicable"), 10.0),
            (_("No answer"), 10.0),
            (_("N"), 6.0),
            (_("Relevant"), 9.0),
            (_("I-CVI"), 9.0),
            (_("95 % low"), 9.0),
            (_("95 % high"), 9.0),
            (_("Kappa*"), 9.0),
            (_("Aiken's V"), 9.0),
            (_("Mean"), 9.0),
            (_("Median"), 9.0),
            (_("Needed"), 9.0),
            (_("Least kappa*"), 9.0),
            (_("Passes (1 or 0)"), 9.0),
            (_("Material"), 10.0),
            (_("Version"), 9.0),
            (_("Language"), 10.0),
            (_("Text of the criterion"), 60.0),
        ),
        rows=[
            _item(row, item, facts.policy(row.policy).rules.kappa, against=_against(facts, row))
            for row in facts.rounds
            for item in row.items
        ],
    )


def _against(facts: RatingsFacts, row: RoundFacts) -> bool:
    return facts.policy(row.policy).rules.not_applicable == AGAINST


def _item(row: RoundFacts, item: ItemFacts, least: int | None, *, against: bool) -> Row:
    scores = computing.expanded(item.distribution)
    n, relevant = item.n, item.relevant
    counted = "SUM(C{row}:G{row})" if against else "SUM(C{row}:F{row})"
    return [
        row.round_id,
        item.code,
        *item.distribution,
        item.not_applicable,
        item.missing,
        Formula(f"={counted}", n),
        Formula("=E{row}+F{row}", relevant),
        Formula('=IF(I{row}>1,J{row}/I{row},"")', relevant / n if n > 1 else ""),
        item.low,
        item.high,
        Formula(_KAPPA_OF, _value(figures.modified_kappa(relevant, n).value)),
        Formula(_V_OF, _value(figures.aiken_v(scores).value)),
        Formula(_MEAN_OF, fmean(scores) if scores else ""),
        item.median,
        item.needed,
        None if least is None else least / 100,
        Formula(_PASSES, "" if item.passes is None else int(item.passes)),
        row.code,
        row.version,
        row.language,
        item.text,
    ]


# k* = (I-CVI - p_c) / (1 - p_c), p_c = C(N, A) / 2^N.
_BY_CHANCE = "COMBIN(I{row},J{row})/2^I{row}"
_KAPPA_OF = f'=IF(I{{row}}>1,(K{{row}}-{_BY_CHANCE})/(1-{_BY_CHANCE}),"")'
# V = sum(r - 1) / (n (4 - 1)), of the ratings alone.
_RATED = "SUM(C{row}:F{row})"
_V_OF = f'=IF({_RATED}>1,(D{{row}}+2*E{{row}}+3*F{{row}})/(3*{_RATED}),"")'
_MEAN_OF = f'=IF({_RATED}>0,(C{{row}}+2*D{{row}}+3*E{{row}}+4*F{{row}})/{_RATED},"")'
# Whole numbers decide, then the least kappa* where the policy has one; a blank is not judged.
_PASSES = '=IF(R{row}="","",IF(J{row}<R{row},0,IF(S{row}="",1,IF(ROUND(N{row},9)>=S{row},1,0))))'


def _value(found: float | None) -> float | str:
    return "" if found is None else found


def _rounds(facts: RatingsFacts) -> Sheet:
    return Sheet(
        name=_("Rounds"),
        columns=(
            (_("Round"), 8.0),
            (_("Material"), 10.0),
            (_("Version"), 9.0),
            (_("Language"), 10.0),
            (_("Asked"), 8.0),
            (_("Sent"), 8.0),
            (_("Criteria judged"), 10.0),
            (_("Criteria passed"), 10.0),
            (_("S-CVI/Ave"), 10.0),
            (_("S-CVI/UA"), 10.0),
            (_("Mean kappa*"), 10.0),
            (_("Alpha, relevant or not"), 12.0),
            (_("AC1, relevant or not"), 12.0),
            (_("Alpha, ratings"), 12.0),
            (_("Opened"), 12.0),
            (_("Closed"), 12.0),
            (_("Title"), 40.0),
            (_("Remark"), 60.0),
        ),
        rows=[_round(row) for row in facts.rounds],
    )


def _round(row: RoundFacts) -> Row:
    judged = [item for item in row.items if item.passes is not None]
    shares = [figures.i_cvi(item.relevant, item.n).value for item in judged]
    known = [share for share in shares if share is not None]
    kappas = [figures.modified_kappa(item.relevant, item.n).value for item in judged]
    passed = sum(item.passes is True for item in judged)
    whole = sum(share == 1 for share in known)
    agreed = (
        (row.relevance.alpha.value, row.relevance.ac1.value, row.ratings.alpha.value)
        if row.relevance and row.ratings
        else (None, None, None)
    )
    return [
        row.round_id,
        row.code,
        row.version,
        row.language,
        row.asked,
        row.submitted,
        Formula(_count(_sheet("R"), '">0"'), len(judged)),
        Formula(_count(_sheet("T"), "1"), passed),
        Formula(_mean("K"), fmean(known) if known else ""),
        Formula(_universal(), whole / len(known) if known else ""),
        Formula(_mean("N"), fmean([k for k in kappas if k is not None]) if known else ""),
        *agreed,
        row.opened_on,
        row.closed_on,
        row.title,
        ratings_sayings.withheld(row) if row.withheld else ratings_sayings.left_out(row),
    ]


def _sheet(column: str) -> str:
    """A whole column of the sheet of items, under the name it has in the document's language."""
    name = _("Ratings").replace("'", "''")
    return f"'{name}'!${column}:${column}"


def _count(column: str, criterion: str) -> str:
    return f"=COUNTIFS({_sheet('A')},A{{row}},{column},{criterion})"


def _universal() -> str:
    """The share of the judged criteria whose I-CVI is exactly 1."""
    condition = f'{_sheet("A")},A{{row}},{_sheet("R")},">0",{_sheet("K")},1'
    return f'=IF(G{{row}}>0,COUNTIFS({condition})/G{{row}},"")'


def _mean(column: str) -> str:
    condition = f'{_sheet("A")},A{{row}},{_sheet("R")},">0"'
    return f'=IF(G{{row}}>0,AVERAGEIFS({_sheet(column)},{condition}),"")'
