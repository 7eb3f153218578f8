"""The life stage of a community: suggested from figures, with reasons. Nothing is asked here.

After domain.md section 5; the cut-offs are ours and stand in this file alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from practices.enums import LifeStage

FEWEST_SESSIONS, CORE, STEADY, ADOPTIONS, FALL = 3, 3, 0.7, 3, 0.7

TENSIONS = {
    LifeStage.POTENTIAL: gettext_lazy("Between discovering what is there and imagining more."),
    LifeStage.COALESCING: gettext_lazy("Between letting it grow and delivering something soon."),
    LifeStage.MATURING: gettext_lazy("Between keeping the focus and opening up to more people."),
    LifeStage.STEWARDSHIP: gettext_lazy("Between owning what was built and staying open to new."),
    LifeStage.TRANSFORMATION: gettext_lazy("Between letting go and living on in another way."),
}


@dataclass(frozen=True)
class Figures:
    """What the suggestion is made from.

    `core` counts people of the core level; `topics` and `members` are now and before (the charter
    before, 90 days before). `rhythm` is from 0 to 1. `participation` is that of the
    page of health (mean over sessions) for the last three periods of 90 days, the latest first,
    None where nobody was asked.
    """

    sessions: int = 0
    core: int = 0
    topics: int = 0
    topics_before: int = 0
    members: int = 0
    members_before: int = 0
    rhythm: float = 0.0
    adoptions: int = 0
    participation: tuple[float | None, float | None, float | None] = (None, None, None)

    @property
    def grows(self) -> bool:
        return self.topics > self.topics_before or self.members > self.members_before

    @property
    def falls_twice(self) -> bool:
        """Participation went down by 30 % twice in a row."""
        latest, before, earlier = self.participation
        if latest is None or before is None or earlier is None or not earlier:
            return False
        return latest <= FALL * before and before <= FALL * earlier and latest < before


@dataclass(frozen=True)
class Suggestion:
    """A stage and why."""

    stage: LifeStage
    reasons: list[str]

    @property
    def tension(self) -> str:
        return str(TENSIONS[self.stage])


def suggest(figures: Figures) -> Suggestion:
    """The stage that the figures speak for; the first rule that fits decides."""
    if figures.sessions < FEWEST_SESSIONS:
        return Suggestion(LifeStage.POTENTIAL, [_sessions(figures.sessions)])
    if figures.falls_twice:
        return Suggestion(LifeStage.TRANSFORMATION, [_fall(figures)])
    if figures.core < CORE:
        return Suggestion(LifeStage.COALESCING, [_sessions(figures.sessions), _core(figures.core)])
    if figures.rhythm >= STEADY and figures.adoptions >= ADOPTIONS:
        reasons = [_rhythm(figures.rhythm), _adoptions(figures.adoptions), _core(figures.core)]
        return Suggestion(LifeStage.STEWARDSHIP, reasons)
    return Suggestion(LifeStage.MATURING, [_core(figures.core), *_growth(figures)])


def _sessions(count: int) -> str:
    return ngettext(
        "%(count)d session was held so far; three show that there is something to meet for.",
        "%(count)d sessions were held so far; three show that there is something to meet for.",
        count,
    ) % {"count": count}


def _core(count: int) -> str:
    return ngettext(
        "%(count)d person carries the community; a core is three.",
        "%(count)d people carry the community; a core is three.",
        count,
    ) % {"count": count}


def _growth(figures: Figures) -> list[str]:
    if not figures.grows:
        return [_("Neither topics nor members grew lately.")]
    reasons = []
    if figures.members > figures.members_before:
        reasons.append(
            _("Members grew from %(before)d to %(now)d in 90 days.")
            % {"before": figures.members_before, "now": figures.members}
        )
    if figures.topics > figures.topics_before:
        reasons.append(
            _("Topics grew from %(before)d to %(now)d with the last charter.")
            % {"before": figures.topics_before, "now": figures.topics}
        )
    return reasons


def _rhythm(rhythm: float) -> str:
    return _("Sessions come in a steady rhythm: %(rhythm).2f, where 1 is a clock.") % {
        "rhythm": rhythm
    }


def _adoptions(count: int) -> str:
    return ngettext(
        "%(count)d time others adopted a practice from here.",
        "%(count)d times others adopted a practice from here.",
        count,
    ) % {"count": count}


def _fall(figures: Figures) -> str:
    latest, before, earlier = ((share or 0.0) * 100 for share in figures.participation)
    return _(
        "Of those invited %(earlier).0f %% came, then %(before).0f %%, now %(latest).0f %%: down "
        "by a third twice."
    ) % {"earlier": earlier, "before": before, "latest": latest}
