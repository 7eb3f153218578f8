"""“You said, we did”: what came of each request, and what of it the public reads."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cop_platform.common.reporting.document import Figure, plain
from cop_platform.common.reporting.sections import Formula, Profile
from experts import reference
from experts.enums import Role
from feedback.changes.domain import ledger
from feedback.changes.domain.report.facts import Came
from feedback.changes.domain.report.section import SECTION
from feedback.changes.enums import Decision, Severity
from feedback.changes.models import ChangeRequest
from tests import factories as make
from tests.feedback import world
from tests.feedback.changes import asking
from tests.reports.sections import checks

pytestmark = pytest.mark.django_db


def read(*codes, **more):
    return SECTION.collect(checks.scope(*codes, **more))


def done(change, **more):
    """A decided request, shown in the next version."""
    newer = make.version(change.material, **more)
    ChangeRequest.objects.filter(pk=change.pk).update(done_in=newer)
    return newer


@pytest.fixture
def asked():
    """One request done, one accepted, one declined, one open, one merged into it."""
    manager = make.user(Role.PROJECT_MANAGER)
    version = world.version()
    owner = asking.owner_of(version)
    rows = [asking.typed(version, by=manager, asked=f"Change part {n} please.") for n in range(5)]
    asking.decided(rows[0], owner, public_asked="Part 0 is shorter.", reason="Too long, yes.")
    done(rows[0])
    asking.decided(rows[1], owner, Decision.ADAPT)
    asking.decided(rows[2], owner, Decision.DECLINE, reason="The law forbids it.")
    ledger.merge(change_id=rows[4].pk, into_id=rows[3].pk, by=manager, at=make.NOW)
    return rows


def test_each_request_came_to_one_thing(asked):
    facts = read()

    assert [change.came for change in facts.changes] == [
        Came.DONE,
        Came.WAITING,
        Came.DECLINED,
        Came.OPEN,
        Came.MERGED,
    ]
    counts = facts.counts
    assert counts.asked == counts.merged + counts.declined + counts.open + counts.accepted == 5
    assert (counts.accepted, counts.waiting, counts.done, counts.decided) == (2, 1, 1, 3)


def test_the_agency_reads_words_as_asked_with_evidence(asked):
    facts = read()

    first, last = facts.changes[0], facts.changes[-1]
    assert (first.asked, first.public) == ("Change part 0 please.", "Part 0 is shorter.")
    assert first.number == asked[0].pk
    assert first.done_in == 2
    assert len(first.evidence) == 64
    assert (first.reason, first.decided_on) == ("Too long, yes.", "2026-11-24")
    assert last.part_of == asked[3].pk


def test_the_public_reads_decisions_in_public_words(asked):
    facts = read(profile=Profile.PUBLIC)

    said = checks.everything(SECTION, facts, Profile.PUBLIC)

    assert [change.came for change in facts.changes] == [Came.DONE, Came.WAITING, Came.DECLINED]
    assert [change.number for change in facts.changes] == [1, 2, 3]
    assert "Change part" not in said
    assert "Part 0 is shorter." in said
    assert "A change that is not worded for the public." in said
    assert facts.counts == read().counts


def test_a_decision_after_the_period_is_still_to_come():
    version = world.version()
    late = asking.typed(version)
    later = checks.LATER - timedelta(days=10)
    asking.decided(late, asking.owner_of(version), at=later)

    before, after = read(at=later - timedelta(seconds=1)), read()

    assert [change.came for change in before.changes] == [Came.OPEN]
    assert [change.reason for change in before.changes] == [""]
    # The period ends in November, the decision was made in December.
    assert [change.came for change in after.changes] == [Came.OPEN]


def test_a_version_after_the_period_does_not_show_it_yet():
    version = world.version()
    change = asking.typed(version)
    asking.decided(change, asking.owner_of(version))
    done(change, uploaded_at=datetime(2026, 12, 2, tzinfo=UTC))

    (row,) = read().changes

    assert (row.came, row.done_in, row.evidence) == (Came.WAITING, None, "")


def test_what_others_asked_and_other_days_stay_out():
    asking.typed(world.version(make.person(Role.COORDINATOR, "BG")), code="IT")
    earlier = asking.typed(world.version())
    ChangeRequest.objects.filter(pk=earlier.pk).update(raised_on="2026-10-31")

    assert read("BG").changes == ()
    assert read("IT").counts.asked == 1
    assert read("BG", "IT").counts.asked == 1


def test_comments_of_open_rounds_are_not_told_to_anybody():
    found = asking.closed_round()
    manager = make.user(Role.PROJECT_MANAGER)
    asking.raised(asking.comments(found)[0], manager)
    type(found).objects.filter(pk=found.pk).update(closed_at=None)

    facts = read()

    assert (facts.changes, facts.counts.asked, facts.held_back) == ((), 0, True)
    assert "Changes asked for in rounds that are still open are not told yet." in SECTION.gaps(
        facts, checks.head()
    )


@pytest.mark.parametrize("profile", Profile)
def test_nobody_is_named(profile):
    make.person(Role.COORDINATOR, name="Vesna Petrova")
    version = world.version()
    change = asking.typed(version, asked="Vesna Petrova (v@example.org) wants it.")
    asking.decided(
        change,
        asking.owner_of(version),
        reason="As Petrova, Vesna said.",
        public_asked="Vesna Petrova",
    )

    said = checks.everything(SECTION, read(profile=profile), profile)

    assert "Petrova" not in said
    assert "@" not in said
    assert version.material.owner.name not in said


@pytest.mark.parametrize("profile", Profile)
def test_every_figure_stands_in_the_dataset(asked, profile):
    facts = read(profile=profile)

    assert checks.check_figures(SECTION, facts, profile) >= 12
    checks.check_round_trip(SECTION, facts)


def test_the_waterfall_falls_to_what_was_done(asked):
    (chapter, _annex) = checks.parts(SECTION, read())

    figure = next(block for block in chapter.blocks if isinstance(block, Figure))

    columns = [(fall.value, fall.total) for fall in figure.drawing.columns]
    assert columns == [
        (5, True),
        (-1, False),
        (-1, False),
        (-1, False),
        (2, True),
        (-1, False),
        (1, True),
    ]
    assert "Asked: 5" in figure.alt


def test_declined_requests_stand_with_their_reasons(asked):
    rows = checks.table(checks.parts(SECTION, read()), "changes-declined").rows

    assert [plain(row[2].text) for row in rows] == ["The law forbids it."]


def test_the_ledger_counts_itself_by_formulas(asked):
    changes, counted = SECTION.sheets(read(), checks.head())

    assert len(changes.rows) == 5
    assert all(len(row) == len(changes.columns) for row in changes.rows)
    assert counted.rows[-1] == ["Done", Formula("=COUNTIF('Changes'!I$2:I$6,A{row})", 1)]
    assert sum(row[1].value for row in counted.rows) == 5


def test_critical_ones_left_open_are_what_to_do_next(asked):
    ChangeRequest.objects.filter(pk=asked[3].pk).update(severity=Severity.CRITICAL)

    advice = list(SECTION.recommendations(read(), checks.head()))

    assert advice == [
        "Decide on 1 critical change before its material is used.",
        "Bring out a version that shows 1 accepted change.",
    ]


def test_without_requests_there_is_no_chapter():
    facts = read()

    assert checks.parts(SECTION, facts) == []
    assert list(SECTION.sheets(facts, checks.head())) == []
    assert list(SECTION.gaps(facts, checks.head())) == ["No change was asked for in this period."]
    assert [i.reached for i in SECTION.indicators(facts, checks.head())] == [0, 0, 0]
    checks.check_figures(SECTION, facts)


@pytest.mark.parametrize("typed", checks.HOSTILE)
def test_words_are_never_read(typed):
    version = world.version()
    change = asking.typed(version, asked=typed.replace("\0", ""))
    asking.decided(change, asking.owner_of(version), reason=typed.replace("\0", ""))

    facts = read()

    (row,) = checks.table(checks.parts(SECTION, facts), "changes-ledger").rows
    assert plain(row[2].text).startswith(facts.changes[0].asked)
    assert plain(row[4].text).endswith(facts.changes[0].reason)


def test_three_requests_take_as_many_questions_as_one(django_assert_num_queries):
    version = world.version()
    asking.typed(version)
    reference.countries()
    scope = checks.scope()
    with django_assert_num_queries(3):
        SECTION.collect(scope)
    done(asking.typed(version))
    asking.decided(asking.typed(version), asking.owner_of(version))

    with django_assert_num_queries(3):
        assert SECTION.collect(scope).counts.asked == 3
