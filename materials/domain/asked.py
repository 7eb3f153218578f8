"""A question as PostgreSQL asks it of the searched texts, in every language at once.

All of it is one piece of SQL that never changes; only the words differ. The words reach PostgreSQL
as a subquery of their own, so that the planner does not guess from a dozen alternatives that half
of the table fits, and read all of it: it always takes the indexes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import FloatField, QuerySet
from django.db.models.expressions import RawSQL

from cop_platform.common.prepared import Slot
from materials.domain.words import normalised

# PostgreSQL's dictionary of a language; every other language is searched by its words as they are.
DICTIONARIES = {
    "en": "english",
    "de": "german",
    "es": "spanish",
    "it": "italian",
    "sv": "swedish",
    "fr": "french",
    "el": "greek",
    "ar": "arabic",
}
PLAIN = "simple"
_LANGUAGES = [code for code, _name in settings.PROJECT_LANGUAGES]
MAX_WORDS = 12
_WORD = re.compile(r"[^\W_]+")
# Shorter beginnings fit almost everything.
SHORTEST_BEGINNING = 3
# Where a dictionary gives two forms of a word two stems, or there is none, an ending of two letters
# is taken off words of six: measured, that finds the plurals of Greek, Arabic and Bulgarian.
_WITH_ENDING, _ENDING = 6, 2
# Slips of the finger are looked for where fewer versions than this really hold the word: there are
# answers enough otherwise, and comparing the letters of every title takes its time.
FEW = 200

# What the languages make of the words, each reading once.
_TERMS = """
    SELECT string_agg(DISTINCT said::text, ' | ')::tsquery
    FROM unnest(%s::regconfig[], %s::text[]) AS raw(dictionary, words),
         to_tsquery(dictionary, words) AS said
    WHERE numnode(said) > 0
"""
_ON_CARDS = "ts_filter(vector, '{a,b}')"
# Keys of versions that fit: by the words of `vector`, or nearly by their title.
_FITTING = """
    WITH asked AS MATERIALIZED ({terms}),
    exact AS MATERIALIZED (
        SELECT version_id FROM materials_searchtext WHERE {vector} @@ (TABLE asked)
    ),
    few AS MATERIALIZED (SELECT count(*) < {few} AS yes FROM (SELECT FROM exact LIMIT {few}) AS n)
    SELECT version_id FROM exact
    UNION ALL
    SELECT version_id FROM materials_searchtext WHERE title %%> %s AND (TABLE few)
"""
_ANYWHERE = _FITTING.format(terms=_TERMS, vector="vector", few=FEW)
_BY_CARD = _FITTING.format(terms=_TERMS, vector=_ON_CARDS, few=FEW)
_UNRELEASED = "SELECT id FROM materials_version WHERE released_at IS NULL"
# None of these texts holds a word that anybody typed: what differs is a parameter.
_FOR_SOMEBODY = f"""
    ({_BY_CARD})
    UNION ALL
    SELECT version_id FROM materials_searchtext
    WHERE vector @@ ({_TERMS}) AND (version_id NOT IN ({_UNRELEASED}) OR version_id IN """  # noqa: S608
_IS_ON_CARD = f"""
    materials_searchtext.version_id IN
    (SELECT version_id FROM materials_searchtext WHERE {_ON_CARDS} @@ ({_TERMS}))
"""  # noqa: S608


@dataclass(frozen=True)
class Asked:
    """The words of a question, read in one language or in all of them.

    `near` is the one word that slips are looked for, None for none: of several words each must
    really occur, half a question is no answer to it.
    """

    dictionaries: tuple[str, ...]
    terms: tuple[str, ...]
    spelt: str
    near: str | None

    @property
    def _values(self) -> list[Any]:
        return [list(self.dictionaries), list(self.terms)]

    def fitting(self) -> RawSQL:
        """Keys of the versions that fit, as a query."""
        return RawSQL(_ANYWHERE, [*self._values, self.near])  # noqa: S611  fixed text

    def fitting_for(self, others: QuerySet) -> RawSQL:
        """Those whose card fits, and those whose pages do: of released versions and `others`."""
        sql, params = others.query.sql_with_params()
        values = [*self._values, self.near, *self._values, *params]
        return RawSQL(f"{_FOR_SOMEBODY} ({sql}))", values)  # noqa: S611  Django's own text

    def is_on_card(self) -> RawSQL:
        """Whether the card of a searched text fits."""
        return RawSQL(_IS_ON_CARD, self._values)  # noqa: S611  fixed text

    def slots(self) -> dict[str, Any]:
        """What fills the slots of `RANK`."""
        dictionaries, terms = self._values
        return {"dictionaries": dictionaries, "terms": terms, "spelt": self.spelt}


# How well a searched text fits, the higher the better; with slots, for a question written once.
RANK = RawSQL(  # noqa: S611  fixed text
    f"ts_rank(vector, ({_TERMS})) + word_similarity(%s, title)",
    [Slot("dictionaries"), Slot("terms"), Slot("spelt")],
    output_field=FloatField(),
)


def read(text: str, language: str = "", also: Sequence[tuple[str, str]] = ()) -> Asked | None:
    """The question of a text; None where it holds no word. All words must occur.

    `also` are texts that ask for the same in another language, as (code, text): one must fit.
    """
    said: set[tuple[str, str]] = set()
    texts = [(code, text) for code in ([language] if language else _LANGUAGES)]
    for code, asked in [*texts, *also]:
        words = tokens(asked, code)
        if words:
            said.add((DICTIONARIES.get(code, PLAIN), " & ".join(map(_lexeme, words))))
            said.add((PLAIN, " & ".join(map(_beginnings, words))))
    if not said:
        return None
    spelt = tokens(text, language or "en")
    near = spelt[0] if len(spelt) == 1 and len(spelt[0]) >= _WITH_ENDING - 1 else None
    dictionaries, terms = zip(*sorted(said), strict=True)
    return Asked(dictionaries, terms, " ".join(spelt), near)


def tokens(text: str, language: str) -> list[str]:
    """The words of a question in the spelling of the index; the first dozen, each once."""
    found = _WORD.findall(normalised(text, language))
    return list(dict.fromkeys(found))[:MAX_WORDS]


def _lexeme(word: str) -> str:
    """A word holds letters and digits only, so nothing of it is read as an operator."""
    return f"'{word}':*" if len(word) >= SHORTEST_BEGINNING else f"'{word}'"


def _beginnings(word: str) -> str:
    """The word, and if it is long enough the word without the ending it may have here."""
    short = shortened(word)
    return _lexeme(word) if short == word else f"({_lexeme(word)} | {_lexeme(short)})"


def shortened(word: str) -> str:
    """A long word without its ending."""
    return word if len(word) < _WITH_ENDING else word[:-_ENDING]
