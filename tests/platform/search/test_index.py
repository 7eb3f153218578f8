"""The expressions that are asked are the ones the indexes hold."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import connection

from cop_platform.common.finding import looking
from experts.domain import found as people
from experts.models import Person
from feedback.changes.domain import found as changes
from feedback.changes.models import ChangeRequest
from materials.domain import found as materials
from materials.domain import wording
from materials.models import Material
from practices.domain import found as learned
from practices.models import Answer, Idea, PracticeVersion, Question, Story
from sessions.domain import found as sessions
from sessions.models import ActionItem, CopSession, Lesson

pytestmark = pytest.mark.django_db
slow = import_module("experts.migrations.0010_search")

INDEXED = [
    (Person, people.PERSON, "person_found"),
    (Material, materials.CARD, "material_found"),
    (CopSession, sessions.SESSION, "session_found"),
    (ActionItem, sessions.ACTION, "action_found"),
    (Lesson, sessions.LESSON, "lesson_found"),
    (PracticeVersion, learned.CARD, "practice_found"),
    (Idea, learned.IDEA, "idea_found"),
    (Question, learned.QUESTION, "question_found"),
    (Answer, ("text",), "answer_found"),
    (Story, learned.STORY, "story_found"),
    (ChangeRequest, changes.CHANGE, "change_found"),
]


@pytest.mark.parametrize(("model", "columns", "index"), INDEXED)
def test_each_kind_is_found_by_its_index(model, columns, index):
    needle = wording.read("zwieback")
    with connection.cursor() as cursor:
        # A table of the tests is so small that reading it all is always quicker.
        cursor.execute("SET LOCAL enable_seqscan = off")
        for asked in (needle, needle.near()):
            rows = looking.fitting(model._base_manager.order_by(), asked, *columns)
            assert index in rows.explain()


# Every letter with a spelling of its own, the marks that are left out, and what stands beside them.
SPELT = [
    "Портфолио за СРЕЩА, Йовков",
    "ΧΑΡΤΟΦΥΛΆΚΙΟ για τους μετανάστες ΐ",
    "مُلَفّ الإِنجاز ـــ أؤئآٱ ی ى ې ک ہ ھ ٰ ٔ ٕ",
    "Größe, Straße, Øyvind, Łódź, İstanbul, ñandú, e\u0301 o\u0300, so\u00adft",
    "ASCII only: [a-z] 'quoted' \\ back\\1 %",
    "",
]


@pytest.mark.parametrize("text", [*SPELT, "".join(SPELT), "".join(map(chr, range(0x80, 0x700)))])
def test_words_are_folded_as_the_rows_in_the_indexes_were(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_fold(%s)", [text])
        (fast,) = cursor.fetchone()
        cursor.execute(slow.FOLD.replace("public.search_fold", "pg_temp.fold"))
        cursor.execute("SELECT pg_temp.fold(%s)", [text])
        assert cursor.fetchone() == (fast,)
