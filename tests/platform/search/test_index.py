"""The expressions that are asked are the ones the indexes hold."""

from __future__ import annotations

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
