"""What the search finds here: practices, ideas, questions and their answers, stories."""

from __future__ import annotations

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _lazy

from cop_platform.common.addresses import numbered
from cop_platform.common.finding import looking, sources
from cop_platform.common.finding.looking import Joined
from cop_platform.common.finding.needle import Needle
from cop_platform.common.finding.sources import Row, Source
from experts.models import User
from practices.models import Answer, Idea, Practice, PracticeVersion, Question, Story

# As the indexes have them, in this order.
CARD = (
    "title", "place", "need", "steps", "resources", "result", "evidence", "lessons", "conditions",
    "adaptable",
)  # fmt: skip
IDEA = ("title", "text", "answer")
QUESTION = ("title", "situation", "tried", "wanted")
STORY = ("title", "text")
_OF_A_CARD = [f"current__{name}" for name in CARD]


def _practices(user: User, needle: Needle) -> QuerySet:
    """Published cards, in the version that stands."""
    seen = Practice.objects.visible_to(user).filter(current__isnull=False)
    return looking.fitting(seen, needle, *_OF_A_CARD)


def _ideas(user: User, needle: Needle) -> QuerySet:
    """Those that stand: of an idea that was merged the other one is found."""
    seen = Idea.objects.visible_to(user).standing()
    return looking.fitting(seen, needle, *IDEA)


def _questions(user: User, needle: Needle) -> QuerySet:
    """Cases that were gone through for details; not even their asker finds the others."""
    seen = Question.objects.visible_to(user).filter(checked_at__isnull=False)
    return looking.fitting(seen, needle, *QUESTION)


def _answers(user: User, needle: Needle) -> QuerySet:
    questions = Question.objects.visible_to(user).filter(checked_at__isnull=False)
    seen = Answer.objects.visible_to(user).filter(question__in=questions.order_by().values("pk"))
    return looking.fitting(seen, needle, "text")


def _stories(user: User, needle: Needle) -> QuerySet:
    """Told in words or aloud: a clip is found by the words written beside it."""
    return looking.fitting(Story.objects.visible_to(user), needle, *STORY)


def _country(row: Row) -> str:
    return row.note


def _question_of(row: Row) -> str:
    return numbered("question_detail", int(row.note))


SOURCES = (
    Source(
        kind="practices",
        label=_lazy("Good practices"),
        icon="check",
        model=Practice,
        find=_practices,
        anywhere=sources.anybodys(PracticeVersion, *CARD),
        title="current__title",
        text=Joined(*(F(name) for name in _OF_A_CARD[2:])),
        note="country__code",
        detail=_country,
        url=lambda row: numbered("practice_detail", row.key),
    ),
    Source(
        kind="ideas",
        label=_lazy("Ideas"),
        icon="plus",
        model=Idea,
        find=_ideas,
        anywhere=sources.anybodys(Idea, *IDEA),
        title="title",
        text=Joined(F("text"), F("answer")),
        note="country__code",
        detail=_country,
        url=lambda row: numbered("idea_detail", row.key),
    ),
    Source(
        kind="questions",
        label=_lazy("Questions"),
        icon="question",
        model=Question,
        find=_questions,
        anywhere=sources.anybodys(Question, *QUESTION),
        title="title",
        text=Joined(F("situation"), F("tried"), F("wanted")),
        note="country__code",
        detail=_country,
        url=lambda row: numbered("question_detail", row.key),
    ),
    Source(
        kind="answers",
        label=_lazy("Answers"),
        icon="question",
        model=Answer,
        find=_answers,
        anywhere=sources.anybodys(Answer, "text"),
        title="question__title",
        text="text",
        note="question_id",
        url=_question_of,
    ),
    Source(
        kind="stories",
        label=_lazy("Stories"),
        icon="edit",
        model=Story,
        find=_stories,
        anywhere=sources.anybodys(Story, *STORY),
        title="title",
        text="text",
        note=Coalesce("country__code", Value("")),
        detail=_country,
        url=lambda row: numbered("story_detail", row.key),
    ),
)


def register() -> None:
    """Called once, when the app is ready."""
    sources.register(*SOURCES)
