"""A guess of the language a text is written in: what it says of itself, its script, its words."""

from __future__ import annotations

import re

SAMPLE = 20_000
# Below so many letters a script or a word says nothing.
_ENOUGH = 40
# The share of frequent words from which on they say what a text is written in.
_TELLING = 0.12
_SCRIPTS = {
    "arabic": re.compile("[\u0620-\u06ff]"),
    "greek": re.compile("[\u0370-\u03ff\u1f00-\u1fff]"),
    "cyrillic": re.compile("[\u0400-\u04ff]"),
    "ethiopic": re.compile("[\u1200-\u137f]"),
    "latin": re.compile("[a-zA-Z\u00c0-\u024f]"),
}
_LATIN = {
    "en": "the and of to in is that for with you are this your on it be as or",
    "de": "der die und das ist nicht ein eine mit für den von sie auf zu im dem sich",
    "it": "il di che la per un una con sono della non del le gli nel si come più",
    "es": "el de que la los las para con una por del se es su más como no este",
    "sv": "och att det som en är av för med på den till inte du om ett har kan",
    "fr": "le de la les des et est pour dans une un vous que du pas sur avec ce",
    "so": "waa iyo oo ku ka in ayaa uu la soo aad waxaa ay si ah leh kuu sida",
}
_WORDS = {language: frozenset(words.split()) for language, words in _LATIN.items()}
_BY_SCRIPT = {
    "arabic": {"ar", "fa"},
    "greek": {"el"},
    "cyrillic": {"bg", "uk"},
    "ethiopic": {"ti"},
}


def guess(text: str, declared: str = "") -> str:
    """The two-letter code of the likely language, or "".

    What a document declares is believed as long as its script and its words do not clearly say
    otherwise: a program writes its own language into everything it saves.
    """
    own = declared.strip().replace("_", "-").split("-")[0].lower()
    sample = text[:SAMPLE]
    script = _script(sample)
    if script == "latin":
        return _by_words(sample, own)
    if own and (not script or own in _BY_SCRIPT[script]):
        return own
    return _by_letters(script, sample)


def _script(text: str) -> str:
    counts = {name: len(letters.findall(text)) for name, letters in _SCRIPTS.items()}
    script = max(counts, key=lambda name: counts[name])
    return script if counts[script] >= _ENOUGH else ""


def _by_letters(script: str, text: str) -> str:
    if script == "arabic":
        return "fa" if len(re.findall("[پچژگکی]", text)) * 50 > len(text) else "ar"
    if script == "cyrillic":
        return "uk" if re.search("[іїєґІЇЄҐ]", text) else "bg"
    return {"greek": "el", "ethiopic": "ti"}.get(script, "")


def _by_words(text: str, own: str) -> str:
    words = re.findall(r"[^\W\d_]+", text.lower())
    share = {
        language: sum(word in known for word in words) / len(words)
        for language, known in _WORDS.items()
    }
    best = max(share, key=lambda language: share[language])
    if share[best] < _TELLING:
        return own
    return own if own in share and share[own] * 2 > share[best] else best
