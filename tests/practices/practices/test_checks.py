"""From a draft to a published practice: two checks, by two people, neither of whom wrote it."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from cop_platform.common import needs
from cop_platform.common.refusals import Refused
from experts.enums import CharterState, Role
from experts.models import User
from practices.domain.practices import cards, checking, topics
from practices.domain.practices.cards import About, Card
from practices.enums import CheckStep
from practices.models import Practice, PracticeVersion
from tests import factories as make
from tests.practices import world

pytestmark = pytest.mark.django_db
CARD = Card(language="en", title="Two columns", need="Words are missing.", steps="Fold a sheet.")
ABOUT = About(started_on=date(2026, 9, 1))


def account(person) -> User:
    return User.objects.get(pk=person.user_id)


def coordinator(code="BG", **more) -> User:
    return make.user(Role.COORDINATOR, code, **more)


def expert(code="IT", **more) -> User:
    return make.user(Role.EXPERT, code, **more)


def submitted(**more) -> PracticeVersion:
    return world.draft(step=CheckStep.SUBMITTED, submitted_on=world.DAY, **more)


def screened(by: User, **more) -> PracticeVersion:
    return checking.passes(version_id=submitted(**more).pk, by=by, at=make.NOW)


def typed(**more):
    return {
        "title": "Two columns",
        "language": "en",
        "need": "Words are missing.",
        "steps": "Fold a sheet.",
        "licence": "CC BY 4.0",
        "started_on": "2026-09-01",
    } | more


def test_a_new_practice_is_a_draft_of_its_author(as_user):
    author = account(world.member())

    as_user(author).post(reverse("practice_new"), typed(tags="No laptop, First meeting"))

    version = PracticeVersion.objects.get()
    assert version.step == CheckStep.DRAFT
    assert version.practice.author == author.person
    assert version.practice.partner == world.partner()
    assert version.practice.tags == ["no laptop", "first meeting"]
    assert not Practice.objects.visible_to(expert()).exists()


def test_screened_by_one_and_checked_by_another_it_is_published():
    draft = world.draft()
    author, first, second = account(draft.practice.author), coordinator(), expert()

    checking.submit(version_id=draft.pk, by=author, at=make.NOW)
    checking.passes(version_id=draft.pk, by=first, at=make.NOW)
    checking.passes(version_id=draft.pk, by=second, at=make.NOW)

    draft.refresh_from_db()
    practice = Practice.objects.get()
    assert draft.step == CheckStep.PUBLISHED
    assert practice.current == draft
    assert (draft.screened_by, draft.checked_by) == (first.person, second.person)


def test_who_screened_it_does_not_check_it():
    first = coordinator()
    version = screened(first)

    with pytest.raises(Refused):
        checking.passes(version_id=version.pk, by=first, at=make.NOW)

    version.refresh_from_db()
    assert version.step == CheckStep.SCREENED


@pytest.mark.parametrize("step", [CheckStep.SUBMITTED, CheckStep.SCREENED])
def test_nobody_checks_what_they_wrote(step):
    author = make.person(Role.COORDINATOR)
    version = world.draft(author=author, step=step, submitted_on=world.DAY)

    with pytest.raises(Refused):
        checking.passes(version_id=version.pk, by=account(author), at=make.NOW)


def test_the_screening_is_no_experts_and_no_other_countrys():
    version = submitted()
    for other in (expert("BG"), coordinator("IT")):
        with pytest.raises(Refused):
            checking.passes(version_id=version.pk, by=other, at=make.NOW)


def test_given_back_with_questions_both_checks_follow_again():
    first = coordinator()
    version = screened(first)
    author = account(version.practice.author)

    checking.give_back(version_id=version.pk, why="For how many people?", by=expert())
    checking.submit(version_id=version.pk, by=author, at=make.NOW)

    version.refresh_from_db()
    assert version.step == CheckStep.SUBMITTED
    assert version.screened_by is None


def test_giving_back_needs_a_question(as_user):
    version = submitted()
    page = as_user(coordinator()).post(
        reverse("practice_check", args=[version.pk]), {"decision": "return", "why": ""}
    )

    assert "Say what you ask" in page.content.decode()
    version.refresh_from_db()
    assert version.step == CheckStep.SUBMITTED


def test_the_check_page_shows_the_card_and_publishes(as_user):
    version = screened(coordinator())
    client, url = as_user(expert()), reverse("practice_check", args=[version.pk])

    assert "Sit together" in client.get(url).content.decode()
    client.post(url, {"decision": "pass", "why": ""})

    version.refresh_from_db()
    assert version.step == CheckStep.PUBLISHED


def test_who_gives_it_back_from_abroad_lands_on_a_page_they_see(as_user):
    version = screened(coordinator())

    page = as_user(expert()).post(
        reverse("practice_check", args=[version.pk]),
        {"decision": "return", "why": "For how many people?"},
        follow=True,
    )

    assert page.status_code == 200
    assert "your questions stand before its author" in page.content.decode()
    version.refresh_from_db()
    assert (version.step, version.returned_why) == (CheckStep.RETURNED, "For how many people?")


def test_a_check_that_somebody_made_meanwhile_is_told_in_a_sentence(as_user):
    version = screened(coordinator())
    checking.passes(version_id=version.pk, by=expert(), at=make.NOW)

    page = as_user(expert()).post(
        reverse("practice_check", args=[version.pk]), {"decision": "pass"}, follow=True
    )

    assert "This version has gone on meanwhile" in page.content.decode()


def test_a_published_version_is_never_changed():
    practice = world.practice()
    author = account(practice.author)

    with pytest.raises(cards.NotOpen):
        cards.save(
            version_id=practice.current_id,
            card=CARD,
            about=None,
            revision=1,
            by=author,
            at=make.NOW,
        )
    with pytest.raises(checking.WrongStep):
        checking.submit(version_id=practice.current_id, by=author, at=make.NOW)


def test_what_waits_for_a_check_is_nobodys_to_write_on():
    version = submitted()

    with pytest.raises(cards.NotOpen):
        cards.save(
            version_id=version.pk,
            card=CARD,
            about=ABOUT,
            revision=1,
            by=account(version.practice.author),
            at=make.NOW,
        )


def test_saved_meanwhile_nothing_typed_is_lost(as_user):
    draft = world.draft()
    client, url = as_user(account(draft.practice.author)), reverse("practice_edit", args=[draft.pk])
    client.post(url, typed(revision=1, title="Theirs"))

    page = client.post(url, typed(revision=1, title="Mine"))

    draft.refresh_from_db()
    assert draft.title == "Theirs"
    assert "Somebody saved this card" in page.content.decode()
    assert 'value="Mine"' in page.content.decode()
    client.post(url, typed(revision=page.context["form"]["revision"].value(), title="Mine"))
    draft.refresh_from_db()
    assert draft.title == "Mine"


def charter(code, *names, version=1):
    community = make.cop(make.country(code)) if code else make.cop()
    community.charters.update(state=CharterState.SUPERSEDED)
    made = community.charters.create(
        version=version, domain="Work", purpose="Help", adopted_on=date(2025, 9, 1)
    )
    return [made.topics.create(name=name) for name in names]


def test_the_topics_are_those_of_the_charters_in_force():
    charter("BG", "Left behind")
    charter("BG", "First job", version=2)
    charter(None, "Quality")
    charter("IT", "Care work")

    found = topics.of(make.country("BG"))

    assert {topic.name for topic in found} == {"First job", "Quality"}


def test_row_1_a_foreign_topic_is_refused_with_a_sentence(as_user):
    (foreign,) = charter("IT", "Care work")

    page = as_user(account(world.member())).post(
        reverse("practice_new"), typed(topic=foreign.pk, title="Kept")
    )

    assert "propose it to the charter first" in page.content.decode()
    assert 'value="Kept"' in page.content.decode()
    assert not Practice.objects.exists()
    with pytest.raises(topics.ForeignTopic):
        topics.checked(foreign.pk, make.country("BG"))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("materials", "M99", "No material has the code M99."),
        ("tags", ",".join("abcdefghi"), "Give at most 8 tags."),
        ("tags", "x" * 41, "A tag has at most 40 characters"),
        ("started_on", "2099-01-01", "Give a day between the year 2000 and today."),
        ("title", "", "This field is required."),
        ("need", "a" * 5001, "Please shorten this"),
    ],
)
def test_bad_input_is_told_beside_the_field(as_user, field, value, said):
    page = as_user(account(world.member())).post(reverse("practice_new"), typed(**{field: value}))

    assert said in page.content.decode()
    assert not Practice.objects.exists()


def test_markup_in_a_card_stays_text(as_user):
    practice = world.practice(steps="<script>alert(1)</script>\n\n- One", title="<b>Bold</b>")

    page = as_user(expert()).get(practice.get_absolute_url()).content.decode()

    assert "<script>alert" not in page
    assert "<b>Bold" not in page
    assert "<li>One</li>" in page


def test_today_tells_each_what_waits_for_them():
    author = account(world.member())
    lead, abroad = coordinator(), expert("IT", languages=["en"])
    returned = world.draft(author=author.person, title="Back", step=CheckStep.RETURNED)
    submitted(title="New")
    screened(lead, title="Half")

    told = {user: [need.title for need in needs.of(user, make.NOW)] for user in (author, lead)}

    assert f"Your practice came back with questions: {returned.title}" in told[author]
    assert "Screen a good practice: New" in told[lead]
    assert not [title for title in told[lead] if "Half" in title]
    checks = [n.title for n in needs.of(abroad, make.NOW) if "Check a good practice" in n.title]
    assert checks == ["Check a good practice from Bulgaria: Half"]


def test_an_expert_is_asked_for_a_few_checks_in_languages_they_read():
    lead = coordinator()
    for n in range(4):
        screened(lead, title=f"Card {n}")
    screened(lead, title="Auf Deutsch", language="de")
    reader, other = expert("IT", languages=["en"]), expert("IT", languages=["it"])

    found = [n.title for n in needs.of(reader, make.NOW) if "Check a good practice" in n.title]

    assert len(found) == 2
    assert not [n for n in needs.of(other, make.NOW) if "Check a good practice" in n.title]
