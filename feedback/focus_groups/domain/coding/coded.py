"""Quotes with the codes given to them, as plain values that figures and counts are made of.

A code counts on a quote when more than half of those who coded the quote gave it: the only coder,
both of two, two of three. The same holds for what a quote says of the matter of a code.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from feedback.focus_groups.enums import Stance
from feedback.focus_groups.models import CoderPass, Coding, Quote


@dataclass(frozen=True)
class CodedQuote:
    """A checked quote that somebody coded.

    `participant_id` is None where the whole group spoke; `given` holds by code the coders who gave
    it and the stance each of them saw; `coders` are all who went through the quote.
    """

    pk: int
    group_id: int
    participant_id: int | None
    voice: str
    day: date
    coders: frozenset[int]
    given: Mapping[int, Mapping[int, str]]

    def codes(self) -> dict[int, str]:
        """The codes that count, each with the stance that most of its coders saw."""
        return {
            code: _agreed(Counter(stances.values()))
            for code, stances in self.given.items()
            if 2 * len(stances) > len(self.coders)
        }


def of_country(country_id: int, *, without: Collection[int] = ()) -> list[CodedQuote]:
    """Everything coded in a country, but in the groups left out. Three questions."""
    return _load(Q(group__country_id=country_id), None, without)


def with_codes(
    codes: Collection[int], *, until: date | None = None, without: Collection[int] = ()
) -> list[CodedQuote]:
    """Quotes that somebody gave one of these codes, said on or before `until`. Three questions."""
    if not codes:
        return []
    given = Coding.objects.filter(code__in=codes).values("coded__quote")
    return _load(Q(pk__in=given), until, without)


def _load(which: Q, until: date | None, without: Collection[int]) -> list[CodedQuote]:
    rows = Quote.objects.counted(until).filter(which, passes__isnull=False).distinct()
    if without:
        rows = rows.exclude(group__in=without)
    facts = rows.order_by("group__session__starts_at", "group", "pk").values_list(
        "pk", "group_id", "participant_id", "group__voice", "group__session__wall_day"
    )
    found = list(facts)
    keys = [row[0] for row in found]
    coders: dict[int, set[int]] = defaultdict(set)
    for quote, coder in CoderPass.objects.filter(quote__in=keys).values_list("quote", "coder"):
        coders[quote].add(coder)
    given: dict[int, dict[int, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    codings = Coding.objects.filter(coded__quote__in=keys)
    for quote, coder, code, stance in codings.values_list(
        "coded__quote", "coded__coder", "code", "stance"
    ):
        given[quote][code][coder] = stance
    return [CodedQuote(*row, frozenset(coders[row[0]]), given[row[0]]) for row in found]


def people(quotes: Iterable[CodedQuote]) -> set[int]:
    """Who spoke, each once; what a whole group said is nobody's in particular."""
    return {quote.participant_id for quote in quotes if quote.participant_id is not None}


def _agreed(stances: Counter[str]) -> str:
    stance, count = stances.most_common(1)[0]
    return stance if 2 * count > stances.total() else Stance.NEUTRAL
