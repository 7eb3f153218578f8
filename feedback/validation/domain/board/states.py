"""What may stand in a cell of the board: a verdict, or why there is none."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from feedback.validation.enums import Standing


class State(TextChoices):
    """In the order in which the board shows them: what blocks a release comes first."""

    NO_EDITION = "none", pgettext_lazy("cell of the board", "No edition")
    NOT_VALIDATED = Standing.NOT_VALIDATED.value, Standing.NOT_VALIDATED.label
    WITHDRAWN = Standing.WITHDRAWN.value, Standing.WITHDRAWN.label
    REVISE = Standing.REVISE.value, Standing.REVISE.label
    NOT_ENOUGH = Standing.NOT_ENOUGH.value, Standing.NOT_ENOUGH.label
    EXPIRED = "expired", pgettext_lazy("cell of the board", "Expired")
    NOT_RATED = "unrated", pgettext_lazy("cell of the board", "Not rated")
    WITH_CHANGES = Standing.WITH_CHANGES.value, Standing.WITH_CHANGES.label
    VALIDATED = Standing.VALIDATED.value, Standing.VALIDATED.label


RANKS = {state.value: rank for rank, state in enumerate(State)}
GOOD_STATES = frozenset({State.WITH_CHANGES, State.VALIDATED})
# What is needed somewhere and is not good; the first rank that is.
FIRST_GOOD = RANKS[State.WITH_CHANGES]
# Kind and icon of each chip: two states never look the same, also without colour.
LOOKS = {
    State.NO_EDITION: ("bad", "minus"),
    State.NOT_VALIDATED: ("bad", "x"),
    State.WITHDRAWN: ("bad", "logout"),
    State.REVISE: ("warn", "edit"),
    State.NOT_ENOUGH: ("warn", "people"),
    State.EXPIRED: ("warn", "clock"),
    State.NOT_RATED: ("quiet", "question"),
    State.WITH_CHANGES: ("ok", "list"),
    State.VALIDATED: ("ok", "check"),
}
