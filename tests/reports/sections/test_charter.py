"""The charter a report quotes is the one that held at the end of its period."""

from __future__ import annotations

from datetime import date

import pytest

from cop_platform.common.reporting.document import Heading, Paragraph, plain
from cop_platform.common.reporting.sections import Profile
from experts.domain.report.charter import SECTION
from experts.enums import CharterState
from experts.models import Charter, Topic
from tests import factories as make
from tests.reports.sections import checks

pytestmark = pytest.mark.django_db


def charter(code="BG", version=1, day=date(2025, 9, 1), **more):
    values = {"domain": "Portfolios of newcomers", "purpose": "Nobody starts from zero.\nNever."}
    made = Charter.objects.create(
        cop=make.cop(make.country(code)), version=version, adopted_on=day, **values | more
    )
    for name in ("Rights", "Language"):
        Topic.objects.create(charter=made, name=name)
    return made


def read(*codes):
    return SECTION.collect(checks.scope(*codes))


def test_the_version_of_the_periods_end_is_quoted():
    charter(version=1, state=CharterState.SUPERSEDED)
    charter(
        version=2,
        day=date(2026, 11, 30),
        domain="Portfolios and skills",
        state=CharterState.SUPERSEDED,
    )
    charter(version=3, day=date(2026, 12, 1), domain="Later")

    (facts,) = read().charters

    assert (facts.version, facts.domain) == (2, "Portfolios and skills")
    assert facts.topics == ("Language", "Rights")
    checks.check_round_trip(SECTION, read())


@pytest.mark.parametrize("profile", Profile)
def test_the_chapter_quotes_domain_purpose_and_topics(profile):
    charter()

    (chapter,) = checks.parts(SECTION, read(), profile)

    said = [plain(block.text) for block in chapter.blocks if isinstance(block, Paragraph)]
    assert said[1:] == [
        "CoP Bulgaria: charter in version 1, adopted on 1 September 2025.",
        "Portfolios of newcomers",
        "Nobody starts from zero.",
        "Never.",
    ]
    assert [plain(item) for item in checks.bullets([chapter])] == ["Language", "Rights"]


def test_countries_are_told_apart_by_their_names():
    charter("BG")
    charter("EL")

    (chapter,) = checks.parts(SECTION, read("BG", "EL"))

    names = [b.text for b in chapter.blocks if isinstance(b, Heading) and b.level == 2]
    assert {b.level for b in chapter.blocks if isinstance(b, Heading)} == {2, 3}
    assert names == ["Bulgaria", "Greece"]


def test_a_community_without_a_charter_is_named():
    facts = read("BG", "IT")

    assert checks.parts(SECTION, facts) == []
    assert list(SECTION.gaps(facts, checks.head())) == [
        "No charter was adopted by the end of the period in: BG and IT."
    ]
    assert SECTION.newest(facts) == ""


@pytest.mark.parametrize("typed", checks.HOSTILE)
def test_words_of_a_charter_are_never_read(typed):
    charter(domain=typed.replace("\0", "")[:150])
    facts = read()

    (chapter,) = checks.parts(SECTION, facts)

    assert facts.charters[0].domain in [
        plain(b.text) for b in chapter.blocks if isinstance(b, Paragraph)
    ]


def test_three_countries_take_as_many_questions_as_one(django_assert_num_queries):
    charter("BG")
    charter("EL")
    charter("IT")
    one, three = checks.scope("BG"), checks.scope("BG", "EL", "IT")

    with django_assert_num_queries(3):
        SECTION.collect(one)
    with django_assert_num_queries(3):
        assert len(SECTION.collect(three).charters) == 3
