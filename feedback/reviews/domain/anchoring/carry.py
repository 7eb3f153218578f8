"""What became of an annotated place in newer pages: kept, moved, changed or gone, and how sure.

From 0.9 on a place whose words are the same is kept or moved; from 0.6 on, or where a word of it is
another, it changed and a person is asked; below that it is gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from feedback.reviews.domain.anchoring.document import Document, PageText
from feedback.reviews.domain.anchoring.folding import normalise
from feedback.reviews.domain.anchoring.resolving import SURE, Earlier, Found, resolve

ASKED = 0.6
# Letters around the marked words that are taken from its page, where it is known.
CONTEXT = 48
# A place that slid down its page by no more than some lines is where it was.
NEAR = 400
# A part of a page that nothing tells more of than which page it is on.
SAME_WORDS, SAME_PAGE = 0.95, 0.6

# A changed sentence is taken up to its end, if that is no further away than this.
ENDS, REST = frozenset(".!?:;\u037e\u061f\u06d4"), 60

Box = tuple[float, float, float, float]


class State(StrEnum):
    KEPT = "kept"
    MOVED = "moved"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True)
class Place:
    """A place in a version: words, a part of a page (`boxes`), a part of a film, or several.

    Counted in characters of the page's text, fractions of the page, seconds.
    """

    page: int | None = None
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None
    boxes: tuple[Box, ...] = ()
    from_second: float | None = None
    to_second: float | None = None
    # The part of the page is what was marked; its words only help to find it.
    is_region: bool = False


@dataclass(frozen=True)
class Outcome:
    """The place as it is now; of one that is gone nothing is left but its state."""

    state: State
    score: float
    place: Place


def carry(
    place: Place,
    old: Document,
    new: Document,
    *,
    pages: Mapping[int, int] | None = None,
    durations: tuple[float | None, float | None] = (None, None),
) -> Outcome:
    """Where a place of the old pages is in the new ones.

    `pages` says which new page an old page became, one that is missing was taken out; without it
    pages keep their numbers. `durations` are those of the old and the new film, in seconds.
    """
    if place.from_second is not None:
        return _film(place, *durations)
    became = dict(pages) if pages is not None else {page.number: page.number for page in new.pages}
    if place.quote.strip() and new.text:
        found = _words(place, old, new, became)
        if found.state != State.GONE or not place.is_region:
            return found
    return _region(place, old, new, became)


def _words(place: Place, old: Document, new: Document, became: Mapping[int, int]) -> Outcome:
    known = _known(place, old)
    expected = became.get(place.page, place.page) if place.page is not None else None
    prefix, suffix = place.prefix, place.suffix
    if known is not None:
        prefix, suffix = old.around(known.start, known.end, CONTEXT)
    found = resolve(
        quote=place.quote,
        prefix=prefix,
        suffix=suffix,
        page=expected,
        start=place.start,
        pages=new,
        earlier=known,
    )
    if found is None or found.score < ASKED:
        return Outcome(State.GONE, found.score if found else 0.0, Place())
    text = new.page(found.page)
    assert text is not None
    state = _state(place, found)
    start, end = found.start, found.end
    if not found.exact:
        start, end = _whole(text.text, start, end, place.quote)
    return Outcome(
        state,
        round(found.score, 3),
        replace(
            place,
            page=found.page,
            start=start,
            end=end,
            quote=text.text[start:end],
            prefix=text.text[max(0, start - CONTEXT) : start],
            suffix=text.text[end : end + CONTEXT],
            # Drawn boxes are those of the old page; of words the browser draws new ones.
            boxes=place.boxes if place.is_region or state == State.KEPT else (),
        ),
    )


def _whole(text: str, start: int, end: int, quote: str) -> tuple[int, int]:
    """Whole words, and the whole sentence where one was marked to its end."""
    if quote[:1].isalnum():
        while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
            start -= 1
    marked_to_the_end = quote.rstrip()[-1:] in ENDS
    if marked_to_the_end and text[end - 1 : end] not in ENDS:
        ahead = [place for place in range(end, end + REST) if text[place : place + 1] in ENDS]
        return start, ahead[0] + 1 if ahead else end
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end


def _known(place: Place, old: Document) -> Earlier | None:
    """The marked words in the old pages; the remembered place counts only if they stand there."""
    words = normalise(place.quote).text
    if not words or old.page(place.page) is None:
        return None
    start = old.position(place.page, place.start)
    if place.start is not None and old.text.startswith(words, start):
        return Earlier(old, start, start + len(words))
    found = resolve(
        quote=place.quote,
        prefix=place.prefix,
        suffix=place.suffix,
        page=place.page,
        start=place.start,
        pages=old,
    )
    if found is None or not found.exact:
        return None
    start = old.position(found.page, found.start)
    return Earlier(old, start, start + len(words))


def _state(place: Place, found: Found) -> State:
    if found.score < SURE or not found.exact:
        return State.CHANGED
    slid = 0 if place.start is None else abs(found.start - place.start)
    return State.KEPT if found.page == place.page and slid <= NEAR else State.MOVED


def _region(place: Place, old: Document, new: Document, became: Mapping[int, int]) -> Outcome:
    """A part of a page goes where its page went; what is in it may be something else by now."""
    was = old.page(place.page)
    if place.page is None or was is None:
        # A picture, or pages that were never drawn: nothing tells more than that it is newer.
        return Outcome(State.CHANGED, SAME_PAGE, place)
    now = new.page(became.get(place.page))
    if now is None:
        return Outcome(State.GONE, 0.0, Place())
    score = _same(was, now)
    if score < SURE:
        state = State.CHANGED
    else:
        state = State.KEPT if now.number == place.page else State.MOVED
    return Outcome(state, round(score, 3), replace(place, page=now.number, start=None, end=None))


def _same(was: PageText, now: PageText) -> float:
    """From SAME_PAGE, only the page is the same, to 1, it looks the same."""
    if was.picture and was.picture == now.picture:
        return 1.0
    before, after = normalise(was.text).text, normalise(now.text).text
    if before == after:
        return SAME_WORDS if before else SAME_PAGE
    ratio = SequenceMatcher(None, was.text.split(), now.text.split(), autojunk=False).ratio()
    return SAME_PAGE + (SURE - SAME_PAGE) * ratio * 0.99


def _film(place: Place, was: float | None, now: float | None) -> Outcome:
    """Films of the same length are taken for the same film with other captions or colours."""
    if was and was == now:
        return Outcome(State.KEPT, SAME_WORDS, place)
    if now and place.from_second is not None and place.from_second > now:
        return Outcome(State.GONE, 0.0, Place())
    return Outcome(State.CHANGED, SAME_PAGE, place)
