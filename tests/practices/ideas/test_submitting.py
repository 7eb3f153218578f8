"""Handing an idea in: from anywhere, once what may be the same was looked at, or out of several."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from cop_platform.common.refusals import NotPossible, Refused
from experts.enums import Role
from practices.domain.ideas import alike, lineage, origin, submitting
from practices.domain.ideas.submitting import NewIdea
from practices.enums import IdeaState
from practices.models import Idea
from tests import factories as make
from tests.practices import world

pytestmark = pytest.mark.django_db


def test_an_idea_is_of_its_authors_country_and_owed_an_answer_in_thirty_days():
    member = world.member("EL")

    idea = submitting.submit(new=NewIdea("Evening hour"), by=member.user, at=make.NOW)

    assert (idea.author, idea.country.code, idea.state) == (member, "EL", IdeaState.NEW)
    assert idea.answer_due_on - idea.added_on == timedelta(days=30)
    assert [(step.state, step.at) for step in idea.steps.all()] == [("new", make.NOW)]


def test_a_form_that_is_sent_twice_hands_one_idea_in():
    user = make.user()

    for _time in range(2):
        submitting.submit(new=NewIdea("Evening hour", "For shifts."), by=user, at=make.NOW)

    assert Idea.objects.count() == 1


def test_the_platform_admin_hands_nothing_in():
    with pytest.raises(Refused):
        submitting.submit(new=NewIdea("No"), by=make.user(Role.PLATFORM_ADMIN), at=make.NOW)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/sessions/", "/sessions/"),
        ("/sessions/?page=2#top", "/sessions/"),
        ("//evil.example/x", ""),
        ("https://evil.example/sessions/", ""),
        ("/\\evil.example", ""),
        ("javascript:alert(1)", ""),
        ("/no-such-page/", ""),
        ("/sessions/\n", ""),
        ("/" + "a" * 400, ""),
    ],
)
def test_only_an_address_of_this_platform_is_kept_as_origin(address, kept):
    assert origin.local(address) == kept


@pytest.mark.parametrize("page", ["session", "material"])
def test_an_idea_from_a_page_stands_on_that_page(as_user, page):
    user = make.user(Role.COORDINATOR)
    shown = make.cop_session(by=user) if page == "session" else make.material()
    address, client = shown.get_absolute_url(), as_user(user)
    before = client.get(address).content.decode()

    client.post(reverse("idea_new"), {"title": "Shorter texts", "origin": address})

    link = f"{reverse('idea_new')}?origin={address.replace('/', '%2F')}"
    # Once in the panel, once at the foot of every page.
    assert before.count(link) == 2
    assert "Shorter texts" in client.get(address).content.decode()


def test_the_form_keeps_the_page_it_was_opened_from(as_user):
    client = as_user(make.user())

    form = client.get(reverse("idea_new"), {"origin": "/calendar/"}).context["form"]
    foreign = client.get(reverse("idea_new"), {"origin": "//evil.example/"}).context["form"]

    assert (form.initial["origin"], foreign.initial["origin"]) == ("/calendar/", "")


def test_what_may_be_the_same_is_shown_before_and_nothing_is_lost(as_user):
    world.idea(title="A badge for mentors")
    client = as_user(make.user())
    typed = {"title": "Badges for every mentor", "text": "They earn it.", "origin": "/calendar/"}

    asked = client.post(reverse("idea_new"), typed)
    assert Idea.objects.count() == 1
    page = asked.content.decode()
    assert "A badge for mentors" in page
    assert "They earn it." in page

    client.post(reverse("idea_new"), typed | {"seen": "Another title"})
    assert Idea.objects.count() == 1

    client.post(reverse("idea_new"), typed | {"seen": typed["title"]})
    assert Idea.objects.filter(title=typed["title"], origin="/calendar/").count() == 1


@pytest.mark.parametrize(
    ("title", "is_alike"),
    [
        ("Voice note CV", True),
        ("A CV out of voice notes", True),
        ("Evening hour on the phone", False),
        ("CV", False),
        ("!!", False),
    ],
)
def test_titles_are_alike_by_their_words(title, is_alike):
    world.idea(title="A CV from a voice note")

    assert bool(alike.of(title=title, user=make.user())) == is_alike


def test_what_was_merged_is_not_offered_as_the_same():
    stands = world.idea(title="Mentor badge")
    world.idea(title="Mentor badge again", merged_into=stands, merged_with=stands)

    assert [found.pk for found in alike.of(title="Mentor badge", user=make.user())] == [stands.pk]


def test_a_foreign_topic_is_refused_beside_the_field_and_nothing_is_lost(as_user):
    page = as_user(make.user()).post(
        reverse("idea_new"), {"title": "Better words", "topic": "999999"}
    )

    assert Idea.objects.count() == 0
    assert page.context["form"].errors["topic"] == [
        "Choose one of the topics that stand in a community's charter."
    ]
    assert 'value="Better words"' in page.content.decode()


def test_markup_in_an_idea_stays_text(as_user):
    idea = world.idea(title="<b>bold</b>", text="<script>alert(1)</script>")

    page = as_user(make.user()).get(idea.get_absolute_url()).content.decode()

    assert "<script>alert" not in page
    assert "&lt;b&gt;bold&lt;/b&gt;" in page


def test_domain_16_a_child_of_two_countries_shows_where_it_comes_from(as_user):
    bulgarian, greek = world.idea("BG", title="Voice notes"), world.idea("EL", title="Badges")
    member = world.member("IT")

    child = submitting.combine(
        parent_ids=[bulgarian.pk, greek.pk],
        new=NewIdea("Spoken badges"),
        by=member.user,
        at=make.NOW,
    )

    family = lineage.of(child)
    assert [(kin.title, kin.country) for kin in family.parents] == [
        ("Voice notes", "BG"),
        ("Badges", "EL"),
    ]
    assert family.countries == ["BG", "EL"]
    assert [kin.title for kin in lineage.of(bulgarian).children] == ["Spoken badges"]
    page = as_user(member.user).get(child.get_absolute_url()).content.decode()
    assert "It combines 2 ideas:" in page


def test_a_family_of_generations_is_told_from_both_ends():
    first, second, third = (world.idea(title=name) for name in ("First", "Second", "Third"))
    second.parents.add(first)
    third.parents.add(second)

    assert lineage.of(third).parents[0].further[0].title == "First"
    assert lineage.of(first).children[0].further[0].title == "Third"
    assert lineage.of(world.idea()).is_alone


@pytest.mark.parametrize("others", [0, 8])
def test_too_few_or_too_many_parents_are_refused_in_words(others):
    ideas = [world.idea() for _n in range(others + 1)]

    with pytest.raises(NotPossible, match="at least two"):
        submitting.combine(
            parent_ids=[idea.pk for idea in ideas],
            new=NewIdea("Child"),
            by=world.member().user,
            at=make.NOW,
        )
    assert Idea.objects.count() == others + 1


def test_a_merged_idea_is_combined_with_nothing():
    stands = world.idea()
    merged = world.idea(merged_into=stands, merged_with=stands)

    with pytest.raises(NotPossible, match="merged"):
        submitting.combine(
            parent_ids=[stands.pk, merged.pk],
            new=NewIdea("Child"),
            by=world.member().user,
            at=make.NOW,
        )


def test_combining_through_the_page(as_user):
    one, other = world.idea(), world.idea("IT")
    client = as_user(make.user())
    url = reverse("idea_combine", args=[one.pk])

    refused = client.post(url, {"title": "Both"})
    client.post(url, {"title": "Both", "others": [other.pk]})

    assert refused.context["form"].errors["others"] == ["Choose at least one other idea."]
    assert set(Idea.objects.get(title="Both").parents.all()) == {one, other}
