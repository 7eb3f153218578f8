"""Reviews and rounds in a list: ready values, no query of their own in a template."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.addresses import numbered
from cop_platform.common.times import say_day, to_wall
from experts.models import User
from feedback.reviews.domain import answers, identity, phases, policy_page
from feedback.reviews.domain.rounds import PANEL
from feedback.reviews.models import Assignment, Criterion, Draft, ReviewRound


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
    zone = user.person.zone
    found = [_card(one, _criteria(one), at, zone) for one in identity.desks_of(user)]
    return sorted(found, key=lambda card: card.state != "open")


def waiting(
    assignments: Iterable[Assignment], criteria: Iterable[Criterion], at: datetime, zone: str
) -> list[ReviewCard]:
    """Reviews that are still to be written, out of them and the criteria of all their rubrics."""
    of_rubric: dict[int, list[Criterion]] = defaultdict(list)
    for criterion in criteria:
        of_rubric[criterion.rubric_id].append(criterion)
    return [_card(one, of_rubric[one.round.rubric_id], at, zone) for one in assignments]


def _criteria(assignment: Assignment) -> list[Criterion]:
    return list(assignment.round.rubric.criteria.all())


def _card(assignment: Assignment, criteria: list[Criterion], at: datetime, zone: str) -> ReviewCard:
    version = assignment.round.version
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
        return numbered("round_discussion", review_round.pk)
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
class Counts:
    """How many were asked, and what became of it; who declined is on the panel no more."""

    asked: int = 0
    declined: int = 0
    accepted: int = 0
    sent: int = 0

    @property
    def panel(self) -> int:
        return self.asked - self.declined

    @property
    def may_be_told(self) -> bool:
        """Of fewer than `PANEL` people it would tell who has answered."""
        return self.panel >= PANEL


@dataclass(frozen=True)
class RoundCard:
    """A round in a coordinator's list; the counts are of one's own countries.

    `assigned` make up the panel, who declined is counted in `facts` only: each number in words.
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
    facts: tuple[str, ...]
    counts: bool
    step: str
    hidden: str
    group: str
    when: str
    url: str

    @property
    def carries(self) -> bool:
        return self.submitted >= PANEL


def rounds(found: Iterable[ReviewRound], user: User, at: datetime) -> list[RoundCard]:
    """Cards of some rounds `with_row`, with one query for all their counts."""
    found = list(found)
    counts = counted(Assignment.objects.visible_to(user), [r.pk for r in found])
    return [_round_card(r, counts.get(r.pk, Counts()), at, user.person.zone) for r in found]


def counted(visible: QuerySet[Assignment], round_ids: list[int]) -> dict[int, Counts]:
    """How many were asked, declined, accepted and handed in, by round, of what a person counts."""
    rows = visible.filter(round__in=round_ids).order_by().values_list("round_id")
    of_each = {
        name: Count("pk", filter=Q(**{f"{field}__isnull": False}))
        for name, field in {
            "declined": "declined_on",
            "accepted": "accepted_on",
            "sent": "submitted_on",
        }.items()
    }
    found = rows.annotate(asked=Count("pk"), **of_each)
    return {pk: Counts(*numbers) for pk, *numbers in found}


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


def facts_of(counts: Counts, *, accept_first: bool) -> tuple[str, ...]:
    """Each number in words; how many accepted where experts do that, and where it tells nobody."""
    texts = [ngettext("%(n)d asked", "%(n)d asked", counts.asked) % {"n": counts.asked}]
    if counts.declined:
        text = ngettext("%(n)d declined", "%(n)d declined", counts.declined)
        texts.append(text % {"n": counts.declined})
    if not counts.may_be_told:
        return tuple(texts)
    if accept_first:
        text = ngettext("%(n)d accepted", "%(n)d accepted", counts.accepted)
        texts.append(text % {"n": counts.accepted})
    texts.append(ngettext("%(n)d sent", "%(n)d sent", counts.sent) % {"n": counts.sent})
    return tuple(texts)


def standing_of(asked: int, sent: int) -> str:
    """How far a panel is, without those who declined.

    Of fewer than `PANEL` people it would tell who has answered.
    """
    if not asked:
        return _("Nobody is asked yet")
    if asked < PANEL:
        text = ngettext("%(n)d expert is asked", "%(n)d experts are asked", asked)
        return text % {"n": asked}
    return _("%(sent)d of %(asked)d reviews are in") % {"sent": sent, "asked": asked}


def _round_card(review_round: ReviewRound, counts: Counts, at: datetime, zone: str) -> RoundCard:
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
        assigned=counts.panel,
        submitted=counts.sent if counts.may_be_told else 0,
        standing=(
            _("Everybody who was asked declined")
            if counts.asked and not counts.panel
            else standing_of(counts.panel, counts.sent)
        ),
        facts=facts_of(counts, accept_first=review_round.accept_first) if counts.asked else (),
        counts=counts.may_be_told,
        step=policy_page.label_of(phases.step_of(review_round)),
        hidden=review_round.get_blindness_display(),
        group=review_round.group.name if review_round.group else "",
        when=(
            _("Closed on %(day)s") % {"day": say_day(to_wall(closed_at, zone))}
            if closed_at
            else due_sentence(review_round.due_on, at, zone)
        ),
        url=numbered("round_detail", review_round.pk),
    )
