"""What a report holds of help among colleagues: counts, no question and no name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PairFacts:
    """Answers from one country to another (ISO 3166 codes); both "" for all other pairs together.

    `answers` is None where there are fewer than five in all.
    """

    giver: str
    asker: str
    answers: int | None


@dataclass(frozen=True)
class HelpFacts:
    """The period's questions of the countries, and the answers that crossed a border.

    Of the questions `asked` in the period, `answered` had an answer by its end and `solved` an
    accepted one; of these `judged` were said to have `worked`, worked in part (`partly`) or not.
    `median_hours` is the middle of the times to the first answer. `given` answers went to another
    country, `received` came from one. `newest` is the day of the last question or answer.
    """

    asked: int
    answered: int
    solved: int
    judged: int
    worked: int
    partly: int
    median_hours: float | None
    given: int
    received: int
    pairs: tuple[PairFacts, ...]
    newest: str
