"""Whether a panel can carry a verdict, and else what it needs, in words. Pure: no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feedback.reviews import marks
from feedback.reviews.domain.panel.shapes import Expert, Item

# Fewer reviews than this carry no verdict.
SMALLEST = 3
# A panel larger than this is not asked for: no need to look further for the next mark.
_LARGEST = 60


@dataclass(frozen=True)
class Light:
    """Green when `is_whole`; `needs` are sentences on what is missing, `unread` on languages that
    nobody reads, `dissent` says what one dissenting expert does.
    """

    is_whole: bool
    title: str
    needs: tuple[str, ...]
    unread: tuple[str, ...]
    dissent: tuple[str, ...]


def light(
    item: Item,
    countries: Mapping[int, str],
    *,
    language: str = "",
    pool: Iterable[Expert] | None = None,
    pass_marks: Sequence[Sequence[int]] = marks.STRICT,
) -> Light:
    """How the panel of `item` stands; `countries` are the names of those in scope.

    With a `pool` of everybody who could be asked, countries without a reader of the edition's
    `language` (its name) are named, also before anybody is asked.
    """
    needs = (*_of_countries(item, countries), *_of_quotas(item, countries), *_too_few(item))
    titles = {
        True: _("This panel can carry a verdict"),
        False: ngettext(
            "This panel needs one more thing", "This panel needs %(n)d more things", len(needs)
        )
        % {"n": len(needs)},
    }
    is_whole = not needs
    return Light(
        is_whole=is_whole,
        title=titles[is_whole] if item.members or is_whole else _("Nobody is on this panel yet"),
        needs=needs,
        unread=tuple(unread(item, countries, language, pool)) if pool is not None else (),
        dissent=tuple(_dissent(item, countries, pass_marks)),
    )


def unread(
    item: Item, countries: Mapping[int, str], language: str, pool: Iterable[Expert]
) -> Iterable[str]:
    """A sentence for each country of which nobody reads the edition."""
    readers = {e.country for e in (*pool, *item.members) if item.language in e.languages}
    for country in item.countries:
        if country not in readers:
            yield _("No expert of %(country)s reads %(language)s.") % {
                "country": countries[country],
                "language": language,
            }


def _of_countries(item: Item, countries: Mapping[int, str]) -> Iterable[str]:
    for country in item.countries:
        missing = item.wanted - item.on_panel(country)
        if missing > 0:
            text = ngettext(
                "needs one more expert of %(country)s",
                "needs %(n)d more experts of %(country)s",
                missing,
            )
            yield text % {"n": missing, "country": countries[country]}


def _of_quotas(item: Item, countries: Mapping[int, str]) -> Iterable[str]:
    """Who is missing to a quota; where a country is short, the same person can fill both."""
    short = [countries[c] for c in item.countries if item.on_panel(c) < item.wanted]
    is_telling = 0 < len(short) < len(item.countries)
    where = _(", best from %(countries)s") % {"countries": ", ".join(short)} if is_telling else ""
    practitioners = item.practitioners - sum(m.is_practitioner for m in item.members)
    if practitioners > 0:
        text = ngettext(
            "needs one more practitioner%(where)s",
            "needs %(n)d more practitioners%(where)s",
            practitioners,
        )
        yield text % {"n": practitioners, "where": where}
    lived = item.lived - sum(m.has_lived_it for m in item.members)
    if lived > 0:
        text = ngettext(
            "needs one more person with lived experience%(where)s",
            "needs %(n)d more people with lived experience%(where)s",
            lived,
        )
        yield text % {"n": lived, "where": where}


def _too_few(item: Item) -> Iterable[str]:
    planned = item.wanted * len(item.countries)
    if len(item.members) < SMALLEST and planned < SMALLEST:
        yield _("needs at least %(n)d experts: fewer carry no verdict") % {"n": SMALLEST}


def _dissent(
    item: Item, countries: Mapping[int, str], pass_marks: Sequence[Sequence[int]]
) -> Iterable[str]:
    """What one dissent does in the whole panel, and in the smallest country's part of it."""
    sizes = {c: max(item.on_panel(c), item.wanted) for c in item.countries}
    whole = sum(sizes.values())
    yield from filter(None, [dissent(whole, pass_marks)])
    if len(item.countries) > 1:
        smallest = min(sizes, key=lambda c: (sizes[c], countries[c]))
        if sentence := dissent(sizes[smallest], pass_marks):
            yield _("For one country alone: %(sentence)s") % {"sentence": sentence}


def dissent(n: int, pass_marks: Sequence[Sequence[int]] = marks.STRICT) -> str:
    """What it does to an item when experts of a panel of n dissent; empty where it has no mark."""
    spare = marks.spare(n, pass_marks)
    if spare is None:
        return ""
    if spare:
        text = ngettext(
            "with %(n)d experts an item passes although one of them dissents.",
            "with %(n)d experts an item passes although %(spare)d of them dissent.",
            spare,
        )
        return text % {"n": n, "spare": spare}
    enough = next((m for m in range(n + 1, _LARGEST) if marks.spare(m, pass_marks)), None)
    if enough is None:
        return _("with %(n)d experts one dissent fails an item.") % {"n": n}
    return _("with %(n)d experts one dissent fails an item; with %(enough)d it does not.") % {
        "n": n,
        "enough": enough,
    }
