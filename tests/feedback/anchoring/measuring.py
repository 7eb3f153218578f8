"""How well places are found again in a corpus: counted by script and by state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from feedback.reviews.domain.anchoring import Outcome, State, carry
from tests.feedback.anchoring.corpus import Edited, Marked

STATES = [state.value for state in State]


@dataclass
class Score:
    """`right` of `answered` places were the true ones, out of `there` that are still there."""

    pages: int = 0
    marked: int = 0
    answered: int = 0
    there: int = 0
    right: int = 0
    states: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        return self.right / self.answered if self.answered else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.there if self.there else 1.0

    def share(self, state: str) -> float:
        """Of the places that truly are kept, moved, ..., how many were said to be so."""
        total = sum(n for (truth, _said), n in self.states.items() if truth == state)
        return self.states[state, state] / total if total else 1.0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.pages + other.pages,
            self.marked + other.marked,
            self.answered + other.answered,
            self.there + other.there,
            self.right + other.right,
            self.states + other.states,
        )


def measure(document: Edited) -> Score:
    old, new = document.documents
    score = Score(pages=len(document.old))
    for marked in document.marked:
        said = carry(marked.place, old, new)
        score.marked += 1
        score.answered += said.state != State.GONE
        score.there += marked.truth.state != "gone"
        score.right += is_right(marked, said)
        score.states[marked.truth.state, said.state.value] += 1
    return score


def is_right(marked: Marked, said: Outcome) -> bool:
    """The same page, and at least half of both spans in common."""
    truth, place = marked.truth, said.place
    if truth.state == "gone" or place.page != truth.page or said.state == State.GONE:
        return False
    assert place.start is not None
    assert place.end is not None
    common = min(truth.end, place.end) - max(truth.start, place.start)
    return common >= 0.5 * max(truth.end - truth.start, place.end - place.start)


def by_script(documents: Iterable[Edited]) -> dict[str, Score]:
    found: dict[str, Score] = {}
    for document in documents:
        found[document.script] = found.get(document.script, Score()) + measure(document)
    return found
