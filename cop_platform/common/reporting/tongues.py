"""Which language somebody wrote in, so that their words are read aloud and hyphenated in it.

Nobody is asked for the language of a remark. Letters tell most languages of a project apart; those
that share the Latin ones are known by their commonest small words. Where neither tells, nothing is
claimed: a wrong language sounds worse than none.
"""

from __future__ import annotations

import re

from cop_platform.common.reporting.document import Span, Text

_WORD = re.compile(r"[^\W\d_]+")
# The letters of an alphabet; the language a project writes in it; letters that only another has.
_ALPHABETS = (
    (re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]"), "el", None, ""),
    (re.compile(r"[\u1200-\u137f]"), "ti", None, ""),
    (re.compile(r"[\u0400-\u04ff]"), "bg", re.compile(r"[іїєґІЇЄҐ]"), "uk"),
    (re.compile(r"[\u0600-\u06ff]"), "ar", re.compile(r"[پچژگکی]"), "fa"),
)
_SMALL = {
    "de": "der die das und ist nicht ein eine den dem zu mit auf für sich wir sie es im wird auch",
    "en": "the and is not of to in a an that it for with on this we they are be has too i my",
    "es": "el los las y es no un una de que en para con se por del lo más está pero al muy",
    "fr": "le les et est pas un une des que dans pour avec se du ce il elle sont au plus très la",
    "it": "il gli e è non un una di che in per con si del la i le più sono ma al molto troppo",
    "so": "waa iyo ka ku in uu ay waxaa laga loo ah oo ee aan soo si",
    "sv": "och är inte en ett det som på att för med den de av vi till har om jag så kan",
}
_KNOWN = {language: frozenset(words.split()) for language, words in _SMALL.items()}


def language_of(text: str) -> str:
    """The code of the language these words are in; "" where they do not tell."""
    letters = sum(letter.isalpha() for letter in text)
    for alphabet, language, marks, other in _ALPHABETS:
        # One foreign name in a sentence does not make it foreign.
        if len(alphabet.findall(text)) * 2 > letters:
            return other if marks and marks.search(text) else language
    return _by_small_words(set(_WORD.findall(text.lower())))


def words(text: str) -> Text:
    """Somebody's words as text of a document, in their language."""
    return (Span(text, language=language_of(text)),)


def _by_small_words(found: set[str]) -> str:
    """The language with the most of its small words; none where two have as many."""
    hits = sorted((len(found & known), language) for language, known in _KNOWN.items())
    (second, _language), (most, language) = hits[-2:]
    return language if most > second else ""
