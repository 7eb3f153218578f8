"""What a role would see of a round in a phase, for the coordinator who leads it.

The rule is asked as for the role itself, and then held to what the coordinator may see: nothing is
learned here that is not open to them anyway. Where they read nothing yet, a sample stands in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from experts.models import User
from feedback.reviews.domain import phases, threads, visibility
from feedback.reviews.domain.threads import Said, Thread
from feedback.reviews.domain.visibility import Standing, View
from feedback.reviews.enums import Mark, Voice
from feedback.reviews.models import ReviewRound


class As(TextChoices):
    """Whose eyes are lent."""

    REVIEWER = "reviewer", gettext_lazy("Reviewer whose review is sent")
    WAITING = "waiting", gettext_lazy("Reviewer who has not sent yet")
    AUTHOR = "author", gettext_lazy("Author of the material")
    COORDINATOR = "coordinator", gettext_lazy("Coordinator")
    PARTNER = "partner", gettext_lazy("Partner")


@dataclass(frozen=True)
class Preview:
    """What is shown. `is_sample`: the remarks are invented; `notes` say what is left out here."""

    view: View
    is_known: bool
    is_sample: bool
    threads: tuple[Thread, ...]
    notes: tuple[str, ...]


def preview(*, review_round: ReviewRound, of: str, step: str, by: User) -> Preview:
    """The round as `of` (a value of As) would see it at a step of `phases.STEPS`."""
    mine = visibility.of(by, review_round)
    standing = _standing(of, mine)
    view = visibility.decide(standing, step, review_round.blindness)
    known = standing.is_reviewer or standing.coordinates
    known = known or (standing.is_author and phases.PERMITS[step].authors_read)
    if not view.reads:
        return Preview(view, known, False, (), ())
    if not mine.reads:
        return Preview(view, known, True, tuple(_sample(view)), ())
    capped = replace(
        view,
        scores=view.scores and mine.scores,
        names=view.names and mine.names,
        countries=mine.countries,
    )
    found = tuple(threads.of(by, review_round, capped))
    return Preview(view, known, False, found, tuple(_notes(view, mine)))


def _standing(of: str, mine: View) -> Standing:
    return {
        As.REVIEWER: Standing(is_reviewer=True, has_sent=True),
        As.WAITING: Standing(is_reviewer=True),
        As.AUTHOR: Standing(is_author=True),
        As.COORDINATOR: Standing(coordinates=True, countries=mine.countries),
        As.PARTNER: Standing(),
    }[As(of)]


def _notes(view: View, mine: View) -> list[str]:
    notes = []
    if view.names and not mine.names:
        notes.append(_("They read names here; you read by code."))
    if view.scores and not mine.scores:
        notes.append(_("They see scores here; you do not."))
    if view.countries is None and mine.countries is not None:
        notes.append(_("They read the whole panel; you see that of your countries."))
    return notes


def _sample(view: View) -> list[Thread]:
    """Two invented remarks, with everything that the view shows and nothing else."""
    who = _("Name of the expert") if view.names else _("Reviewer %(n)d") % {"n": 2}
    answer = Said(
        who=_("Name of the coordinator"),
        role=str(Voice.COORDINATOR.label),
        is_reviewer=False,
        is_own=False,
        text=_("Would two shorter sentences do?"),
        on=date(2026, 1, 15),
    )
    first = Thread(
        kind=threads.ANNOTATION,
        key=1,
        place=_("Page %(n)d") % {"n": 3},
        quote=_("Sentences of thirty words"),
        mark=Mark.SHOULD,
        mark_label=str(Mark.SHOULD.label),
        score="",
        who=who,
        is_own=False,
        text=_("My group gave up here."),
        suggestion="",
        said=(answer,),
    )
    second = replace(
        first,
        kind=threads.RATING,
        key=2,
        place=_("C4 A reader at level A2 can follow it."),
        quote="",
        mark="",
        mark_label="",
        score=_("2 (partly)") if view.scores else "",
        text=_("Two words are explained nowhere."),
        said=(),
    )
    return [first, second]
