"""What a coder sees of a group: one quote after the other, and in time what others gave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from experts.models import User
from feedback.focus_groups.domain.coding import coding_progress, independence
from feedback.focus_groups.domain.coding.spoken import Spoken
from feedback.focus_groups.enums import Stance
from feedback.focus_groups.models import Code, CoderPass, FocusGroup, Quote


@dataclass(frozen=True)
class Choice:
    """A code beside a quote, with what this coder gave."""

    code: Code
    is_given: bool
    stance: str


@dataclass(frozen=True)
class Given:
    """What one coder gave to a quote, in words."""

    name: str
    is_own: bool
    codes: list[str]


@dataclass(frozen=True)
class Line(Spoken):
    """A quote in the row of all; `differs` only where the others' codes are open."""

    quote: Quote
    number: int
    is_done: bool
    differs: bool
    given: list[Given]


@dataclass(frozen=True)
class CodingPage:
    """`unchecked` quotes wait for somebody to go through them for details."""

    lines: list[Line]
    current: Line | None
    choices: list[Choice]
    progress: list[coding_progress.Progress]
    is_open: bool
    unchecked: int

    @property
    def done(self) -> int:
        return sum(line.is_done for line in self.lines)

    @property
    def differing(self) -> list[Line]:
        return [line for line in self.lines if line.differs]


def build(
    group: FocusGroup,
    user: User,
    quote_id: int | None = None,
    typed: Mapping[int, str] | None = None,
) -> CodingPage:
    """The page at one quote, without one at the first that this coder has not been through.

    `typed` are codes that were sent and could not be stored: they stand in the form again. The
    same number of questions for any number of quotes and coders.
    """
    quotes = list(
        group.quotes.codable()
        .select_related("question", "participant", "interpreter")
        .order_by("question__position", "position", "pk")
    )
    is_open = independence.is_open(user, group)
    passes = _passes(group, user, is_open=is_open)
    lines = [_line(n, quote, passes[quote.pk], user) for n, quote in enumerate(quotes, start=1)]
    current = _current(lines, quote_id)
    given = typed
    if given is None:
        given = _own_codes(passes[current.quote.pk], user) if current else {}
    return CodingPage(
        lines=lines,
        current=current,
        choices=_choices(group, given),
        progress=coding_progress.of_group(group, user, len(quotes)),
        is_open=is_open,
        unchecked=group.quotes.filter(checked_on__isnull=True).count(),
    )


def following(page: CodingPage) -> int | None:
    """The key of the next quote to be coded after the current one, then from the start again."""
    if page.current is None:
        return None
    place = page.current.number
    for line in (*page.lines[place:], *page.lines[: place - 1]):
        if not line.is_done:
            return line.quote.pk
    return None


def _passes(group: FocusGroup, user: User, *, is_open: bool) -> dict[int, list[CoderPass]]:
    """By quote; those of others are not even read before it is time."""
    rows = CoderPass.objects.filter(quote__in=group.quotes.codable().order_by())
    if not is_open:
        rows = rows.filter(coder=user.person)
    found: dict[int, list[CoderPass]] = defaultdict(list)
    ordered = rows.select_related("coder").prefetch_related("codings__code")
    for one in ordered.order_by("coder__name", "pk"):
        found[one.quote_id].append(one)
    return found


def _line(number: int, quote: Quote, passes: list[CoderPass], user: User) -> Line:
    codes = [{coding.code_id for coding in one.codings.all()} for one in passes]
    return Line(
        quote=quote,
        number=number,
        is_done=any(_is_own(one, user) for one in passes),
        differs=any(other != codes[0] for other in codes[1:]),
        given=[
            Given(
                one.coder.name,
                _is_own(one, user),
                sorted(coding.code.name for coding in one.codings.all()),
            )
            for one in passes
        ],
    )


def _is_own(one: CoderPass, user: User) -> bool:
    return one.coder_id == user.person.pk


def _current(lines: list[Line], quote_id: int | None) -> Line | None:
    if quote_id is not None:
        return next((line for line in lines if line.quote.pk == quote_id), None)
    waiting = (line for line in lines if not line.is_done)
    return next(waiting, lines[0] if lines else None)


def _own_codes(passes: list[CoderPass], user: User) -> dict[int, str]:
    own = (one for one in passes if _is_own(one, user))
    return {coding.code_id: coding.stance for one in own for coding in one.codings.all()}


def _choices(group: FocusGroup, given: Mapping[int, str]) -> list[Choice]:
    codes = Code.objects.in_use().filter(country=group.country_id)
    return [Choice(code, code.pk in given, given.get(code.pk, Stance.NEUTRAL)) for code in codes]
