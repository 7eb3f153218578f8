"""Themes by reach: who is counted, whose words are quoted, and what a report keeps to itself."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cop_platform.common.reporting.document import Figure, Quote, Table
from cop_platform.common.reporting.drawings import ThemeMap
from cop_platform.common.reporting.sections import Profile
from experts import reference
from experts.enums import Role
from feedback.reviews.domain import change_source
from feedback.reviews.domain.report.theme_facts import Tone
from feedback.reviews.domain.report.themes import SECTION
from feedback.reviews.enums import Mark
from feedback.reviews.models import Rating
from tests import factories as make
from tests.feedback import world
from tests.feedback.changes import asking
from tests.reports.sections import checks

pytestmark = pytest.mark.django_db


def read(*codes, **more):
    return SECTION.collect(checks.scope(*codes, **more))


def panel(number, *scores, code="BG", found=None, **more):
    """A round and so many reviews of it with these scores."""
    found = found or world.review_round(code)
    people = [make.person(code=code, name=f"Zoe Secret{n}") for n in range(number)]
    for person in people:
        world.answered(found, person, *scores, **more)
    return found, people


def closed(number, *scores, **more):
    found, people = panel(number, *scores, **more)
    return world.gone_on(found, "closed"), people


def test_remarks_to_one_question_are_a_theme_with_its_reach():
    closed(5, "2", "2", comment="The sentences are too long.")

    facts = read()

    assert [(t.code, t.tone, t.panels, t.people, t.remarks) for t in facts.themes] == [
        ("C1", Tone.REMARK, 1, 5, 5),
        ("C2", Tone.REMARK, 1, 5, 5),
    ]
    assert facts.newest == "2026-11-24"


def test_what_fewer_than_five_people_raised_is_not_counted_out():
    closed(4, "2")

    (theme,) = read().themes

    assert (theme.people, theme.remarks) == (None, 4)


def test_a_person_who_says_it_in_two_rounds_is_one_person():
    people = [make.person() for _n in range(5)]
    for _n in range(2):
        found = world.review_round()
        for person in people:
            world.answered(found, person, "2")
        world.gone_on(found, "closed")

    (theme,) = read().themes

    assert (theme.panels, theme.people, theme.remarks) == (2, 5, 10)


@pytest.mark.parametrize(
    ("mark", "tone"),
    [
        (Mark.MUST, Tone.REMARK),
        (Mark.SHOULD, Tone.REMARK),
        (Mark.IDEA, Tone.IDEA),
        (Mark.PRAISE, Tone.PRAISE),
    ],
)
def test_annotations_count_as_they_are_meant(mark, tone):
    found = world.review_round()
    criterion = found.rubric.criteria.get(code="C4")
    for n in range(3):
        sent = world.answered(found, make.person())
        world.annotated(sent, f"My group liked part {n}.", mark=mark, criterion=criterion)
    world.gone_on(found, "closed")

    (theme,) = read().themes

    assert (theme.code, theme.tone, theme.remarks) == ("C4", tone, 3)


def test_the_farthest_reach_stands_first():
    closed(3, "4", "2")
    closed(6, "2")

    assert [theme.code for theme in read().themes] == ["C1", "C2"]


@pytest.mark.parametrize(
    ("phase", "agency", "public"),
    [
        ("independent", 0, 0),
        ("discussion", 0, 0),
        ("response", 1, 0),
        ("decision", 1, 0),
        ("closed", 1, 1),
    ],
)
def test_nothing_is_told_while_reviews_are_still_written(phase, agency, public):
    found, _people = panel(3, "2")
    if phase != "independent":
        world.gone_on(found, phase)

    for profile, rounds in ((Profile.AGENCY, agency), (Profile.PUBLIC, public)):
        facts = read(profile=profile)
        assert (facts.rounds, len(facts.themes), facts.running) == (rounds, rounds, 1 - rounds)


def test_a_panel_of_two_says_nothing():
    closed(2, "1", comment="Only two said this.")

    facts = read()

    assert (facts.themes, facts.questions, facts.splits, facts.small) == ((), (), (), 1)
    assert "Only two" not in checks.everything(SECTION, facts)
    assert (
        "The remarks of 1 round are left out: so few experts sent a review that they could be "
        "recognised." in SECTION.gaps(facts, checks.head())
    )


def test_only_experts_of_the_country_count():
    found = world.review_round(None)
    panel(3, "2", found=found, code="BG", comment="From here.")
    panel(3, "2", found=found, code="IT", comment="From there.")
    world.gone_on(found, "closed")

    (theme,) = read("BG").themes
    (whole,) = read("BG", "IT").themes

    assert (theme.panels, theme.remarks) == (1, 3)
    assert {quote.text for quote in theme.quotes} == {"From here."}
    assert (whole.panels, whole.people) == (2, 6)


def test_two_people_are_quoted_in_their_language():
    found = world.review_round()
    for comment in (
        "Das ist für meine Gruppe nicht zu verstehen.",
        "Η πρόταση είναι πολύ μεγάλη για την ομάδα μου.",
        "No.",
    ):
        world.answered(found, make.person(), "2", comment=comment)
    world.gone_on(found, "closed")

    quotes = [b for b in checks.parts(SECTION, read())[0].blocks if isinstance(b, Quote)]

    assert [quote.language for quote in quotes] == ["el", "de"]
    assert quotes[0].said_by.startswith("An expert on ")


def test_the_same_words_are_quoted_once():
    closed(3, "2", "2", comment="The sentences are too long for my group.")

    themes = read().themes

    assert [len(theme.quotes) for theme in themes] == [1, 0]


def test_questions_that_most_answers_call_met_are_strengths():
    closed(5, "2")

    strengths = list(SECTION.strengths(read(), checks.head()))

    assert len(strengths) == 9
    assert all(text.startswith("100% of all answers say mostly or fully") for text in strengths)


def test_a_quote_is_cut_and_names_nobody():
    make.person(Role.COORDINATOR, name="Vesna Petrova")
    closed(3, "2", comment="Ask Vesna Petrova (vesna@example.org) about it. " + "More. " * 90)

    quotes = read().themes[0].quotes

    assert [len(quote.text) <= 241 for quote in quotes] == [True]
    assert "Petrova" not in quotes[0].text
    assert "@" not in quotes[0].text


def test_the_public_reads_the_ledgers_words_alone():
    version = world.version()
    found = asking.closed_round(version=version)
    first, second, _third = asking.comments(found)
    manager = make.user(Role.PROJECT_MANAGER)
    change = asking.raised(first, manager)
    asking.decided(change, asking.owner_of(version), public_asked="Update the law in part one.")
    asking.raised(second, manager)

    public, agency = read(profile=Profile.PUBLIC), read()

    assert [quote.text for quote in public.themes[0].quotes] == ["Update the law in part one."]
    assert "The law of part" not in checks.everything(SECTION, public, Profile.PUBLIC)
    assert {quote.text for quote in agency.themes[0].quotes} <= {
        f"The law of part {n} has changed." for n in range(3)
    }


def test_a_divided_panel_is_found():
    found = world.review_round()
    for scores in (("4", "2", "3"), ("4", "4", "3"), ("1", "4", "2"), ("1", "4", "4")):
        world.answered(found, make.person(), *scores)
    world.gone_on(found, "closed")

    splits = read().splits

    assert [(s.code, s.fully, s.lacking, s.answers) for s in splits] == [
        ("C1", 2, 2, 4),
        ("C2", 3, 1, 4),
        ("C3", 1, 1, 4),
    ]


def test_praise_of_five_people_is_a_strength():
    found = world.review_round()
    criterion = found.rubric.criteria.get(code="C5")
    for _n in range(5):
        sent = world.answered(found, make.person())
        world.annotated(sent, "", mark=Mark.PRAISE, criterion=criterion)
    world.gone_on(found, "closed")

    facts = read()

    assert next(iter(SECTION.strengths(facts, checks.head()))) == (
        f"5 experts praised what they read for “{criterion.text}”"
    )
    assert facts.themes[0].quotes == ()


@pytest.mark.parametrize("profile", Profile)
def test_every_figure_stands_in_the_dataset(profile):
    closed(6, "2", "1")
    closed(3, "4", "2")
    facts = read(profile=profile)

    assert checks.check_figures(SECTION, facts, profile) >= 6
    checks.check_round_trip(SECTION, facts)
    figure = next(b for b in checks.parts(SECTION, facts)[0].blocks if isinstance(b, Figure))
    assert isinstance(figure.drawing, ThemeMap)


def test_small_themes_give_a_table_without_a_map():
    closed(3, "2")

    blocks = checks.parts(SECTION, read())[0].blocks

    assert not any(isinstance(block, Figure) for block in blocks)
    assert any(isinstance(block, Table) and block.key == "themes" for block in blocks)


@pytest.mark.parametrize("profile", Profile)
def test_no_reviewer_can_be_found_out(profile):
    found, people = closed(6, "2")
    codes = found.assignments.values_list("reviewer_code", "pk")
    keys = Rating.objects.exclude(comment="").values_list("pk", flat=True)

    said = checks.everything(SECTION, read(profile=profile), profile)

    tokens = [person.name for person in people] + [person.email for person in people]
    tokens += [str(token) for pair in codes for token in pair] + [str(key) for key in keys]
    assert [token for token in tokens if len(token) > 6 and token in said] == []
    assert change_source.RATING not in said


def test_without_reviews_the_limits_say_so():
    facts = read()

    assert checks.parts(SECTION, facts) == []
    assert list(SECTION.gaps(facts, checks.head())) == [
        "No remark of an expert can be told.",
    ]
    checks.check_figures(SECTION, facts)
    checks.check_round_trip(SECTION, facts)


@pytest.mark.parametrize("comment", checks.HOSTILE)
def test_comments_are_never_read(comment):
    closed(3, "2", comment=comment.replace("\0", ""))

    facts = read()

    quotes = [b for b in checks.parts(SECTION, facts)[0].blocks if isinstance(b, Quote)]
    assert [quote.text for quote in quotes] == [quote.text for quote in facts.themes[0].quotes]


def test_reviews_of_later_days_do_not_count():
    closed(3, "2")

    assert read(at=datetime(2026, 11, 23, 12, 0, tzinfo=UTC)).themes == ()


@pytest.mark.parametrize("profile", Profile)
def test_three_rounds_take_as_many_questions_as_one(django_assert_num_queries, profile):
    closed(3, "2")
    reference.countries()
    scope = checks.scope(profile=profile)
    with django_assert_num_queries(9) as first:
        SECTION.collect(scope)
    closed(3, "2", "4")
    closed(3, "1", "2")

    with django_assert_num_queries(len(first)):
        assert SECTION.collect(scope).rounds == 3
