"""Questions that forms begin with, said in every language of the project.

The ten statements on a platform are the System Usability Scale (J. Brooke, 1996), free to use with
its source; the score and its mean hold for it as a whole. Their other languages are our own drafts,
as all words here are: somebody who speaks the language reads them before a form is shared.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from feedback.focus_groups.enums import AnswerKind, FormKind, Voice
from feedback.focus_groups.models import EasyForm, EasyQuestion

_FOLDER = Path(__file__).resolve().parents[2] / "words" / "questions"
SUS = tuple(f"sus-{n}" for n in range(1, 11))


@dataclass(frozen=True)
class Template:
    """A form to start from: its questions are (key of the words, way to answer)."""

    key: str
    name: Promise
    kind: str
    voice: str
    questions: tuple[tuple[str, str], ...]


TEMPLATES: dict[str, Template] = {
    template.key: template
    for template in (
        Template(
            "migrants",
            _("About a material, for migrants"),
            FormKind.FEEDBACK,
            Voice.MIGRANT,
            (
                ("understand", AnswerKind.FACES),
                ("helps", AnswerKind.FACES),
                ("respect", AnswerKind.THUMBS),
                ("unclear", AnswerKind.WORDS),
                ("change", AnswerKind.WORDS),
            ),
        ),
        Template(
            "mentors",
            _("About a material, for mentors"),
            FormKind.SURVEY,
            Voice.MENTOR,
            (
                ("useful", AnswerKind.FACES),
                ("knew", AnswerKind.AGREE),
                ("saved", AnswerKind.AGREE),
                ("again", AnswerKind.THUMBS),
                ("fit", AnswerKind.WORDS),
                ("change", AnswerKind.WORDS),
            ),
        ),
        Template(
            "platform",
            _("About the platform, for mentors: usability and usefulness"),
            FormKind.SURVEY,
            Voice.MENTOR,
            (
                *((item, AnswerKind.AGREE) for item in SUS),
                ("useful", AnswerKind.FACES),
                ("change", AnswerKind.WORDS),
            ),
        ),
    )
}


def template(key: str) -> Template | None:
    """The template of a key; None for an empty form."""
    return TEMPLATES.get(key)


def write(chosen: Template, form: EasyForm) -> None:
    """Gives a new form the questions of a template, in every language they are said in."""
    questions = [
        EasyQuestion(
            form=form,
            position=position,
            kind=kind,
            texts=said(key),
            scale_item=key if key in SUS else "",
        )
        for position, (key, kind) in enumerate(chosen.questions, start=1)
    ]
    EasyQuestion.objects.bulk_create(questions)


def said(key: str) -> dict[str, str]:
    """A question by language code."""
    return {code: words[key] for code, words in _words().items() if key in words}


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    files = sorted(_FOLDER.glob("*.json"))
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in files}
