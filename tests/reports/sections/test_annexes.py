"""Letters, contributions by groups, and the glossary."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from cop_platform.common.reporting.document import Paragraph, plain
from cop_platform.common.reporting.sections import Profile
from experts import reference
from experts.enums import Profession, Role
from experts.models import Expert, MailText
from feedback.reports.domain.annexes import glossary
from feedback.reviews.domain import notices
from feedback.reviews.domain.report import contributions, invitation
from sessions.enums import Answer
from sessions.models import Invitation
from tests import factories as make
from tests.feedback import world
from tests.reports.sections import checks

pytestmark = pytest.mark.django_db


def experts(number, profession, code="BG"):
    people = [make.person(code=code, name=f"Zoe Secret{n}") for n in range(number)]
    Expert.objects.bulk_create(
        Expert(person=person, profession=profession, years=3) for person in people
    )
    return people


def letter(**more):
    values = {
        "kind": notices.ASSIGNMENT,
        "language": "en",
        "version": 1,
        "subject": "Dear expert",
        "body": "Please read {title}.\n\n{desk_button}",
        "written_by": make.person(Role.PROJECT_MANAGER),
        "written_at": make.NOW,
    }
    return MailText.objects.create(**values | more)


def paragraphs(section, facts):
    (chapter,) = checks.parts(section, facts)
    return [plain(block.text) for block in chapter.blocks if isinstance(block, Paragraph)]


# --- Letters ----------------------------------------------------------------------------------


def test_the_letters_are_those_the_platform_came_with():
    said = paragraphs(invitation.SECTION, invitation.collect(checks.scope()))

    assert "Please review “{title}” v{number} by {due}" in said
    assert "You are asked to review this material:" in said
    assert "Invitation: {title}" in said


def test_the_letters_are_in_the_language_of_the_edition():
    facts = invitation.collect(checks.scope())

    with translation.override("ar"):
        arabic = paragraphs(invitation.SECTION, facts)

    assert "You are asked to review this material:" not in arabic
    assert len(arabic) == len(paragraphs(invitation.SECTION, facts))


def test_a_letter_worded_anew_is_quoted_with_its_day():
    letter()
    letter(version=2, subject="Dear colleague")
    letter(version=3, subject="Too late", written_at=timezone.now().replace(year=2027))

    facts = invitation.collect(checks.scope())
    said = paragraphs(invitation.SECTION, facts)

    assert "Dear colleague" in said
    assert "Worded so by the project since 24 November 2026." in said
    assert "Too late" not in said
    checks.check_round_trip(invitation.SECTION, facts)


def test_a_letter_that_was_put_back_is_the_standard_one_again():
    letter()
    letter(version=2, subject="", body="")

    assert invitation.collect(checks.scope()).edited == ()


# --- Contributions ----------------------------------------------------------------------------


def test_roles_are_added_up_and_small_ones_merged():
    workers = experts(5, Profession.CASE_WORKER)
    others = experts(2, Profession.PSYCHOLOGIST) + experts(3, Profession.RESEARCHER)
    found = world.review_round()
    for person in (*workers[:3], others[0]):
        world.annotated(world.answered(found, person, "2"))
    session = make.cop_session("BG")
    for person in workers[:2]:
        asked = make.invitation(session, person)
        Invitation.objects.filter(pk=asked.pk).update(answer=Answer.YES, answered_at=make.NOW)

    facts = contributions.collect(checks.scope())

    assert [(g.role, g.people, g.reviews, g.remarks, g.meetings) for g in facts.groups] == [
        ("case_worker", 5, 3, 6, 2),
        ("other", 5, 1, 2, 0),
    ]
    assert checks.check_figures(contributions.SECTION, facts) == 8
    checks.check_round_trip(contributions.SECTION, facts)


@pytest.mark.parametrize(("days", "told"), [(0, None), (1, 5)])
def test_who_left_before_the_period_is_not_counted(days, told):
    scope = checks.scope()
    first = date.fromisoformat(scope.start)
    for person in experts(5, Profession.CASE_WORKER):
        person.memberships.update(
            joined_on=first - timedelta(days=9), left_on=first + timedelta(days=days)
        )

    [group] = contributions.collect(scope).groups or [None]

    assert (group and group.people) == told


def test_of_fewer_than_five_experts_nothing_is_told():
    people = experts(4, Profession.CASE_WORKER)
    world.answered(world.review_round(), people[0], "2")

    facts = contributions.collect(checks.scope())

    assert facts.groups == (contributions.GroupFacts("other", None, 0, 0, 0),)


@pytest.mark.parametrize("profile", Profile)
def test_no_expert_is_named_or_ranked(profile):
    people = experts(6, Profession.CASE_WORKER)
    found = world.review_round()
    codes = [world.answered(found, person, "2").reviewer_code for person in people]

    facts = contributions.collect(checks.scope(profile=profile))
    said = checks.everything(contributions.SECTION, facts, profile)

    assert "Zoe Secret" not in said
    assert [code for code in codes if str(code) in said] == []


def test_a_country_without_experts_has_no_such_annex():
    facts = contributions.collect(checks.scope())

    assert checks.parts(contributions.SECTION, facts) == []


def test_three_experts_take_as_many_questions_as_one(django_assert_num_queries):
    reference.countries()
    world.answered(world.review_round(), experts(1, Profession.CASE_WORKER)[0], "2")
    scope = checks.scope()
    with django_assert_num_queries(6) as first:
        contributions.collect(scope)
    found = world.review_round()
    for person in experts(3, Profession.RESEARCHER):
        world.answered(found, person, "2")
    make.cop_session("BG", day=date(2026, 11, 26))

    with django_assert_num_queries(len(first)):
        contributions.collect(scope)


# --- Glossary ---------------------------------------------------------------------------------


def test_every_term_is_explained_once():
    terms = [term for term, _meaning in glossary.terms()]

    assert len(terms) == len(set(terms)) > 24


@pytest.mark.parametrize("profile", Profile)
def test_the_glossary_stands_in_every_edition(profile):
    facts = glossary.collect(checks.scope(profile=profile))

    rows = checks.table(checks.parts(glossary.SECTION, facts, profile), "glossary").rows

    assert len(rows) == len(glossary.terms())
    checks.check_round_trip(glossary.SECTION, facts)
