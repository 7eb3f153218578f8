"""No field of the community takes a bomb of links: a sentence, what was typed, nothing stored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils.html import escape

from experts.models import Person
from practices.enums import WatchKind
from tests import factories as make
from tests.practices import stories_world, watch_world, world
from tests.practices.questions import cases

pytestmark = pytest.mark.django_db

BOMB = " ".join(f"https://example.org/{n}" for n in range(4))
CARD = {
    "title": "Photo walk",
    "language": "en",
    "need": "Papers get lost.",
    "steps": "Walk and take pictures.",
    "licence": "CC BY 4.0",
    "started_on": "2026-01-01",
    "inclusion": [],
}
STORY = {"occasion": "story", "title": "A", "text": "B", "language": "en", "cycle": "applied"}
TEST = {"hypothesis": "A", "test": "B", "sign": "C"}
DAYS = {"starts_on": "2026-12-01", "ends_on": "2026-12-10"}
CHANGE = {
    "title": "Law",
    "kind": WatchKind.LAW,
    "source": "https://law.example.org/1",
    "effect": "Papers.",
    "from_on": "2027-01-01",
}
# Where it is typed, by the form; each gives the address and what is sent.
Entry = Callable[[Person], tuple[str, dict[str, Any]]]
ENTRIES: dict[str, Entry] = {
    "practice": lambda _me: (reverse("practice_new"), CARD | {"evidence": BOMB}),
    "draft": lambda me: (
        reverse("practice_edit", args=[world.draft(author=me).pk]),
        CARD | {"evidence": BOMB, "revision": 1},
    ),
    "new version": lambda me: (
        reverse("practice_revise", args=[world.practice(author=me).pk]),
        CARD | {"evidence": BOMB, "what_changed": "More."},
    ),
    "adoption": lambda _me: (
        reverse("practice_adopt", args=[world.practice("IT").pk]),
        {"use": "in_use", "adapted": BOMB},
    ),
    "idea": lambda _me: (reverse("idea_new"), {"title": "An idea", "text": BOMB}),
    "idea reworded": lambda me: (
        reverse("idea_edit", args=[world.idea(author=me).pk]),
        {"title": "An idea", "text": BOMB, "revision": 1},
    ),
    "idea note": lambda me: (
        reverse("idea_note", args=[world.idea(author=me).pk]),
        {"text": BOMB},
    ),
    "experiment": lambda _me: (
        reverse("experiment_new", args=[world.idea("IT").pk]),
        TEST | DAYS | {"test": BOMB},
    ),
    "question": lambda _me: (reverse("question_new"), cases.typed(situation=BOMB)),
    "answer": lambda _me: (
        reverse("question_answer", args=[world.question("IT").pk]),
        {"text": BOMB, "language": "en"},
    ),
    "comment": lambda _me: (
        reverse("talk_thread", args=["idea", world.idea("IT").pk]),
        {"text": BOMB, "language": "en"},
    ),
    "story": lambda _me: (reverse("story_new"), STORY | {"text": BOMB, "is_safe": "on"}),
    "story citation": lambda _me: (
        reverse("story_detail", args=[stories_world.story("IT").pk]),
        {"used_in": "training", "note": BOMB},
    ),
    "thanks": lambda _me: (
        reverse("person_thank", args=[world.member("IT").pk]),
        {"words": BOMB},
    ),
    "offer": lambda _me: (
        reverse("exchange_new"),
        {
            "wish": "offer",
            "words": BOMB,
            "languages": ["en"],
            "until": (date.today() + timedelta(days=30)).isoformat(),
        },
    ),
    "change outside": lambda _me: (reverse("watch_new"), CHANGE | {"effect": BOMB}),
    "change reworded": lambda me: (
        reverse("watch_edit", args=[watch_world.item(added_by=me).pk]),
        CHANGE | {"effect": BOMB, "revision": 1},
    ),
}


def everything_said() -> str:
    """All rows of the room, as they stand."""
    models = apps.get_app_config("practices").get_models()
    return "\n".join(str(list(m._base_manager.order_by("pk").values())) for m in models)


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES.keys())
def test_a_bomb_of_links_is_refused_with_a_sentence_and_stays_typed(as_user, entry):
    me = world.member("BG")
    make.cop(make.country())
    url, typed = entry(me)
    before = everything_said()

    page = as_user(me.user).post(url, typed)

    assert page.status_code == 200
    said = page.content.decode()
    assert "more than three links is not taken" in said
    assert escape(BOMB) in said
    assert everything_said() == before


def test_the_log_of_help_has_no_field_for_free_words():
    """Kind, minutes, day, whom: nothing to flood."""
    fields = {
        field.get_internal_type() for field in apps.get_model("practices.HelpGiven")._meta.fields
    }
    assert "TextField" not in fields


def test_a_name_with_markup_stays_text_wherever_it_is_read(as_user):
    author = world.member(name="<b>Mira</b><script>alert(1)</script>")
    pages = [
        world.idea(author=author),
        world.practice(author=author),
        stories_world.story(teller=author, is_named=True),
        world.question(asked_by=author),
    ]
    client = as_user(make.user())
    for shown in pages:
        page = client.get(shown.get_absolute_url()).content.decode()
        assert "&lt;b&gt;Mira" in page
        assert "<b>Mira" not in page
