"""The marks that finding places again has to reach on pages whose edits are known.

The corpus of this seed was never looked at while the rules were tuned.
"""

from __future__ import annotations

from functools import cache

import pytest

from tests.feedback.anchoring.corpus import Edited, corpus, edited
from tests.feedback.anchoring.measuring import Score, measure

SEED = 7_2026
PRECISION, RECALL = 0.95, 0.90


@cache
def measured() -> dict[str, tuple[Edited, Score]]:
    return {document.language: (document, measure(document)) for document in corpus(SEED)}


def total(*languages: str) -> Score:
    found = [score for language, (_d, score) in measured().items() if language in languages]
    return sum(found, Score())


def test_the_corpus_is_as_large_and_as_mixed_as_asked():
    documents = [document for document, _score in measured().values()]
    changed = sum(
        page.text != other.text
        for document in documents
        for page, other in zip(document.old, document.new, strict=False)
    )
    assert changed >= 50
    assert {document.script for document in documents} == {"Latin", "Greek", "Cyrillic", "Arabic"}
    truths = {marked.truth.state for document in documents for marked in document.marked}
    assert truths == {"kept", "moved", "changed", "gone"}
    assert {edit for document in documents for edit in document.edits} == {
        "words replaced", "words added", "words taken out", "sentence deleted",
        "sentence written anew", "sentence added", "paragraph moved",
        "paragraph to another page", "copied as a decoy", "page added",
    }  # fmt: skip


def test_the_truth_of_the_corpus_is_true():
    for document, _score in measured().values():
        for marked in document.marked:
            page = document.old[marked.place.page - 1]
            assert page.text[marked.place.start : marked.place.end] == marked.place.quote
            if marked.truth.state != "gone":
                assert document.new[marked.truth.page - 1].text[
                    marked.truth.start : marked.truth.end
                ]


def test_the_same_seed_gives_the_same_corpus_and_another_one_another():
    assert edited("el", 1).new == edited("el", 1).new != edited("el", 2).new


def test_places_are_found_again_in_all_scripts_together():
    score = total(*measured())
    assert score.precision >= PRECISION
    assert score.recall >= RECALL


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_places_are_found_again_from_the_right(language):
    score = total(language)
    assert score.precision >= 0.90
    assert score.recall >= RECALL


@pytest.mark.parametrize("state", ["kept", "moved", "changed"])
def test_what_became_of_a_place_is_said_rightly(state):
    assert total(*measured()).share(state) >= 0.90
