"""How far ideas get: the list, the funnel, what Today asks for, what reports and files say."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest
from django.urls import reverse

from cop_platform.common import needs as common_needs
from cop_platform.common.reporting.sections import Profile
from experts import reference
from experts.domain import clock
from experts.enums import Role
from experts.models import Charter, Topic
from practices.domain import contributing
from practices.domain.contributing import Span
from practices.domain.ideas import funnel
from practices.domain.ideas.report.section import SECTION
from practices.enums import Given, IdeaState, Outcome
from practices.models import Idea, IdeaStep
from tests import factories as make
from tests.practices import world
from tests.reports.sections import checks

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def answered(code: str = "BG", days: int = 5, **more) -> Idea:
    added = more.pop("added_on", world.DAY)
    values = {"answered_on": added + timedelta(days=days), "answer": "Yes."}
    return world.idea(code, added_on=added, **values | more)


def walked(idea: Idea, *steps: tuple[str, int]) -> Idea:
    """Steps with the day they were taken on, counted from NOON."""
    for state, day in steps:
        at = NOON + timedelta(days=day)
        IdeaStep.objects.create(idea=idea, state=state, by=idea.author, at=at)
    idea.state = steps[-1][0]
    idea.save()
    return idea


def titles(page) -> list[str]:
    return [row.title for row in page.context["rows"]]


def test_lesson_49_decidim_15626_the_unanswered_ideas_are_the_default_list(as_user):
    later, sooner = world.idea(), world.idea(added_on=world.DAY - timedelta(days=3))
    answered()
    world.idea(merged_into=later, merged_with=later)

    page = as_user(make.user()).get(reverse("idea_list"))

    assert titles(page) == [sooner.title, later.title]
    assert "2 ideas wait for an answer" in page.content.decode()


def test_the_list_is_narrowed_searched_and_sorted(as_user):
    user = make.user()
    today = clock.today_of(user)
    topic = Topic.objects.create(charter=_charter(), name="Phones")
    old = world.idea(title="Voice notes", added_on=today - timedelta(days=40), topic=topic)
    mine = world.idea(author=user.person, title="Badges", text="for mentors", added_on=today)
    done = answered("IT", title="Evening hour", state=IdeaState.ADOPTED, added_on=today)
    done.votes.create(person=user.person, on=today)
    client = as_user(user)

    def found(**asked) -> list[str]:
        return titles(client.get(reverse("idea_list"), asked))

    assert found(show="overdue") == [old.title]
    assert found(show="mine") == [mine.title]
    assert found(show="all", state="adopted") == [done.title]
    assert found(show="all", country="IT") == [done.title]
    assert found(topic=topic.name) == [old.title]
    assert found(q="MENTORS badge") == [mine.title]
    assert found(show="all", sort="votes")[0] == done.title
    assert found(show="all", sort="newest")[-1] == old.title
    empty = client.get(reverse("idea_list"), {"state": "adopted"}).content.decode()
    assert "?state=adopted&amp;show=all" in empty
    assert client.get(reverse("idea_list"), {"state": "nonsense"}).status_code == 400


def _charter():
    return Charter.objects.create(
        cop=make.cop(make.country("BG")), domain="D", purpose="P", adopted_on=world.DAY
    )


@pytest.mark.parametrize(
    ("days", "said"),
    [(30, "Answer due in 30 days"), (1, "Answer due in 1 day"), (-2, "Answer 2 days late")],
)
def test_the_clock_of_an_idea_says_the_days_left(as_user, days, said):
    user = make.user()
    idea = world.idea(answer_due_on=clock.today_of(user) + timedelta(days=days))

    assert said in as_user(user).get(idea.get_absolute_url()).content.decode()


def test_the_list_and_the_page_ask_as_often_for_one_idea_as_for_three(
    as_user, django_assert_max_num_queries
):
    client = as_user(make.user())
    reference.countries()

    def counted(url: str) -> int:
        client.get(url)
        with django_assert_max_num_queries(60) as asked:
            client.get(url)
        return len(asked)

    idea = world.idea()
    _family(idea)
    urls = [reverse("idea_list"), idea.get_absolute_url(), reverse("idea_funnel")]
    one = [counted(url) for url in urls]
    for _n in range(2):
        _family(idea)

    assert [counted(url) for url in urls] == one


def _family(idea: Idea) -> None:
    """One of everything that the page of an idea shows."""
    parent, child, same = (world.idea(code) for code in ("BG", "IT", "EL"))
    idea.parents.add(parent)
    child.parents.add(idea)
    Idea.objects.filter(pk=same.pk).update(merged_into=idea, merged_with=idea)
    world.experiment(idea)
    IdeaStep.objects.create(idea=idea, state="tried", by=same.author, at=NOON)


def test_days_in_each_state_by_hand():
    ways = [
        walked(world.idea(), ("new", 0), ("explored", 4), ("tried", 14), ("adopted", 44)),
        walked(world.idea(), ("new", 0), ("explored", 10), ("parked", 12)),
        walked(world.idea(), ("new", 0)),
    ]

    found = funnel.collect(Idea.objects.all(), today=world.DAY, countries=reference.countries())

    told = {s.state: (s.now, s.ever, s.left, s.days) for s in found.stages}
    assert found.ideas == len(ways)
    assert told == {
        IdeaState.NEW: (1, 3, 2, 7),
        IdeaState.EXPLORED: (0, 2, 2, 6),
        IdeaState.TRIED: (0, 1, 1, 30),
        IdeaState.ADOPTED: (1, 1, 0, None),
        IdeaState.PARKED: (1, 1, 0, None),
    }


def test_answers_within_thirty_days_by_hand_and_by_country():
    answered("BG", days=2)
    answered("BG", days=30)
    answered("IT", days=31)
    world.idea("IT", added_on=world.DAY - timedelta(days=31))
    world.idea("IT", added_on=world.DAY - timedelta(days=30))

    found = funnel.collect(Idea.objects.all(), today=world.DAY, countries=reference.countries())

    told = found.answers
    assert (told.due, told.in_time, told.late, told.waiting) == (4, 2, 1, 1)
    assert told.days == 30
    assert [(c.code, c.ideas, c.answers.in_time, c.answers.due) for c in found.countries] == [
        ("BG", 2, 2, 2),
        ("IT", 3, 0, 2),
    ]


def test_the_funnel_says_how_many_answers_came_in_time(as_user):
    answered(days=3, added_on=date(2026, 1, 10))
    world.idea(added_on=date(2026, 1, 1))

    page = as_user(make.user()).get(reverse("idea_funnel")).content.decode()

    assert "1 of 2 answers came within 30 days." in page
    assert "1 idea waits longer than that." in page


def test_ideas_that_wait_are_a_need_of_their_coordinators_the_overdue_first():
    world.idea("BG", added_on=world.DAY - timedelta(days=40))
    world.idea("BG")
    world.idea("IT")

    def told(user) -> list[tuple[str, str]]:
        found = common_needs.of(user, make.NOW)
        return [(n.title, n.sentence) for n in found if "for an answer" in n.title]

    assert told(make.user(Role.COORDINATOR, "BG")) == [
        ("2 ideas wait for an answer", "1 waits longer than 30 days.")
    ]
    assert told(make.user(Role.PROJECT_MANAGER))[0][0] == "3 ideas wait for an answer"
    assert told(make.user(Role.COORDINATOR, "EL")) == []
    assert told(make.user(Role.EXPERT, "BG")) == []


def test_a_test_that_ends_is_a_need_of_its_owner():
    owner = world.member()
    idea = world.idea()
    world.experiment(idea, owner=owner, ends_on=date(2026, 11, 26))
    world.experiment(idea, owner=owner, ends_on=date(2026, 11, 27))
    world.experiment(
        idea, owner=owner, ends_on=date(2026, 11, 20), outcome=Outcome.HELD, result="Well."
    )

    found = [n for n in common_needs.of(owner.user, make.NOW) if "your test" in n.title]

    assert [need.sentence for need in found] == [
        "It ends in 2 days; two sentences are enough, also where it failed."
    ]


def test_ideas_and_tests_are_contributions():
    idea = world.idea()
    test = world.experiment(idea, owner=world.member("IT"))
    span = Span(NOON, NOON + timedelta(days=30))

    found = {(c.given, c.person_id, c.thread) for c in contributing.of(span)}

    assert (Given.IDEA, idea.author_id, f"idea:{idea.pk}") in found
    assert (Given.EXPERIMENT, test.owner_id, f"idea:{idea.pk}") in found
    alone = contributing.of(Span(span.since, span.until, frozenset({idea.author_id})))
    assert {c.person_id for c in alone} <= {idea.author_id}
    assert not contributing.of(Span(NOON - timedelta(days=9), NOON))


def test_files_hold_no_name_and_calculate_nothing(as_user):
    author = world.member(name="Ana Costa")
    world.idea(author=author, title="=1+1 by Ana Costa", text="Ask costa, ana!")
    client = as_user(make.user())

    rows = list(
        csv.reader(io.StringIO(client.get(reverse("idea_csv")).content.decode("utf-8-sig")))
    )
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("idea_xlsx")).content))
    cells = [cell.value for row in book.active.iter_rows() for cell in row]

    assert rows[1][1] == "'=1+1 by …"
    assert "=1+1 by …" in cells
    assert not any("costa" in str(cell).casefold() for cell in [*rows[1], *cells])


@pytest.mark.parametrize("profile", Profile)
def test_the_report_counts_the_ideas_of_the_period_as_they_stood_at_its_end(profile):
    adopted = answered(
        title="Voice CV by Ana Costa", became_action="A list", added_on=date(2026, 11, 2)
    )
    world.member(name="Ana Costa")
    walked(adopted, ("new", 1), ("adopted", 11))
    later = answered(added_on=date(2026, 11, 3), days=35)
    walked(later, ("new", 2), ("explored", 37))
    world.idea("IT")
    world.idea(added_on=date(2026, 10, 31))
    world.experiment(adopted)

    facts = SECTION.collect(checks.scope("BG", profile=profile))

    assert (facts.ideas, facts.tested, facts.merged) == (2, 1, 0)
    assert {s.state: s.now for s in facts.stages if s.now} == {
        IdeaState.NEW: 1,
        IdeaState.ADOPTED: 1,
    }
    assert [idea.title for idea in facts.adopted] == ["Voice CV by …"]
    assert (facts.answers.in_time, facts.answers.due) == (1, 1)
    checks.check_round_trip(SECTION, facts)
    assert checks.check_figures(SECTION, facts, profile) > 5
    found = {i.key: i.reached for i in SECTION.indicators(facts, checks.head(profile))}
    assert found == {"ideas": 2, "ideas_adopted": 1}


def test_a_report_without_ideas_says_so():
    facts = SECTION.collect(checks.scope("BG"))

    assert checks.parts(SECTION, facts) == []
    assert list(SECTION.gaps(facts, checks.head())) == ["No idea was handed in during this period."]
