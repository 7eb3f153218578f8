"""Rows 7, 8, 10 and 11 of the brief, the steps of a community, on the demo."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from experts.models import Charter, CommunityOfPractice, Person
from practices.domain.forming import interest, stage_figures
from practices.domain.forming.life_stages import suggest
from practices.enums import LifeStage
from practices.models import Circle, InterestPoll, Story, StoryCitation
from sessions.models import CopSession
from tests.brief.people import user
from tests.practices.stories_world import MP3

pytestmark = pytest.mark.django_db


def test_row_07_eight_answers_give_ranked_topics_and_complementary_pairs(client, sign_in):
    poll = InterestPoll.objects.order_by("pk").first()
    first, second = poll.options[:2]
    for number in range(8):
        typed = {
            "once": str(uuid.uuid4()),
            "called": f"Guest {number}",
            "needs": [first if number % 2 else second],
            "offers": [second if number % 2 else first],
        }
        assert client.post(interest.address(poll), typed).status_code == 200

    page = sign_in("manager").get(poll.get_absolute_url())

    assert page.context["count"] >= 8
    ranked = [(row.interested, row.needed) for row in page.context["ranked"]]
    assert ranked == sorted(ranked, reverse=True)
    assert {first, second} <= {row.topic for row in page.context["ranked"]}
    assert any(pair.is_mutual for pair in page.context["pairs"])


def test_row_08_the_guided_way_ends_with_a_scheduled_session(sign_in):
    maker = user("expert.bg-01").person
    others = Person.objects.filter(country=maker.country, expert__isnull=False).exclude(pk=maker.pk)
    typed = {
        "name": "Families and phones",
        "purpose": "We try ten cards.",
        "community": maker.country.cop.pk,
        "people": list(others.order_by("pk").values_list("pk", flat=True)[:3]),
        "topics": "",
        "scope_out": "",
        "title": "First hour",
        "day": (timezone.localdate() + timedelta(days=20)).isoformat(),
        "clock": "16:00",
        "minutes": 60,
        "online_link": "https://meet.example.org/one",
        "place": "",
        "step": 5,
        "go": "start",
    }

    answer = sign_in("expert.bg-01").post(reverse("start_cop"), typed)

    circle = Circle.objects.get(name="Families and phones")
    assert answer.headers["Location"] == circle.sessions.get().get_absolute_url()
    assert circle.sessions.get().invitations.count() == 3


def test_row_08_a_circle_of_members_is_promoted_at_four_and_plans_a_session(sign_in):
    sign_in("expert.it-01").post(
        reverse("circle_new"),
        {"name": "Voices", "purpose": "We listen.", "community": _community("IT").pk},
    )
    circle = Circle.objects.get(name="Voices")
    typed = {
        "title": "First listening",
        "day": (timezone.localdate() + timedelta(days=20)).isoformat(),
        "clock": "17:00",
        "minutes": 60,
        "place": "Library",
    }
    plan = reverse("circle_session", args=[circle.pk])

    for number in (2, 3):
        sign_in(f"expert.it-{number:02d}").post(reverse("circle_join", args=[circle.pk]))
    sign_in("expert.it-01").post(plan, typed)
    assert not circle.sessions.exists()
    sign_in("expert.it-04").post(reverse("circle_join", args=[circle.pk]))
    sign_in("expert.it-01").post(plan, typed)

    circle.refresh_from_db()
    assert circle.promoted_at is not None
    assert circle.sessions.get().title == "First listening"


def _community(code: str) -> CommunityOfPractice:
    return CommunityOfPractice.objects.get(country__code=code)


@pytest.mark.parametrize("code", ["BG", "DE", "EL", "ES", "IT", "SE"])
def test_row_10_the_life_stage_follows_the_clock_with_reasons(code):
    cop = _community(code)
    first = CopSession.objects.filter(host_cops=cop).order_by("starts_at").first()

    early = suggest(stage_figures.read(cop, first.starts_at))
    today = suggest(stage_figures.read(cop, timezone.now()))

    assert early.stage == LifeStage.POTENTIAL
    assert today.stage != LifeStage.POTENTIAL
    assert early.reasons
    assert today.reasons


def test_row_10_the_coordinator_reads_the_reasons_and_everybody_the_difference(sign_in):
    cop = _community("BG")
    found = suggest(stage_figures.read(cop, timezone.now()))
    voted = Charter.objects.filter(cop=cop, version=3).get()

    page = sign_in("coordinator.bg").get(reverse("life_stage", args=[cop.pk]))
    changes = sign_in("expert.bg-05").get(reverse("charter_compare", args=[voted.pk]))

    assert page.context["suggestion"].reasons == found.reasons
    assert list(changes.context["difference"].came) == ["Families"]


def test_row_11_a_clip_is_found_by_the_words_in_it(sign_in):
    typed = {
        "occasion": "story",
        "title": "What the hands said",
        "text": "She showed me how a zip is mended with a candlestick.",
        "language": "en",
        "cycle": "applied",
        "clip": SimpleUploadedFile("story.mp3", MP3, "audio/mpeg"),
    }
    sign_in("expert.bg-01").post(reverse("story_new"), typed)
    story = Story.objects.get(title="What the hands said")

    page = sign_in("expert.se-01").get(reverse("story_list"), {"q": "candlestick"}).content.decode()

    assert story.get_absolute_url() in page
    assert "with a clip" in page


def test_row_11_a_citation_in_a_training_counts_as_reuse(sign_in):
    story = Story.objects.filter(country__code="BG", material__isnull=False).first()
    before = StoryCitation.objects.filter(story=story).count()
    assert before > 0

    page = sign_in("expert.es-01").post(
        story.get_absolute_url(), {"used_in": "training", "note": "Course for mentors"}, follow=True
    )

    assert StoryCitation.objects.filter(story=story).count() == before + 1
    assert "Course for mentors" in page.content.decode()
    assert story.material.title in page.content.decode()
