"""The rubric a round is rated by. The platform brings one; another wording is a new revision."""

from __future__ import annotations

from django.db import transaction

from feedback.reviews.models import Criterion, Rubric

NAME = "Quality of a learning material"
ANCHORS = ["no", "partly", "mostly", "fully"]
CRITERIA = [
    "It is correct and current for my country.",
    "It serves the goal it states.",
    "A mentor can use it tomorrow.",
    "A reader at level A2 can follow it.",
    "It is respectful and free of stereotypes.",
    "Its examples fit all genders, ages, faiths and kinds of family.",
    "It works by screen reader, with captions, on a phone and in print.",
    "It asks only for personal data that it needs.",
    "It tells the learner the next step.",
    "It can be adapted and reused.",
]


@transaction.atomic
def current() -> Rubric:
    """The newest revision; the platform's own is written down when it is first needed."""
    rubric, is_new = Rubric.objects.get_or_create(name=NAME, revision=1)
    if is_new:
        Criterion.objects.bulk_create(
            Criterion(rubric=rubric, position=number, code=f"C{number}", text=text, anchors=ANCHORS)
            for number, text in enumerate(CRITERIA, start=1)
        )
    return Rubric.objects.filter(name=NAME).latest("revision")
