"""Section 5 of the domain on the demo: each figure beside the same one counted anew, by hand.

Nothing of the code under test counts here but the stream of contributions, which is itself read
from the rows of nine parts.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from itertools import combinations, pairwise
from statistics import mean, median, pstdev

import pytest
from django.utils import timezone

from experts.models import CommunityOfPractice, Country, Membership
from feedback.changes.models import ChangeRequest
from practices.domain import contributing
from practices.domain.health import kept, upper
from practices.models import Adoption, Idea, Practice, PracticeVersion, PulseTally, Question
from sessions.models import ActionItem, CopSession

pytestmark = pytest.mark.django_db
QUARTER, HALF, YEAR = (timedelta(days=n) for n in (90, 180, 365))
TYING = {"answer", "comment", "adoption", "help"}


@pytest.fixture
def at() -> datetime:
    return timezone.now()


@pytest.fixture
def shown(at):
    """What the page says of the project, by the key of the figure."""
    counted = kept.count(at, tuple(Country.objects.values_list("pk", flat=True)))
    return lambda key: counted.figure(key).now.value


def members() -> dict[int, int]:
    """Country by person: the experts of the communities."""
    rows = Membership.objects.current().filter(role="expert", cop__country__isnull=False)
    return {row.person_id: row.cop.country_id for row in rows.select_related("cop")}


def ended(at: datetime, since: timedelta) -> list[CopSession]:
    """Sessions that ended in the time before `at`, without the cancelled ones."""
    rows = CopSession.objects.filter(ends_at__gt=at - since, ends_at__lte=at)
    return list(rows.filter(cancelled_at=None).prefetch_related("invitations", "host_cops"))


def said_yes(session: CopSession) -> list[int]:
    """Who accepted this state of the session, not an earlier one."""
    return [
        one.person_id
        for one in session.invitations.all()
        if one.answer == "yes"
        and (one.answered_sequence is None or one.answered_sequence >= session.sequence)
    ]


def given(at: datetime, since: timedelta, *, sessions: bool = False):
    span = contributing.Span(at - since, at)
    # Some parts know only the day and tell it whole.
    told = [one for one in contributing.of(span) if one.at >= at - since]
    return [one for one in told if sessions or one.given != "session"]


def ties(at: datetime) -> set[tuple[int, int]]:
    people = members()
    return {
        (one.person_id, one.to_id)
        for one in given(at, QUARTER)
        if one.given in TYING
        and one.person_id in people
        and one.to_id in people
        and one.person_id != one.to_id
    }


def test_participation_is_the_mean_of_the_sessions(at, shown):
    shares = [
        len(said_yes(one)) / one.invitations.count()
        for one in ended(at, QUARTER)
        if one.invitations.count()
    ]

    assert shown("participation") == pytest.approx(mean(shares))


def test_the_core_is_who_comes_and_gives(at, shown):
    asked, came, gave = Counter(), Counter(), Counter()
    for session in ended(at, HALF):
        asked.update(one.person_id for one in session.invitations.all())
        came.update(said_yes(session))
    gave.update(one.person_id for one in given(at, HALF))
    scores = [
        (came[one] / asked[one] if asked[one] else 0) + min(gave[one] / 6, 1) for one in members()
    ]

    assert len(scores) == 54
    assert shown("levels") == pytest.approx(sum(score >= 1.4 for score in scores) / 54)


def test_reciprocity_is_the_share_of_pairs_that_give_both_ways(at, shown):
    found = ties(at)
    connected = {frozenset(tie) for tie in found}
    mutual = {frozenset(tie) for tie in found if tie[::-1] in found}

    assert connected
    assert shown("reciprocity") == pytest.approx(len(mutual) / len(connected))


def test_ties_across_borders_beside_those_of_chance(at, shown):
    country = members()
    connected = {frozenset(tie) for tie in ties(at)}
    external = sum(len({country[one] for one in pair}) == 2 for pair in connected)
    internal = len(connected) - external
    pairs = list(combinations(country.values(), 2))
    within = sum(one == other for one, other in pairs)

    assert shown("cross_country") == pytest.approx((external - internal) / (external + internal))
    assert (within, len(pairs)) == (221, 1431)
    chance = kept.count(at, ()).figure("cross_country").now.chance
    assert chance == pytest.approx(1 - 2 * 221 / 1431)


def test_hours_to_the_first_answer_and_who_still_waits(at, shown):
    asked = Question.objects.filter(checked_at__gte=at - QUARTER, checked_at__lt=at)
    took = sorted(
        (one.first_answer_at - one.checked_at).total_seconds() / 3600
        for one in asked
        if one.first_answer_at
    )
    waiting = [
        one
        for one in asked
        if not one.first_answer_at and not one.closed_at and at - one.checked_at > timedelta(days=7)
    ]

    assert shown("first_answer") == pytest.approx(median(took))
    assert shown("slow_answer") == pytest.approx(took[math.ceil(0.9 * len(took)) - 1])
    assert shown("waiting") == len(waiting)


def test_interaction_is_the_number_of_voices_in_a_thread(at, shown):
    threads = defaultdict(set)
    for one in given(at, QUARTER):
        if one.thread:
            threads[one.thread].add(one.person_id)
    # A thread of which no member is part is not the communities'.
    sizes = [len(who) for who in threads.values() if who & set(members())]

    assert shown("interaction") == pytest.approx(mean(sizes))


def test_reuse_is_the_share_of_old_practices_adopted_elsewhere(at, shown):
    day = at.date()
    old, used = 0, 0
    for practice in Practice.objects.all():
        days = PracticeVersion.objects.filter(practice=practice, step="published")
        first = min((one.published_on for one in days), default=day)
        if first < day - QUARTER and not (practice.retired_on and practice.retired_on <= day):
            old += 1
            adopted = Adoption.objects.filter(version__practice=practice, adopted_on__lte=day)
            used += adopted.exclude(partner_id=practice.partner_id).exists()

    assert old > 0
    assert shown("reuse") == pytest.approx(used / old)


def test_ideas_that_were_acted_on_and_answered(at, shown):
    day = at.date()
    ideas = list(Idea.objects.standing().prefetch_related("experiments"))

    def acted(idea: Idea) -> bool:
        tested = [one.starts_on for one in idea.experiments.all()]
        done = ActionItem.objects.filter(origin_kind="idea", origin_id=idea.pk, state="done")
        return any(one <= day for one in [*tested, *done.values_list("settled_on", flat=True)])

    old = [one for one in ideas if one.added_on < day - timedelta(days=60)]
    due = [one for one in ideas if one.added_on < day - timedelta(days=30)]
    in_time = [
        one for one in due if one.answered_on and (one.answered_on - one.added_on).days <= 30
    ]

    assert shown("ideas_acted") == pytest.approx(sum(map(acted, old)) / len(old))
    assert shown("ideas_answered") == pytest.approx(len(in_time) / len(due))


def test_retention_and_activation(at, shown):
    people = members()
    then, now = (
        {one.person_id for one in given(moment, QUARTER, sessions=True)} & set(people)
        for moment in (at - QUARTER, at)
    )
    assert shown("retention") == pytest.approx(len(then & now) / len(then))

    joined: dict[int, date] = {}
    for row in Membership.objects.current().filter(role="expert", cop__country__isnull=False):
        joined[row.person_id] = min(row.joined_on, joined.get(row.person_id, row.joined_on))
    last = at.date() - timedelta(days=60)
    fresh = {one: day for one, day in joined.items() if last - QUARTER <= day < last}
    gave = {
        one.person_id
        for one in given(at, HALF + QUARTER, sessions=True)
        if one.person_id in fresh and 0 <= (one.at.date() - fresh[one.person_id]).days <= 60
    }
    expected = len(gave) / len(fresh) if fresh else None
    assert shown("activation") == (expected if expected is None else pytest.approx(expected))


def test_rhythm_and_the_months_with_a_session(at, shown):
    held = ended(at, YEAR)
    rhythms, met, due = [], 0, 0
    for cop in CommunityOfPractice.objects.filter(country__isnull=False):
        own = [one for one in held if cop in one.host_cops.all()]
        days = sorted({one.wall_day for one in own})
        gaps = [(after - before).days for before, after in pairwise(days)]
        if gaps:
            rhythms.append(max(0, 1 - pstdev(gaps) / mean(gaps)))
        months = _months(max(cop.started_on, at.date() - YEAR), at.date())
        days_met = CopSession.objects.filter(
            host_cops=cop, ends_at__lte=at, cancelled_at=None
        ).values_list("wall_day", flat=True)
        met += len(months & {(day.year, day.month) for day in days_met})
        due += len(months)

    assert shown("rhythm") == pytest.approx(mean(rhythms))
    assert shown("covered") == pytest.approx(met / due)


def _months(first: date, last: date) -> set[tuple[int, int]]:
    """The months from that of `first` to the one before that of `last`."""
    begin, end = (12 * day.year + day.month - 1 for day in (first, last))
    return {(month // 12, month % 12 + 1) for month in range(begin, end)}


def test_voice_balance_is_one_minus_gini(at, shown):
    gave = Counter(one.person_id for one in given(at, QUARTER))
    amounts = [gave[one] for one in members()]
    apart = sum(abs(one - other) for one in amounts for other in amounts)

    assert shown("voice") == pytest.approx(1 - apart / (2 * len(amounts) * sum(amounts)))


def test_changes_decided_of_those_that_are_told(at, shown):
    changes = upper.asked_since((at - YEAR).date())
    decided = [one for one in changes if one.decided_on and one.decided_on <= at.date()]
    told = [
        (one.told_on - one.raised_on).days
        for one in changes
        if one.told_on and one.told_on <= at.date()
    ]

    assert 0 < len(changes) <= ChangeRequest.objects.count()
    assert shown("loop") == pytest.approx(len(decided) / len(changes))
    assert shown("told") == (median(told) if told else None)


def test_validated_is_the_share_of_needed_editions(at, shown):
    cells = upper.cells(at.date())

    required, validated = (sum(getattr(one, n) for one in cells) for n in ("required", "validated"))
    assert shown("validated") == pytest.approx(validated / required)


@pytest.mark.parametrize("question", ["useful", "heard", "will_use"])
def test_the_pulse_is_the_mean_of_the_last_quarter_that_is_over(at, shown, question):
    this = date(at.year, at.month - (at.month - 1) % 3, 1)
    rows = PulseTally.objects.filter(quarter__lt=this, question=question)
    last = rows.order_by("-quarter").first().quarter
    scores = [row.score for row in rows.filter(quarter=last) for _one in range(row.count)]

    assert shown(f"pulse_{question}") == pytest.approx(mean(scores))
