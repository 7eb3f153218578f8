"""A place is found again by its words: where it was, elsewhere, or nearly; else it is gone."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.reviews.domain.anchoring import Document, PageText, Place, State, carry, resolve

GUIDE = [
    PageText(1, "Mentor guide\nA mentor listens first. Then both look at the skills together.\n1"),
    PageText(2, "Evidence\nA photograph of good work is evidence. So is a letter.\nBring both.\n2"),
    PageText(3, "Consent\nThe learner decides who reads the portfolio. The mentor asks again.\n3"),
]
QUOTE = "The learner decides who reads the portfolio."


def marked(quote: str, pages: list[PageText] = GUIDE, **more: object) -> Place:
    page = next(page for page in pages if quote in page.text)
    start = page.text.index(quote)
    end = start + len(quote)
    found = Place(
        page.number, quote, page.text[max(0, start - 32) : start], page.text[end : end + 32],
        start, end,
    )  # fmt: skip
    return replace(found, **more)


def carried(place: Place, new: list[PageText], old: list[PageText] = GUIDE, **more):
    return carry(place, Document(old), Document(new), **more)


def with_page(number: int, text: str) -> list[PageText]:
    return [PageText(number, text) if page.number == number else page for page in GUIDE]


def test_the_remembered_place_counts_only_if_the_words_stand_there():
    wrong = resolve(quote=QUOTE, page=1, start=3, pages=GUIDE)
    assert (wrong.page, wrong.start, wrong.exact) == (3, GUIDE[2].text.index(QUOTE), True)


def test_of_two_places_with_the_same_words_the_one_with_the_same_words_around_is_it():
    pages = [*GUIDE, PageText(4, "For the file\nSo is a letter.\nKeep it dry.\n4")]
    found = resolve(
        quote="So is a letter.", prefix="For the file\n", suffix="\nKeep", page=2, pages=pages
    )
    assert found.page == 4


def test_of_two_places_that_are_quite_the_same_the_nearer_one_is_it():
    pages = [PageText(n, "Please sign here.") for n in range(1, 8)]
    assert resolve(quote="sign here", page=5, start=7, pages=pages).page == 5


@pytest.mark.parametrize(
    ("page", "state"),
    [
        (GUIDE[2].text, State.KEPT),
        # Set anew: other line ends, a hyphen.
        (GUIDE[2].text.replace("decides who", "de-\ncides\nwho"), State.KEPT),
        ("New lines. " * 60 + GUIDE[2].text, State.MOVED),
        (GUIDE[2].text.replace("who reads", "who may read"), State.CHANGED),
        (GUIDE[2].text.replace(QUOTE, ""), State.GONE),
        (GUIDE[2].text.replace(QUOTE, "Ask twice when something is unclear to you."), State.GONE),
        ("", State.GONE),
    ],
)
def test_what_became_of_a_sentence(page, state):
    said = carried(marked(QUOTE), with_page(3, page))
    assert said.state == state
    if state == State.GONE:
        assert said.place == Place()


def test_a_sentence_on_another_page_has_moved():
    new = [PageText(1, GUIDE[0].text + QUOTE), GUIDE[1], PageText(3, "Consent\n3")]
    said = carried(marked(QUOTE), new)
    assert (said.state, said.place.page) == (State.MOVED, 1)
    assert said.score >= 0.9


def test_pages_put_in_before_move_a_place_and_do_not_change_it():
    new = [GUIDE[0], PageText(2, "A page of thanks."), *_shifted(GUIDE[1:], 1)]
    said = carried(marked(QUOTE), new, pages={1: 1, 2: 3, 3: 4})
    assert (said.state, said.place.page, said.score) == (State.MOVED, 4, 1.0)


def _shifted(pages: list[PageText], by: int) -> list[PageText]:
    return [PageText(page.number + by, page.text) for page in pages]


def test_one_changed_word_is_a_change_however_long_the_quote_is():
    """It may be the very word that was to be mended, so a person is asked."""
    long = " ".join(f"Sentence number {n} is about the portfolio." for n in range(30))
    said = carried(
        marked(long, old := [PageText(1, long)]),
        [PageText(1, long.replace("number 17", "number 71"))],
        old,
    )
    assert said.state == State.CHANGED
    assert said.score > 0.9


def test_a_place_that_was_another_one_before_is_not_taken_for_the_marked_one():
    twice = "Sign the page about consent."
    old = [PageText(1, f"First meeting. {twice} Then go home."), PageText(2, f"Second. {twice}")]
    new = [PageText(1, "First meeting. Then go home."), PageText(2, f"Second. {twice}")]
    assert carried(marked(twice, old), new, old).state == State.GONE


def test_lessons_a36_words_copied_in_the_order_they_are_drawn_are_read_the_other_way():
    arabic = "يختار كل شخص صورة واحدة دليلا على عمل جيد"
    pages = [PageText(1, "في اللقاء الأول"), PageText(2, f"{arabic} لأن الملف ينمو ببطء.")]
    found = resolve(quote=arabic[::-1], page=2, pages=pages)
    assert (found.page, found.start, found.end) == (2, 0, len(arabic))


def test_lessons_a36_a_part_of_a_page_needs_no_words_to_be_carried():
    box = Place(page=2, boxes=((0.1, 0.2, 0.3, 0.1),), is_region=True)
    scans = [PageText(n, "", picture=f"scan-{n}") for n in (1, 2, 3)]
    same = carried(box, scans, scans)
    assert (same.state, same.score, same.place.boxes) == (State.KEPT, 1.0, box.boxes)
    moved = carried(box, [scans[1]], scans, pages={2: 1})
    assert carried(box, [scans[1]], scans, pages={2: 2}).state == State.KEPT
    assert moved.state == State.GONE  # page 1 is not in the new version
    other = carried(box, [*scans[:1], PageText(2, "", picture="another")], scans)
    assert (other.state, other.score) == (State.CHANGED, 0.6)


def test_a_part_of_a_page_follows_its_page_and_the_words_in_it():
    box = ((0.1, 0.5, 0.4, 0.1),)
    region = marked("So is a letter.", boxes=box, is_region=True)
    kept = carried(region, GUIDE)
    assert (kept.state, kept.place.boxes) == (State.KEPT, box)
    plain = Place(page=2, boxes=box, is_region=True)
    assert carried(plain, GUIDE).state == State.KEPT
    shifted = [PageText(1, "Foreword"), *_shifted(GUIDE, 1)]
    assert carried(plain, shifted, pages={1: 2, 2: 3, 3: 4}).state == State.MOVED
    changed = carried(plain, with_page(2, GUIDE[1].text.replace("photograph", "drawing")))
    assert changed.state == State.CHANGED
    assert 0.6 <= changed.score < 0.9
    assert carried(plain, GUIDE, pages={1: 1, 3: 2}).state == State.GONE


@pytest.mark.parametrize(
    ("durations", "state"),
    [
        ((30.0, 30.0), State.KEPT),
        ((30.0, 42.0), State.CHANGED),
        ((30.0, None), State.CHANGED),
        ((None, None), State.CHANGED),
        ((30.0, 9.0), State.GONE),
    ],
)
def test_a_moment_of_a_film_is_kept_while_the_film_is_as_long(durations, state):
    moment = Place(from_second=12.0, to_second=15.5)
    assert carry(moment, Document([]), Document([]), durations=durations).state == state


def test_a_quote_that_begins_with_an_invisible_sign_stays_where_it_is():
    pages = Document([PageText(1, ""), PageText(2, "11111\u200c2")])
    said = carry(Place(2, "\u200c2", "11111", "", 5, 7), pages, pages)
    assert (said.state, said.score, said.place.page) == (State.KEPT, 1.0, 2)


# Letters, blanks and signs of four scripts; no mark that a quote could part from its letter.
WRITTEN = st.text("abc DE\n-.,ßéñ αβΣ бвйґ العربيةپ‌ك ﻻ 123“", max_size=150)
TEXTS = st.lists(WRITTEN, min_size=1, max_size=4)
ANYTHING = st.lists(st.text(max_size=120), min_size=1, max_size=4)


@given(TEXTS, st.data())
def test_lessons_a33_pages_that_did_not_change_keep_every_place_surely(texts, data):
    pages = [PageText(n, text) for n, text in enumerate(texts, start=1)]
    document = Document(pages)
    page = data.draw(st.sampled_from(pages))
    start = data.draw(st.integers(0, len(page.text)))
    end = data.draw(st.integers(start, len(page.text)))
    quote = page.text[start:end]
    if not Document([PageText(1, quote)]).text:
        return
    prefix, suffix = page.text[max(0, start - 32) : start], page.text[end : end + 32]
    place = Place(page.number, quote, prefix, suffix, start, end)
    said = carry(place, document, document)
    assert (said.state, said.score, said.place.page) == (State.KEPT, 1.0, page.number)
    # A browser and a later day change nothing: the same pages give the same answer.
    assert carry(place, document, Document(pages)) == said


@given(st.text(max_size=60), st.text(max_size=40), st.text(max_size=40), ANYTHING, st.integers())
def test_nothing_raises_and_every_answer_lies_on_its_page(quote, prefix, suffix, texts, number):
    pages = [PageText(n, text) for n, text in enumerate(texts, start=1)]
    found = resolve(
        quote=quote, prefix=prefix, suffix=suffix, page=number, start=number, pages=pages
    )
    if found is not None:
        assert 0 <= found.start < found.end <= len(pages[found.page - 1].text)
        assert 0 <= found.score <= 1


@given(
    st.text("abcdefgh ", min_size=1, max_size=60).filter(str.strip),
    st.text("xyz ", max_size=300).filter(str.strip),
)
def test_words_of_which_no_letter_is_there_are_gone(quote, text):
    place = Place(page=1, quote=quote, start=0)
    assert carry(place, Document([]), Document([PageText(1, text)])).state == State.GONE


@given(st.text(max_size=80), ANYTHING, ANYTHING, st.integers(-3, 9), st.integers(0, 200))
def test_whatever_is_carried_lies_on_its_page(quote, before, after, number, start):
    old, new = ([PageText(n, t) for n, t in enumerate(side, start=1)] for side in (before, after))
    place = Place(page=number, quote=quote, start=start, end=start + len(quote))
    said = carry(place, Document(old), Document(new))
    assert 0 <= said.score <= 1
    if said.state != State.GONE and said.place.start is not None and said.place != place:
        text = new[said.place.page - 1].text
        assert 0 <= said.place.start < said.place.end <= len(text)
        assert said.place.quote == text[said.place.start : said.place.end]


def test_a_version_whose_words_nobody_can_read_keeps_the_page_and_asks():
    scan = [PageText(page.number, "", picture="scan") for page in GUIDE]
    said = carried(marked(QUOTE), scan)
    assert (said.state, said.place.page) == (State.CHANGED, 3)


def test_a_quote_of_a_whole_book_is_found():
    text = " ".join(f"Sentence {n} of a very long quote." for n in range(2000))
    assert resolve(quote=text + "!", pages=[PageText(1, text)], page=1) is not None


def test_the_anchoring_knows_no_django():
    code = "import sys, feedback.reviews.domain.anchoring; print('django' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
