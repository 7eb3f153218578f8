"""The pages of a further wave: how the group stands, ready to show; how one answers again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from experts.models import User
from feedback.reviews import permissions
from feedback.reviews.domain import identity, phases, scales, visibility
from feedback.reviews.domain.rounds import PANEL
from feedback.reviews.models import Assignment, ReviewRound
from feedback.validation import figures
from feedback.validation.consensus import Rule, State
from feedback.validation.domain.outcome import words
from feedback.validation.domain.waves import wave_answers, waves
from feedback.validation.domain.waves.wave_answers import ItemStand, WaveStand
from feedback.validation.domain.waves.waves import Answer
from feedback.validation.models import SecondRating, Wave

USUAL = Rule()

Parts = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class ShownWave:
    """A wave of one criterion; `counts` are what the bar takes."""

    label: str
    sentence: str
    parts: Parts
    total: int


@dataclass(frozen=True)
class ShownItem:
    """A criterion through the waves, with where it stands as the kind of a chip and its word."""

    key: int
    code: str
    text: str
    waves: tuple[ShownWave, ...]
    state: str
    state_label: str
    is_open: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class WavePage:
    """The page of who leads: `why_not` says why nobody can be asked again now."""

    withheld: str
    items: tuple[ShownItem, ...] = ()
    running: Wave | None = None
    answered: int = 0
    asked: int = 0
    rule: Rule = USUAL
    rule_is_set: bool = False
    why_not: str = ""
    may_lead: bool = False

    @property
    def standing(self) -> str:
        """How many criteria are settled, in one sentence."""
        settled = sum(not item.is_open for item in self.items)
        return ngettext(
            "%(settled)d of %(n)d criterion is settled.",
            "%(settled)d of %(n)d criteria are settled.",
            len(self.items),
        ) % {"settled": settled, "n": len(self.items)}


@dataclass(frozen=True)
class Question:
    """A criterion that is asked again: what one said, how the group answered, what one says now."""

    key: int
    code: str
    text: str
    own: str
    own_comment: str
    group: ShownWave
    choices: tuple[tuple[str, str], ...]
    chosen: str
    comment: str
    error: str = ""


def build(review_round: ReviewRound, user: User) -> WavePage:
    """How a round stands through its waves, out of the reviews this person may count."""
    if not visibility.is_over_independent(review_round):
        return WavePage(_("Panels are asked again in the discussion, after the independent phase."))
    if phases.takes_reviews(review_round) and identity.still_rates(user, review_round):
        return WavePage(_("You review this version yourself: this opens when yours is sent."))
    visible = Assignment.objects.visible_to(user).filter(round=review_round)
    sent = review_round.assignments.filter(submitted_on__isnull=False)
    counts = sent.aggregate(all=Count("pk"), own=Count("pk", filter=Q(pk__in=visible.values("pk"))))
    if counts["own"] < PANEL:
        return WavePage(
            _("This opens with %(n)d reviews: fewer would tell who said what.") % {"n": PANEL}
        )
    rounds_waves = waves.of_round(review_round)
    running = next((w for w in rounds_waves if waves.takes_answers(w, review_round)), None)
    # What a running wave has brought so far would tell, day by day, who answered what.
    ended = [wave for wave in rounds_waves if wave != running]
    rule = wave_answers.rule_of(rounds_waves[-1] if rounds_waves else None)
    stands = wave_answers.stands(review_round, visible, ended, rule)
    reasons = {} if running else _reasons(review_round, visible)
    return WavePage(
        withheld="",
        items=tuple(_item(stand, reasons) for stand in stands),
        running=running,
        answered=_answered(running),
        asked=counts["all"],
        rule=rule,
        rule_is_set=bool(rounds_waves),
        why_not=waves.may_open_why_not(review_round, rounds_waves, counts["all"]),
        may_lead=permissions.may_close.allows(user, review_round),
    )


def questions(
    assignment: Assignment,
    wave: Wave,
    asked: Iterable[int],
    typed: Mapping[int, tuple[str, str]] | None = None,
    wordless: frozenset[int] = frozenset(),
) -> list[Question]:
    """The criteria asked again, with the group's answers before; `typed` goes over all."""
    review_round = assignment.round
    earlier = [w for w in waves.of_round(review_round) if w.number < wave.number]
    panel = Assignment.objects.all()
    stands = {s.criterion.pk: s for s in wave_answers.stands(review_round, panel, earlier)}
    own, given = waves.own_answers(assignment, wave)
    return [
        _question(stands[key], own.get(key), given.get(key), (typed or {}).get(key), wordless)
        for key in asked
    ]


def _question(
    stand: ItemStand,
    own: Answer | None,
    given: Answer | None,
    typed: tuple[str, str] | None,
    wordless: frozenset[int],
) -> Question:
    criterion = stand.criterion
    now = given or own
    chosen, comment = typed or (_value(now), given.comment if given else "")
    return Question(
        key=criterion.pk,
        code=criterion.code,
        text=criterion.text,
        own=_said(stand, own),
        own_comment=own.comment if own else "",
        group=_wave(stand.last, stand.waves),
        choices=(*scales.choices(criterion), ("na", _("Does not apply"))),
        chosen=chosen,
        comment=comment,
        error=_("Say in a sentence why you answer otherwise now.")
        if criterion.pk in wordless
        else "",
    )


def _said(stand: ItemStand, own: Answer | None) -> str:
    if own is None:
        return _("You gave no answer.")
    if own.score is None:
        return _("You said that it does not apply.")
    return _("You gave %(score)d: %(word)s.") % {
        "score": own.score,
        "word": scales.word(stand.criterion, own.score),
    }


def _value(answer: Answer | None) -> str:
    if answer is None:
        return ""
    return "na" if answer.score is None else str(answer.score)


def _item(stand: ItemStand, reasons: Mapping[int, list[str]]) -> ShownItem:
    state, label = _state(stand.state)
    return ShownItem(
        key=stand.criterion.pk,
        code=stand.criterion.code,
        text=stand.criterion.text,
        waves=tuple(_wave(wave, stand.waves) for wave in stand.waves),
        state=state,
        state_label=label,
        is_open=stand.state == State.OPEN,
        reasons=tuple(reasons.get(stand.criterion.pk, ())),
    )


def _wave(wave: WaveStand, all_of_it: tuple[WaveStand, ...]) -> ShownWave:
    label = _("Independent answers") if wave.number == 1 else _("Wave %(n)d") % {"n": wave.number}
    said = [
        _("%(relevant)d of %(n)d relevant") % {"relevant": wave.relevant, "n": wave.n},
        _("median %(median)s") % {"median": words.score(wave.median)},
    ]
    if wave.changed is not None and wave.changed.value is not None:
        said.append(
            _("%(again)d answered again, %(changed).0f %% of them changed")
            % {"again": wave.again, "changed": 100 * wave.changed.value}
        )
    return ShownWave(
        label=label,
        sentence=" · ".join(said),
        parts=tuple((str(n), c) for n, c in enumerate(wave.distribution, start=figures.LOWEST)),
        total=wave.n,
    )


def _state(state: State) -> tuple[str, str]:
    return {
        State.AGREED: ("ok", _("Agreed")),
        State.DISSENT: ("warn", _("They stay divided")),
        State.OPEN: ("info", _("Still open")),
        State.ENDED: ("quiet", _("Not agreed, asked as often as was set")),
        State.NOBODY: ("quiet", _("Nobody rated it")),
    }[state]


def _reasons(review_round: ReviewRound, visible: QuerySet[Assignment]) -> dict[int, list[str]]:
    """Why answers were changed, by criterion; sorted by themselves, so that no order is
    anybody's. Only between waves: while one runs, a new reason would tell who answered just now.
    """
    found: dict[int, list[str]] = {}
    rows = SecondRating.objects.filter(wave__round=review_round, assignment__in=visible)
    said = rows.exclude(comment="").values_list("criterion", "comment")
    for criterion, comment in sorted(said):
        found.setdefault(criterion, []).append(comment)
    return found


def _answered(running: Wave | None) -> int:
    if running is None:
        return 0
    rows = SecondRating.objects.filter(wave=running)
    return int(rows.aggregate(n=Count("assignment", distinct=True))["n"])
