"""How the demo's groups were coded, and the themes found; all of it invented.

Codebooks and themes stand in `demo_codes.json`; what each line is about stands beside it in
`demo_lines/`. Bulgaria was coded by two people who differ here and there, the others by one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from experts.models import Country, User
from feedback.changes.domain import deciding, ledger, refs
from feedback.focus_groups.demo_capture import LINES
from feedback.focus_groups.domain.coding import (
    codebook,
    coding,
    merging,
    theme_source,
    theme_writing,
)
from feedback.focus_groups.domain.coding.theme_writing import Said
from feedback.focus_groups.models import Code, FocusGroup, Quote, Theme
from materials.models import Version

WORDS = Path(__file__).parent / "demo_codes.json"
# Days before the demo's day on which somebody coded, wrote themes, asked and decided.
_BOOK, _CODED, _THEMES, _ASKED, _DECIDED = 30, 25, 20, 14, 8


def seed(anchor: date) -> None:
    """Adds codebook, codings and themes to each country that has words and no codebook."""
    for country_code, said in json.loads(WORDS.read_text(encoding="utf-8")).items():
        country = Country.objects.get(code=country_code)
        heard = Quote.objects.checked().filter(group__country=country)
        if heard.exists() and not Code.objects.filter(country=country).exists():
            _country(country, said, anchor)


def _country(country: Country, said: dict[str, Any], anchor: date) -> None:
    facilitator = _user("facilitator", country)
    for code in said["codes"]:
        codebook.add(
            country=country,
            name=code["name"],
            meaning=code["meaning"],
            not_for=code["not_for"],
            by=facilitator,
            at=_noon(anchor, _BOOK),
        )
    codes = {code.name: code for code in Code.objects.filter(country=country)}
    _code(country, said, codes, facilitator, {}, anchor)
    if "second" in said:
        _code(country, said, codes, _user("coordinator", country), said["second"], anchor)
    if "merge" in said:
        name, into, why = said["merge"]
        merging.propose(
            code_id=codes[name].pk,
            into_id=codes[into].pk,
            why=why,
            by=facilitator,
            at=_noon(anchor, _THEMES),
        )
    for theme in said["themes"]:
        _theme(country, theme, codes, facilitator, anchor)


def _code(
    country: Country,
    said: dict[str, Any],
    codes: dict[str, Code],
    coder: User,
    otherwise: dict[str, list[str]],
    anchor: date,
) -> None:
    """One coder's way through all quotes; `otherwise` are lines they see differently."""
    for place, about, quote in _lines(country):
        names = [one["name"] for one in said["codes"] if about in one["abouts"]]
        names += said.get("extra", {}).get(place, [])
        names = otherwise.get(place, names)
        stances = {one["name"]: one["stance"] for one in said["codes"]}
        stances |= said.get("stances", {}).get(place, {})
        coding.code_quote(
            quote_id=quote.pk,
            codes={codes[name].pk: stances[name] for name in names},
            by=coder,
            at=_noon(anchor, _CODED),
        )


def _lines(country: Country) -> Iterator[tuple[str, str, Quote]]:
    """Each checked quote with its place ("bg_mentors 3") and what it is about."""
    for path in sorted(LINES.glob(f"{country.code.lower()}_*.json")):
        said = json.loads(path.read_text(encoding="utf-8"))
        group = FocusGroup.objects.filter(country=country, session__title=said["title"]).first()
        if group is None:
            continue
        abouts = [line["about"] for line in said["lines"]]
        for quote in group.quotes.checked().order_by("position"):
            if 0 < quote.position <= len(abouts):
                yield f"{path.stem} {quote.position}", abouts[quote.position - 1], quote


def _theme(
    country: Country, said: dict[str, Any], codes: dict[str, Code], by: User, anchor: date
) -> None:
    shown = Version.objects.filter(
        focus_groups__country=country, material__code=said["material"]
    ).order_by("-number")
    theme = theme_writing.add(
        country=country,
        said=Said(
            title=said["title"],
            summary=said["summary"],
            is_major=said["major"],
            version=shown.first(),
            codes=[codes[name] for name in said["codes"]],
        ),
        by=by,
        at=_noon(anchor, _THEMES),
    )
    if "decided" in said and theme.version is not None:
        _decide(theme, said["decided"], anchor)


def _decide(theme: Theme, decided: list[str], anchor: date) -> None:
    """The theme is a change request that the author of the material has decided on."""
    assert theme.version is not None  # asked before
    decision, reason, public = decided
    change = ledger.raise_of_comment(
        kind=theme_source.KIND,
        ref=refs.of(theme_source.KIND, theme.pk, theme.version.pk),
        by=_user("coordinator", theme.country),
        at=_noon(anchor, _ASKED),
    )
    deciding.decide(
        change_id=change.pk,
        decision=decision,
        reason=reason,
        public_asked=public,
        revision=change.revision,
        by=User.objects.get(person=theme.version.material.owner),
        at=_noon(anchor, _DECIDED),
    )


def _user(role: str, country: Country) -> User:
    return User.objects.get(email=f"{role}.{country.code.lower()}@demo.example")


def _noon(anchor: date, days_before: int) -> datetime:
    return datetime.combine(anchor - timedelta(days=days_before), time(12), tzinfo=UTC)
