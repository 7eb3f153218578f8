"""Names of people: said as such, behind a title, written with a capital, or well known as names.

In scripts with capitals a word in the middle of a sentence that begins with one is a name until it
is known to be something else; in German, where every noun does, only listed names and pairs of
unknown words are. In scripts without capitals the lists and what stands before decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cop_platform.common.details import words
from cop_platform.common.details.kinds import Detail, Kind
from cop_platform.common.details.tokens import Token, parts, sentence_starts

_LONGEST = 5
_NOUN_ENDINGS = (
    "ung", "ungen", "heit", "keit", "schaft", "tion", "tionen", "ismus", "tat", "ment", "chen",
    "nis", "kurs", "amt", "buch", "platz", "zeit", "plan", "mappe", "formular", "zeugnis",
)  # fmt: skip


@dataclass(frozen=True)
class _Reader:
    """A text as it is read: its tokens, where sentences begin, and how its capitals are meant."""

    tokens: list[Token]
    starts: list[bool]
    german: bool
    shouted: bool

    def word(self, at: int) -> Token | None:
        found = self.tokens[at] if 0 <= at < len(self.tokens) else None
        return found if found is not None and found.is_word else None


def find(tokens: list[Token]) -> Iterator[Detail]:
    """Names of people, each from its first to its last word."""
    read = _Reader(tokens, sentence_starts(tokens), _is_german(tokens), _is_shouted(tokens))
    at = 0
    while at < len(tokens):
        start, end = at, 0
        if tokens[at].is_word:
            start, end = _introduced(read, at)
            end = end or _capitals(read, at) or _listed(read, at)
        if end:
            yield Detail(tokens[start].start, tokens[end - 1].end, Kind.NAME)
        at = max(end, at + 1)


def _is_german(tokens: list[Token]) -> bool:
    """Two small words of German are enough: their nouns must not all become names."""
    small = words.listed("german")
    seen = {token.plain for token in tokens if token.is_word and token.plain in small}
    return len(seen) >= 2 or any("ß" in token.text for token in tokens)


def _is_shouted(tokens: list[Token]) -> bool:
    letters = [token for token in tokens if token.is_word and not token.is_uncased]
    return len(letters) > 2 and sum(t.text.isupper() for t in letters) * 2 > len(letters)


def _introduced(read: _Reader, at: int) -> tuple[int, int]:
    """From and to of a name behind "my name is" or behind a title; (at, 0) where there is none."""
    after = _phrase_end(read, at, "name after")
    if after:
        after = _over_signs(read, after, ':-–"„“«')
        return after, _run(read, after, anyhow=True)
    after = _phrase_end(read, at, "after titles")
    if after:
        token = read.tokens[at]
        if len(token.text) == 1 and not _is_dot(read, after):
            return at, 0
        after = _over_signs(read, after, ".")
        word = read.word(after)
        if word is not None and word.plain in {"ra", "na", "ssa"} and not word.gap:
            after = _over_signs(read, after + 1, ".")
        return after, _run(read, after, anyhow=False) if _fits_title(read, at, after) else 0
    return at, 0


def _fits_title(read: _Reader, title: int, at: int) -> bool:
    word = read.word(at)
    if word is None or word.gap == "\n" or word.plain in words.listed("not after"):
        return False
    if word.is_uncased:
        return read.tokens[title].is_uncased
    return word.is_capitalised and word.plain not in words.listed("not names")


def _phrase_end(read: _Reader, at: int, section: str) -> int:
    """Behind the phrase of a section that begins here; 0 where none does."""
    for phrase in words.phrases(section).get(read.tokens[at].plain, ()):
        following = read.tokens[at : at + len(phrase)]
        if tuple(token.plain for token in following) == phrase:
            return at + len(phrase)
    return 0


def _over_signs(read: _Reader, at: int, signs: str) -> int:
    while at < len(read.tokens) and read.tokens[at].text in signs:
        at += 1
    return at


def _is_dot(read: _Reader, at: int) -> bool:
    return at < len(read.tokens) and read.tokens[at].text == "." and not read.tokens[at].gap


def _run(read: _Reader, at: int, *, anyhow: bool) -> int:
    """Behind the name that begins at `at`; 0 where no word is, or one that is never a name.

    `anyhow` takes the first word in whatever case it was typed.
    """
    first = read.word(at)
    if first is None or first.plain in words.listed("not after"):
        return 0
    if anyhow and first.plain in words.listed("not names"):
        return 0
    end = at + 1
    while end - at < _LONGEST:
        further = _goes_on(read, end, first)
        if not further:
            break
        end = further
    return end


def _goes_on(read: _Reader, at: int, first: Token) -> int:
    """Behind the next part of a name: a word, or a particle or an initial with its word."""
    if _is_dot(read, at) and len(read.tokens[at - 1].text) == 1:
        at += 1
    token = read.word(at)
    if token is None or token.gap == "\n" or read.starts[at]:
        return 0
    if _is_name_part(read, token, first):
        return at + 1
    following = read.word(at + 1)
    particle = token.plain in words.listed("inside names")
    if particle and following is not None and _is_name_part(read, following, first):
        return at + 2
    return 0


def _is_name_part(read: _Reader, token: Token, first: Token) -> bool:
    if token.plain in words.listed("not names") or token.plain in words.listed("not after"):
        return False
    if first.is_uncased or not first.is_capitalised or read.shouted:
        return token.plain in words.first_names(sure=False)
    if read.german and _is_noun(token):
        return False
    return token.is_capitalised


def _capitals(read: _Reader, at: int) -> int:
    """Behind a name that shows by its capitals; 0 where there is none."""
    token = read.tokens[at]
    if read.shouted or not _may_be_name(token):
        return 0
    end = _run(read, at, anyhow=False)
    several = end - at > 1
    if read.starts[at]:
        return end if several and token.plain not in words.listed("openers") else 0
    if read.german:
        nouns = sum(_is_noun(word) for word in read.tokens[at:end] if word.is_word)
        return end if several and not nouns else 0
    return end if several or not _is_place(read, at) else 0


def _may_be_name(token: Token) -> bool:
    core = parts(token.plain)[-1]
    known = {token.plain, core} & words.listed("not names")
    return token.is_capitalised and not token.is_acronym and not known and len(token.text) > 1


def _is_noun(token: Token) -> bool:
    """Whether a German word with a capital is one of the nouns that often stand together."""
    plain = token.plain
    return plain in words.listed("relations de") or plain.endswith(_NOUN_ENDINGS)


def _is_place(read: _Reader, at: int) -> bool:
    before = read.word(at - 1)
    return before is not None and before.plain in words.listed("place before")


def _listed(read: _Reader, at: int) -> int:
    """Behind a well-known first name, wherever it stands and however it is typed."""
    token = read.tokens[at]
    if not _is_listed(read, token, at):
        return 0
    return max(_run(read, at, anyhow=False), at + 1)


def _is_listed(read: _Reader, token: Token, at: int) -> bool:
    sure = words.first_names(sure=True)
    forms = {token.plain, *(part for part in parts(token.plain) if len(part) > 2)}
    if token.is_uncased:
        bare = token.plain[1:] if token.plain[:1] in "وبلفكየንብኣ" else token.plain
        return bool((forms | {bare}) & sure)
    if token.is_capitalised:
        return bool(forms & sure) or _is_inflected(token)
    return token.plain in sure and len(token.plain) >= 4


def _is_inflected(token: Token) -> bool:
    """Whether a Cyrillic or Greek word is a listed name with another ending."""
    plain = token.plain
    if not "\u0370" <= plain[0] <= "\u04ff":
        return False
    return any(
        plain[: len(plain) - cut] in words.stems() for cut in range(3) if len(plain) - cut >= 4
    )
