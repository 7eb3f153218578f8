"""Reviews and rounds in a list: ready values, no query of their own in a template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.times import say_day, to_wall
from experts.models import User
from feedback.reviews.domain import answers, identity, phases, policy_page
from feedback.reviews.domain.rounds import PANEL
from feedback.reviews.models import Assignment, Draft, ReviewRound


@dataclass(frozen=True)
class ReviewCard:
    """One's own review in a list; `state` is open, sent or closed."""

    code: str
    title: str
    number: int
    language: str
    due_on: date
    state: str
    done: int
    total: int
    sentence: str
    url: str
    talk_url: str = ""


def own(user: User, at: datetime) -> list[ReviewCard]:
    """All reviews a person was asked for: to do first, by due day, then the rest."""
    found = [_card(row, at, user.person.zone) for row in identity.desk_of(user)]
    return sorted(found, key=lambda card: card.state != "open")


def waiting(user: User, at: datetime) -> list[ReviewCard]:
    """One's own reviews that are still to be written, the most urgent first."""
    open_ones = identity.desk_of(user).wanted()  # type: ignore[attr-defined]
    return [_card(row, at, user.person.zone) for row in open_ones]


def _card(assignment: Assignment, at: datetime, zone: str) -> ReviewCard:
    version = assignment.round.version
    criteria = list(assignment.round.rubric.criteria.all())
    done = answers.count_done(stored_answers(assignment), criteria)
    done, total = (0 if assignment.submitted_on else done), len(answers.counted(criteria))
    return ReviewCard(
        code=version.material.code,
        title=version.material.title,
        number=version.number,
        language=version.get_language_display(),
        due_on=assignment.due_on,
        state=_state(assignment),
        done=done,
        total=total,
        sentence=_sentence(assignment, done, total, at, zone),
        url=assignment.get_absolute_url(),
        talk_url=talk_url(assignment),
    )


def talk_url(assignment: Assignment) -> str:
    """The discussion, for those whose own review is in once it has begun."""
    review_round = assignment.round
    if assignment.submitted_on and phases.permit(review_round).reviewers_read:
        return reverse("round_discussion", args=[review_round.pk])
    return ""


def stored_answers(assignment: Assignment) -> answers.Answers:
    """What a draft holds, if there is one."""
    draft: Draft | None = getattr(assignment, "draft", None)
    return draft.answers if draft else {}


def _state(assignment: Assignment) -> str:
    if assignment.submitted_on:
        return "sent"
    if assignment.declined_on:
        return "closed"
    return "open" if phases.takes_reviews(assignment.round) else "closed"


def _sentence(assignment: Assignment, done: int, total: int, at: datetime, zone: str) -> str:
    if assignment.submitted_on:
        return _("Sent on %(day)s.") % {"day": say_day(assignment.submitted_on)}
    if assignment.declined_on:
        return _("You declined this review.")
    if assignment.round.closed_at:
        return _("The round was closed before this review was sent.")
    if not phases.takes_reviews(assignment.round):
        return _("The round went on before this review was sent.")
    if assignment.released_on:
        return _("Somebody else was asked meanwhile, thank you; you may still send yours.")
    progress = _("%(done)d of %(total)d done") % {"done": done, "total": total}
    return f"{due_sentence(assignment.due_on, at, zone)} · {progress}"


def due_sentence(due_on: date, at: datetime, zone: str) -> str:
    """A due day as people say it, seen from the reader's own day."""
    days = (due_on - to_wall(at, zone).date()).days
    words = {"day": say_day(due_on), "n": abs(days)}
    if days < 0:
        text = ngettext(
            "Was due %(day)s, %(n)d day ago", "Was due %(day)s, %(n)d days ago", abs(days)
        )
        return text % words
    if days == 0:
        return _("Due today, %(day)s") % words
    return ngettext("Due %(day)s, in %(n)d day", "Due %(day)s, in %(n)d days", days) % words


@dataclass(frozen=True)
class RoundCard:
    """A round in a coordinator's list; the counts are of one's own countries.

    `countries` are the codes of those that join in, none of them is all. `standing` says how far
    the panel is, `step` and `hidden` in which phase the round is and who is hidden; `group` names
    the rounds that were opened together.
    """

    code: str
    title: str
    number: int
    language: str
    countries: tuple[str, ...]
    is_open: bool
    assigned: int
    submitted: int
    standing: str
    step: str
    hidden: str
    group: str
    when: str
    url: str

    @property
    def carries(self) -> bool:
        return self.submitted >= PANEL

    @property
    def counts(self) -> bool:
        """Whether it may be said how many have answered."""
        return self.assigned >= PANEL


def rounds(found: Iterable[ReviewRound], user: User, at: datetime) -> list[RoundCard]:
    """Cards of some rounds `with_version`, with one query for all their counts."""
    found = list(found)
    counts = counted(Assignment.objects.visible_to(user), [r.pk for r in found])
    return [_round_card(r, counts.get(r.pk, (0, 0)), at, user.person.zone) for r in found]


def counted(visible: QuerySet[Assignment], round_ids: list[int]) -> dict[int, tuple[int, int]]:
    """How many were asked and how many handed in, by round, out of what a person may count."""
    rows = visible.filter(round__in=round_ids).order_by().values_list("round_id")
    handed_in = Count("pk", filter=Q(submitted_on__isnull=False))
    return {
        pk: (asked, sent) for pk, asked, sent in rows.annotate(asked=Count("pk"), sent=handed_in)
    }


def together(review_round: ReviewRound) -> list[ReviewRound]:
    """The other rounds of a group, `with_version`; none without a group."""
    if review_round.group_id is None:
        return []
    found = ReviewRound.objects.filter(group=review_round.group_id).exclude(pk=review_round.pk)
    return list(found.with_version().order_by("version__material__code", "pk"))


def previous(review_round: ReviewRound, user: User) -> ReviewRound | None:
    """The round before this one, if the person sees it."""
    if review_round.previous_id is None:
        return None
    seen = ReviewRound.objects.visible_to(user).with_version()
    return seen.filter(pk=review_round.previous_id).first()


def standing_of(asked: int, sent: int) -> str:
    """How far a panel is. Of fewer than `PANEL` people it would tell who has answered."""
    if not asked:
        return _("Nobody is asked yet")
    if asked < PANEL:
        text = ngettext("%(n)d expert is asked", "%(n)d experts are asked", asked)
        return text % {"n": asked}
    return _("%(sent)d of %(asked)d reviews are in") % {"sent": sent, "asked": asked}


def _round_card(
    review_round: ReviewRound, counts: tuple[int, int], at: datetime, zone: str
) -> RoundCard:
    version = review_round.version
    closed_at = review_round.closed_at
    return RoundCard(
        code=version.material.code,
        title=version.material.title,
        number=version.number,
        language=version.get_language_display(),
        countries=(
            (review_round.country.code,)
            if review_round.country
            else tuple(sorted(country.code for country in review_round.countries.all()))
        ),
        is_open=closed_at is None,
        assigned=counts[0],
        submitted=counts[1] if counts[0] >= PANEL else 0,
        standing=standing_of(*counts),
        step=policy_page.label_of(phases.step_of(review_round)),
        hidden=review_round.get_blindness_display(),
        group=review_round.group.name if review_round.group else "",
        when=(
            _("Closed on %(day)s") % {"day": say_day(to_wall(closed_at, zone))}
            if closed_at
            else due_sentence(review_round.due_on, at, zone)
        ),
        url=reverse("round_detail", args=[review_round.pk]),
    )
