"""Telephones, dates of birth, and numbers of documents, accounts and cases."""

from __future__ import annotations

from collections.abc import Iterator

from cop_platform.common.details import dates, words
from cop_platform.common.details.kinds import Detail, Kind
from cop_platform.common.details.tokens import Token, decimal

_JOINTS = frozenset("-./()–\u2011")
_GLUE = frozenset("-./\\_–:")
_MOST_GROUPS = 10
_SHORTEST_PHONE, _LONGEST_PHONE = 7, 17
_SHORTEST_NUMBER = 6
_SHORTEST_IBAN = 15
# So many tokens are looked at from one place: a text of one endless chunk is read in linear time.
_LONGEST_CHUNK = 24


def find(tokens: list[Token]) -> Iterator[Detail]:
    """Numbers that lead to somebody, in digits of any script."""
    yield from dates.find(tokens)
    at = 0
    while at < len(tokens):
        start = at
        end, kind = _mixed(tokens, at)
        if kind is None:
            end, kind = _digit_groups(tokens, at)
        if kind is None:
            start, behind = _after_word(tokens, at)
            end, kind = (behind, Kind.NUMBER) if behind else (end, None)
        if kind is not None:
            yield Detail(tokens[start].start, tokens[end - 1].end, kind)
        at = max(end, at + 1)


def _digit_groups(tokens: list[Token], at: int) -> tuple[int, Kind | None]:
    """A telephone or a long number: groups of digits with at most one sign and blank between."""
    groups, end, signs = _read_groups(tokens, at)
    if not groups:
        return at + 1, None
    total = sum(map(len, groups))
    dials = tokens[at].text == "+" or groups[0].startswith("0")
    if _is_amount(groups, dials, signs) or _are_years(groups):
        return end, None
    if _is_personal_number(groups) or total > _LONGEST_PHONE:
        return end, Kind.NUMBER
    if total >= _SHORTEST_PHONE and (dials or len(groups) > 1):
        return end, Kind.PHONE
    if len(groups) == 1 and total >= _SHORTEST_NUMBER and not groups[0].endswith("000"):
        return end, Kind.NUMBER
    return end, None


def _read_groups(tokens: list[Token], at: int) -> tuple[list[str], int, set[str]]:
    """The groups of digits from here on, where they end, and the signs between them."""
    groups: list[str] = []
    signs: set[str] = set()
    here = at
    if tokens[here].text in {"+", "("}:
        here += 1
    end = at
    while here < len(tokens) and tokens[here].is_digits and len(groups) < _MOST_GROUPS:
        if tokens[here].gap == "\n" and groups:
            break
        groups.append(decimal(tokens[here].text))
        here += 1
        end = here
        for _sign in range(2):
            if here < len(tokens) and tokens[here].text in _JOINTS:
                signs.add(tokens[here].text)
                here += 1
        if end < len(tokens) and tokens[end].gap and here == end:
            signs.add(" ")
    return groups, end, signs


def _is_amount(groups: list[str], dials: bool, signs: set[str]) -> bool:
    """A count in thousands ("1 500 000"), or digits said one by one."""
    thousands = len(groups) > 1 and all(len(group) == 3 for group in groups[1:])
    if thousands and not dials and len(groups[0]) <= 2 and len(signs) == 1:
        return True
    return not dials and len(groups) > 1 and all(len(group) <= 2 for group in groups)


def _are_years(groups: list[str]) -> bool:
    return all(len(group) == 4 and group[:2] in {"19", "20", "13", "14"} for group in groups)


def _is_personal_number(groups: list[str]) -> bool:
    """Six or eight digits of a birthday and four more."""
    return [len(group) for group in groups] in ([6, 4], [8, 4])


def _mixed(tokens: list[Token], at: int) -> tuple[int, Kind | None]:
    """Letters and digits without a blank between: a document, a case, an account."""
    if tokens[at].kind == "sign" or (at and not tokens[at].gap and tokens[at - 1].kind != "sign"):
        return at + 1, None
    end = _chunk_end(tokens, at)
    chunk = tokens[at:end]
    digits = sum(len(token.text) for token in chunk if token.is_digits)
    letters = [token.text for token in chunk if token.is_word]
    if not letters or not digits:
        return at + 1, None
    if _begins_an_account(chunk):
        account_end, signs = _account_end(tokens, end)
        if sum(len(t.text) for t in chunk) + signs >= _SHORTEST_IBAN:
            return account_end, Kind.NUMBER
    counts_things = chunk[0].is_digits and letters[-1].islower()
    enough = digits >= 5 or (digits >= 4 and digits + sum(map(len, letters)) >= 8)
    return (end, Kind.NUMBER) if enough and not counts_things else (at + 1, None)


def _chunk_end(tokens: list[Token], at: int) -> int:
    """Where the letters, digits and joining signs without blanks end."""
    end = here = at + 1
    while here < len(tokens) and here - at < _LONGEST_CHUNK and not tokens[here].gap:
        if tokens[here].kind != "sign":
            end = here + 1
        elif tokens[here].text not in _GLUE:
            break
        here += 1
    return end


def _begins_an_account(chunk: list[Token]) -> bool:
    return (
        len(chunk) >= 2
        and len(chunk[0].text) == 2
        and chunk[0].text.isupper()
        and chunk[0].text.isascii()
        and chunk[1].is_digits
        and len(chunk[1].text) >= 2
    )


def _account_end(tokens: list[Token], at: int) -> tuple[int, int]:
    """Where groups of up to eight capitals and digits end, and how many signs they have."""
    end, signs = at, 0
    while end < len(tokens) and tokens[end].gap != "\n" and end - at < 20:
        text = tokens[end].text
        if (
            tokens[end].kind == "sign"
            or len(text) > 8
            or (not text[0].isdigit() and text.islower())
        ):
            break
        signs += len(text)
        end += 1
    return end, signs


def _after_word(tokens: list[Token], at: int) -> tuple[int, int]:
    """From and to of a number of three digits or more behind a word like "passport" or "case
    no."; (at, 0) where there is none, or where it shows without the word.
    """
    if tokens[at].plain not in words.listed("numbers after"):
        return at, 0
    start = at + 1
    while start < len(tokens) and start - at < 5 and _leads_on(tokens[start]):
        start += 1
    if start >= len(tokens) or _digit_groups(tokens, start)[1] or _mixed(tokens, start)[1]:
        return at, 0
    end = here = start
    while here < len(tokens) and here - start < 7 and _is_number_part(tokens[here]):
        here += 1
        if tokens[here - 1].is_digits:
            end = here
    groups = [decimal(token.text) for token in tokens[start:end] if token.is_digits]
    few = sum(map(len, groups)) < 3 or _are_years(groups)
    return (at, 0) if few else (start, end)


def _leads_on(token: Token) -> bool:
    if token.is_word:
        return token.plain in words.listed("between") and not token.text.isupper()
    return token.kind == "sign" and token.text != "+"


def _is_number_part(token: Token) -> bool:
    """Digits, one or two capitals, or a joining sign: "3 K 1234/20"."""
    if token.gap == "\n":
        return False
    short = token.is_word and len(token.text) <= 2 and token.text.isupper()
    return token.is_digits or short or (token.text in _GLUE and not token.gap)
