"""The spelling in which words are compared: two ways to write the same word become one.

What is searched and what is asked for both pass through here, so that an accent nobody types on a
phone hides nothing. A letter that only looks like a decorated one stays itself: й is not и.
"""

from __future__ import annotations

import unicodedata

# Letters that Unicode does not take apart, and that are typed without their stroke as well. The
# dotless ı is what a Turkish capital I is meant to be; both meet in i.
_SPELT = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "æ": "ae", "œ": "oe", "ı": "i"}
    # Alef, yeh and kaf as Arabic and Persian keyboards write them; tatweel only stretches a line.
    | {"ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ھ": "ه", "ہ": "ه", "ە": "ه", "ـ": ""}
    # Every apostrophe within a word: п'ять, п\u2019ять, п\u02bcять.
    | dict.fromkeys("\u2018\u2019\u02bc\u02b9\u0060\u00b4", "'")
)
# Letters that sound alike and are mixed up in one language only.
_ALIKE = {
    "uk": str.maketrans({"ґ": "г"}),
    "ti": str.maketrans(
        dict(zip("ሠሡሢሣሤሥሦ", "ሰሱሲሳሴስሶ", strict=True)) | dict(zip("ፀፁፂፃፄፅፆ", "ጸጹጺጻጼጽጾ", strict=True))
    ),
}
_FROM_THE_RIGHT = frozenset({"ar", "fa"})
_STRESS = {"\u0300", "\u0301"}
_CYRILLIC_VOWELS = set("аеиоуъюяэыіє")


def normalised(text: str, language: str) -> str:
    """The text in small letters and one spelling; applying it twice changes nothing more.

    `language` is a code of PROJECT_LANGUAGES: some letters are mixed up in one language and
    distinct in all others. Line breaks and blanks stay.
    """
    if text.isascii():
        # Most of what is read: nothing of it bears a mark, and signs need not be looked at singly.
        return text.casefold().replace("`", "'")
    plain = _without_marks(unicodedata.normalize("NFKD", text)).casefold()
    plain = _without_marks(unicodedata.normalize("NFKD", plain.translate(_SPELT)))
    plain = unicodedata.normalize("NFC", plain)
    return plain.translate(_ALIKE.get(language, {}))


def _without_marks(decomposed: str) -> str:
    kept: list[str] = []
    base = ""
    for sign in decomposed:
        category = unicodedata.category(sign)
        if category == "Mn":
            if not _is_decoration(sign, base):
                kept.append(sign)
        elif category == "Nd":
            base = str(unicodedata.decimal(sign))
            kept.append(base)
        elif category != "Cf":
            # Format signs (soft hyphen, joiners, direction) are no part of a word.
            base = sign
            kept.append(sign)
    return "".join(kept)


def _is_decoration(mark: str, base: str) -> bool:
    """Whether the word stays the same without this mark on this letter."""
    script = unicodedata.name(base, "").partition(" ")[0] if base else ""
    if script in {"LATIN", "GREEK", "ARABIC"}:
        return True
    # Dictionaries and easy texts print where a word is stressed; й and ё are letters.
    return mark in _STRESS and base.casefold() in _CYRILLIC_VOWELS


def direction(language: str) -> str:
    """The way a language is written, as the `dir` of HTML."""
    return "rtl" if language in _FROM_THE_RIGHT else "ltr"
