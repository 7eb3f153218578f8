"""Themes as people see them: how far they reach, in whose words, and to whom small numbers show."""

from __future__ import annotations

import pytest
from django.urls import reverse

from experts import reference
from experts.enums import Role
from feedback.focus_groups.domain.consenting import consents
from feedback.focus_groups.enums import Purpose, Stance, Voice
from feedback.focus_groups.models import Theme
from tests import factories as make
from tests.feedback.groups import world

pytestmark = pytest.mark.django_db


def page(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def raised(code, coder, people: int, voice: str = Voice.MIGRANT, **more) -> list:
    """Quotes of so many people of one group with that code."""
    group = world.closed_group(people=people, voice=voice)
    made = []
    for number, one in enumerate(group.participants.all()):
        made.append(world.quote(one, f"{voice} words {number}"))
        world.coded(made[-1], coder, code, **more)
    return made


def test_own_staff_read_numbers_and_others_read_fewer_than_five(as_user):
    coder, cost = world.host(), world.code()
    raised(cost, coder, people=3)
    theme = world.theme(cost)

    own = page(as_user(coder), theme.get_absolute_url())
    manager = page(as_user(make.user(Role.PROJECT_MANAGER)), theme.get_absolute_url())

    assert "Raised in 1 group by 3 people." in own
    assert "Raised in 1 group by fewer than 5 people." in manager
    assert "3 people" not in manager


def test_a_small_voice_is_merged_for_the_manager(as_user):
    coder, cost = world.host(), world.code()
    raised(cost, coder, people=7)
    raised(cost, coder, people=6, voice=Voice.MENTOR)
    raised(cost, coder, people=2, voice=Voice.EXPERT)
    world.theme(cost)

    shown = page(as_user(make.user(Role.PROJECT_MANAGER)), "/themes/")

    assert "by 15 people." in shown
    assert "Migrants: 7 people · Others: 8 people" in shown
    assert "Mentors:" not in shown


def test_one_cell_of_small_voices_says_nothing_that_the_total_does_not(as_user):
    coder, cost = world.host(), world.code()
    for voice in (Voice.MIGRANT, Voice.MENTOR):
        raised(cost, coder, people=3, voice=voice)

    shown = page(as_user(make.user(Role.PROJECT_MANAGER)), world.theme(cost).get_absolute_url())

    assert "Raised in 2 groups by 6 people." in shown
    assert "Others:" not in shown


def test_only_words_that_may_be_printed_are_shown(as_user):
    coder, cost = world.host(), world.code()
    said, taken_back = raised(cost, coder, people=2)
    world.coded(world.quote(None, "All of us said so", group=said.group), coder, cost)
    consents.withdraw(participant=taken_back.participant, purpose=Purpose.QUOTES, at=make.NOW)

    shown = page(as_user(coder), world.theme(cost).get_absolute_url())

    assert said.words in shown
    assert taken_back.words not in shown
    assert "All of us said so" not in shown
    assert "2 quotes count and are not printed" in shown
    assert "by 2 people." in shown


def test_words_are_erased_with_the_notes(as_user):
    coder, cost = world.host(), world.code()
    (said,) = raised(cost, coder, people=1)

    consents.withdraw(participant=said.participant, purpose=Purpose.NOTES, at=make.NOW)
    shown = page(as_user(coder), world.theme(cost).get_absolute_url())

    assert said.words not in shown
    assert "Nothing that was coded carries it yet." in shown


def test_the_speakers_code_is_for_own_staff_alone(as_user):
    coder, cost = world.host(), world.code()
    (said,) = raised(cost, coder, people=1)
    theme = world.theme(cost)
    mark = f"{said.group.session.title}</bdi> · P1"

    assert mark in page(as_user(coder), theme.get_absolute_url())
    assert mark not in page(as_user(make.user(Role.PROJECT_MANAGER)), theme.get_absolute_url())


def test_voices_that_differ_are_told_with_their_people(as_user):
    coder, cost = world.host(), world.code(name="Interpreter")
    raised(cost, coder, people=3, stance=Stance.AGAINST)
    raised(cost, coder, people=5, voice=Voice.EXPERT, stance=Stance.FOR)
    theme = world.theme(cost)

    own = page(as_user(coder), theme.get_absolute_url())
    manager = page(as_user(make.user(Role.PROJECT_MANAGER)), theme.get_absolute_url())

    assert "Experts are mostly in favour: 5 of 5." in own
    assert "Migrants are mostly against: 3 of 3." in own
    assert "Experts are mostly in favour (5 people)." in manager
    assert "Migrants are mostly against (fewer than 5 people)." in manager
    assert "Voices differ" in page(as_user(coder), "/themes/")


def test_a_theme_is_written_with_codes_and_what_it_asks_of(as_user):
    cost, group = world.code(), world.group()
    version = make.version(make.material("BG"))
    group.versions.add(version)

    response = as_user(world.host()).post(
        "/themes/new/?country=BG",
        {
            "title": "Papers cost too much",
            "summary": "Fees keep people away.",
            "codes": [cost.pk],
            "version": version.pk,
            "is_major": "on",
        },
    )

    theme = Theme.objects.get()
    assert response.url == theme.get_absolute_url()
    assert list(theme.codes.all()) == [cost]
    assert (theme.version, theme.is_major, theme.country.code) == (version, True, "BG")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": ""}, "required"),
        ({"title": "Taken"}, "There is a theme of this title already."),
        ({"summary": "😀" * 10_000}, "Please shorten this to 4000"),
        ({"codes": ["999"]}, "not one of the available choices"),
        ({"version": "x"}, "not one of the available choices"),
    ],
)
def test_what_cannot_be_saved_is_said_and_stays(as_user, typed, said):
    world.theme(title="Taken")

    response = as_user(world.host()).post(
        "/themes/new/", {"title": "New", "summary": "My words."} | typed
    )

    assert response.status_code == 200
    assert said in response.content.decode()
    assert Theme.objects.count() == 1


def test_codes_of_another_country_are_no_choice(as_user):
    foreign = world.code("IT")

    response = as_user(world.host()).post("/themes/new/", {"title": "T", "codes": [foreign.pk]})

    assert response.status_code == 200
    assert not Theme.objects.exists()


def test_two_people_who_edit_a_theme_lose_nothing(as_user):
    theme, client = world.theme(title="One"), as_user(world.host())
    url = reverse("theme_edit", args=[theme.pk])
    client.post(url, {"title": "Two", "revision": 1})

    response = client.post(url, {"title": "Three", "revision": 1})

    assert response.status_code == 409
    assert "Two" in response.content.decode()
    assert "Three" in response.content.decode()
    theme.refresh_from_db()
    assert theme.title == "Two"


def test_a_theme_can_keep_its_title(as_user):
    theme = world.theme(title="One")

    response = as_user(world.host()).post(
        reverse("theme_edit", args=[theme.pk]), {"title": "One", "summary": "S.", "revision": 1}
    )

    assert response.status_code == 302


@pytest.mark.parametrize("what", ["list", "detail"])
def test_a_page_asks_as_much_for_three_as_for_one(
    as_user, what, django_assert_max_num_queries, django_assert_num_queries
):
    coder, cost = world.host(), world.code()
    raised(cost, coder, people=1)
    theme = world.theme(cost, version=make.version(make.material("BG")))
    url = "/themes/" if what == "list" else theme.get_absolute_url()
    client = as_user(coder)
    reference.countries()
    with django_assert_max_num_queries(20) as counted:
        client.get(url)
    for _ in range(2):
        code = world.code()
        raised(code, coder, people=2)
        raised(cost, coder, people=2)
        theme.codes.add(code)
        world.theme(code, version=theme.version)

    with django_assert_num_queries(len(counted)):
        client.get(url)
