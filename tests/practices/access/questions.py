"""Who gets where: questions put to the community, and their answers."""

from __future__ import annotations

from typing import Any

from experts.enums import Role
from practices.models import Answer
from tests import factories as make
from tests.practices import world

EVERYBODY = {role.value for role in Role}
WRITERS = EVERYBODY - {Role.PLATFORM_ADMIN.value}
LEADERS = {Role.COORDINATOR.value, Role.PROJECT_MANAGER.value}

SEES: dict[str, tuple[set[str], set[str]]] = {
    "question": (EVERYBODY, EVERYBODY),
    "answer": (EVERYBODY, EVERYBODY),
}
# The accounts of the matrix asked nothing, wrote no answer and were asked nothing.
MAY: dict[str, set[str]] = {
    "question_new": WRITERS,
    "question_answer": WRITERS,
    "question_edit": set(),
    "question_check": set(),
    "question_delete": set(),
    "question_pass": set(),
    "question_accept": set(),
    "question_unaccept": set(),
    "question_worked": set(),
    "question_route": LEADERS,
    "question_close": LEADERS,
    "question_reopen": LEADERS,
    "question_assist": LEADERS,
    "answer_edit": set(),
}
MAY_ABROAD: dict[str, set[str]] = {
    "question_route": {Role.PROJECT_MANAGER.value},
    "question_close": {Role.PROJECT_MANAGER.value},
    "question_reopen": {Role.PROJECT_MANAGER.value},
}
POSTED: dict[str, dict[str, Any]] = {}


def objects(code: str) -> dict[str, object]:
    """One object of each kind in a country, by kind."""
    question = world.question(code)
    answer = Answer.objects.create(
        question=question, by=world.member(code), text="We do it like that.", at=make.NOW
    )
    return {"question": question.pk, "answer": answer.pk}
