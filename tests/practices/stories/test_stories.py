"""Stories: told with care, found by their words, cited, taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cop_platform.common import needs
from cop_platform.common.refusals import Refused
from experts.enums import Role
from experts.models import Person
from practices.domain import contributing
from practices.domain.stories import story_page, telling, value_figures
from practices.enums import Cited, Given, Occasion, ValueCycle
from practices.models import Story, StoryCitation
from tests import factories as make
from tests.practices import stories_world as world
from tests.practices.world import DAY, practice

pytestmark = pytest.mark.django_db

SAFE = {
    "occasion": "story",
    "title": "A day at the old work",
    "text": "We drew a day at the old work, and a page of skills was there.",
    "language": "en",
    "cycle": "applied",
}


@pytest.fixture
def teller() -> Person:
    return make.user(Role.EXPERT, "BG").person


def test_a_story_is_told_with_its_material_practice_and_words(as_user, teller):
    material, tells_of, term = make.material("BG"), practice("BG"), make.term("evidence")
    links = {"material": material.pk, "practice": tells_of.pk, "terms": [term.pk]}

    answer = as_user(teller.user).post(reverse("story_new"), SAFE | links)

    story = Story.objects.get()
    assert answer.url == story.get_absolute_url()
    assert (story.teller, story.country.code) == (teller, "BG")
    assert (story.material, story.practice, list(story.terms.all())) == (material, tells_of, [term])


def test_a_clip_is_found_by_the_words_in_it(as_user, teller):
    sound = SimpleUploadedFile("story.mp3", world.MP3, "audio/mpeg")
    client = as_user(teller.user)
    client.post(reverse("story_new"), SAFE | {"clip": sound})

    page = client.get(reverse("story_list"), {"q": "skills page"}).content.decode()

    story = Story.objects.get()
    assert story.get_absolute_url() in page
    assert "with a clip" in page
    heard = client.get(reverse("story_clip", args=[story.pk]))
    assert b"".join(heard.streaming_content) == world.MP3
    assert heard["Content-Type"] == "audio/mpeg"
    assert not story.clip_may_leave


def test_a_file_that_is_no_sound_is_refused_and_the_story_stays_typed(as_user, teller):
    text = SimpleUploadedFile("story.mp3", b"no sound at all", "audio/mpeg")

    page = as_user(teller.user).post(reverse("story_new"), SAFE | {"clip": text}).content.decode()

    assert "This file is no sound that we know" in page
    assert "We drew a day" in page
    assert not Story.objects.exists()


def test_what_may_tell_about_whom_it_is_has_to_be_looked_at(as_user, teller):
    client = as_user(teller.user)
    told = SAFE | {"text": "Write to fatima@example.org, she showed me how."}

    page = client.post(reverse("story_new"), told).content.decode()

    assert "fatima@example.org</bdi>" in page
    assert "Somebody could be recognised by this" in page
    assert not Story.objects.exists()
    client.post(reverse("story_new"), told | {"is_safe": "on"})
    assert Story.objects.count() == 1


def test_the_teller_is_a_role_unless_the_name_may_stand_there(as_user, teller):
    story = world.story(teller=teller)
    reader = as_user(make.user(Role.EXPERT, "IT"))

    assert teller.name not in reader.get(story.get_absolute_url()).content.decode()

    Story.objects.update(is_named=True)
    assert teller.name in reader.get(story.get_absolute_url()).content.decode()


def test_only_the_teller_changes_a_story(as_user, teller):
    story = world.story(teller=teller)
    told = telling.Told(
        "T", "story", "applied", "X", "en", is_named=False, material=None, practice=None, terms=[]
    )

    with pytest.raises(Refused):
        telling.change(
            story_id=story.pk,
            told=told,
            revision=1,
            by=make.user(Role.PROJECT_MANAGER),
            at=make.NOW,
        )
    story.refresh_from_db()
    assert story.title != "T"


def test_security_28_a_flood_of_links_is_refused_and_stays_typed(as_user, teller):
    told = SAFE | {"text": "Look: " + " ".join(f"http://{n}.example.org" for n in range(4))}

    page = as_user(teller.user).post(reverse("story_new"), told | {"is_safe": "on"})

    assert "more than three links" in page.content.decode()
    assert "http://3.example.org" in page.content.decode()
    assert not Story.objects.exists()


def test_two_windows_lose_nothing(as_user, teller):
    story = world.story(teller=teller)
    client = as_user(teller.user)
    url = reverse("story_edit", args=[story.pk])
    client.post(url, SAFE | {"revision": 1, "title": "First"})

    answer = client.post(url, SAFE | {"revision": 1, "title": "Second"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "First" in page
    assert "Second" in page
    client.post(url, SAFE | {"revision": 2, "title": "Second"})
    story.refresh_from_db()
    assert story.title == "Second"


def test_a_story_taken_back_leaves_no_clip_behind(
    as_user, teller, django_capture_on_commit_callbacks
):
    story = world.clip(world.story(teller=teller))
    world.citation(story)
    file = story.file

    with django_capture_on_commit_callbacks(execute=True):
        as_user(teller.user).post(reverse("story_take_back", args=[story.pk]))

    assert not Story.objects.exists()
    assert not StoryCitation.objects.exists()
    assert not file.storage.exists(file.name)


def test_others_say_once_where_they_used_it(as_user, teller):
    story = world.story(teller=teller)
    client = as_user(make.user(Role.EXPERT, "IT"))
    used = {"used_in": Cited.TRAINING, "note": "Mentor course in May"}

    client.post(story.get_absolute_url(), used)
    again = client.post(story.get_absolute_url(), used).content.decode()

    assert StoryCitation.objects.get().note == "Mentor course in May"
    assert "You have said so before" in again
    assert "Mentor course in May" in again


def test_nobody_cites_the_own_story(as_user, teller):
    story = world.story(teller=teller)

    assert (
        as_user(teller.user).post(story.get_absolute_url(), {"used_in": "work"}).status_code == 403
    )
    assert not StoryCitation.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"), [("cycle", ValueCycle.REALISED), ("occasion", Occasion.LEAVING)]
)
def test_the_list_is_narrowed(as_user, teller, field, value):
    kept, other = world.story(**{field: value}), world.story()

    page = as_user(teller.user).get(reverse("story_list"), {field: value}).content.decode()

    assert kept.title in page
    assert f">{other.title}<" not in page


def test_stories_stand_beside_their_material(as_user, teller):
    material = make.material("BG")
    make.version(material)
    story = world.story(material=material)

    page = as_user(teller.user).get(material.get_absolute_url()).content.decode()

    assert story.get_absolute_url() in page


def test_a_list_of_three_asks_no_more_than_a_list_of_one(teller):
    def rows() -> list[story_page.Row]:
        return story_page.rows(story_page.found(teller.user, story_page.StoryFilter()))

    def asked() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            rows()
        return len(queries)

    world.story(practice=practice("BG"))
    # Who reads is asked for once.
    asked()
    one = asked()
    world.story(practice=practice("IT"))
    world.story(practice=practice("BG"))
    assert asked() == one
    assert len(rows()) == 3


def leaves(person: Person, days: int | None) -> None:
    """So many days from the test's day are left; the day after the last one has no rights."""
    day = None if days is None else (make.NOW + timedelta(days=days + 1)).date()
    person.memberships.update(left_on=day)


@pytest.mark.parametrize(("days", "asked"), [(None, 0), (61, 0), (60, 1), (0, 1), (-1, 0)])
def test_who_leaves_soon_is_asked_for_a_story(teller, days, asked):
    leaves(teller, days)

    found = [n for n in needs.of(teller.user, make.NOW) if "what should stay" in n.title]

    assert len(found) == asked


def test_whoever_stays_in_another_role_is_not_asked(teller):
    leaves(teller, 10)
    cop = make.cop(make.country("IT"))
    teller.memberships.create(cop=cop, role=Role.FACILITATOR, stage="member", joined_on=DAY)

    assert not [n for n in needs.of(teller.user, make.NOW) if "what should stay" in n.title]


def test_who_leaves_soon_reads_it_on_today(as_user, teller):
    make.ends(teller, 20)

    page = as_user(teller.user).get("/").content.decode()

    assert "Before you go: tell what should stay" in page


def test_who_has_told_is_not_asked_again(teller):
    leaves(teller, 10)
    world.story(teller=teller, occasion=Occasion.LEAVING)

    assert not [n for n in needs.of(teller.user, make.NOW) if "what should stay" in n.title]


def test_a_story_is_a_contribution_of_its_teller(teller):
    world.story(teller=teller)
    world.story(told_on=DAY - timedelta(days=400))
    at = make.NOW
    span = contributing.Span(at - timedelta(days=90), at + timedelta(days=2))

    given = [one for one in contributing.of(span) if one.given == Given.STORY]

    assert [one.person_id for one in given] == [teller.pk]


def test_value_by_hand():
    """Five stories, three of them applied or further, one cited."""
    cycles = [("immediate", 0), ("potential", 0), ("applied", 2), ("realised", 0), ("reframing", 0)]

    counted = value_figures.value(cycles)

    assert [n for _cycle, n in counted.by_cycle] == [1, 1, 1, 1, 1]
    assert (counted.told, counted.reached, counted.cited, counted.share) == (5, 3, 1, 0.6)
    assert value_figures.value([]).share is None


def test_value_counts_the_countries_and_days_asked_for():
    world.citation(world.story("BG"))
    world.story("IT")
    world.story("BG", told_on=DAY - timedelta(days=1))

    counted = value_figures.of_countries([make.country("BG").pk], DAY, DAY)

    assert (counted.told, counted.cited) == (1, 1)


def test_members_alone_tell(as_user):
    admin = make.user(Role.PLATFORM_ADMIN)

    assert as_user(admin).get(reverse("story_new")).status_code == 403
