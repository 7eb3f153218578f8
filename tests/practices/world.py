"""Small worlds of what the community learns: practices, ideas, questions, comments."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

from experts.models import Partner, Person
from practices.enums import BriefAudience, CheckStep, Use
from practices.models import (
    Adoption,
    Answer,
    Brief,
    Comment,
    Experiment,
    Idea,
    Practice,
    PracticeVersion,
    Question,
)
from practices.querysets import ANSWER_DAYS
from tests import factories as make

DAY = date(2026, 11, 20)
_numbers = count(1)


def partner(code: str = "BG") -> Partner:
    found, _ = Partner.objects.get_or_create(
        name=f"Partner {code}", defaults={"kind": "NGO", "country": make.country(code)}
    )
    return found


def member(code: str = "BG", **more: Any) -> Person:
    """An expert who works with the partner of the country."""
    return make.person(code=code, **{"partner": partner(code)} | more)


def practice(code: str = "BG", *, author: Person | None = None, **more: Any) -> Practice:
    """A published practice of a country; its card's fields may be given."""
    author = author or member(code)
    own = {key: more.pop(key) for key in ("topic", "tags", "maturity") if key in more}
    made = Practice.objects.create(
        country=make.country(code), partner=partner(code), author=author, started_on=DAY, **own
    )
    made.current = version(made, step=CheckStep.PUBLISHED, **more)
    made.save(update_fields=["current"])
    return made


def draft(code: str = "BG", *, author: Person | None = None, **more: Any) -> PracticeVersion:
    """The first version of a practice that nobody published yet."""
    author = author or member(code)
    made = Practice.objects.create(
        country=make.country(code), partner=partner(code), author=author, started_on=DAY
    )
    return version(made, **more)


def version(of: Practice, *, step: str = CheckStep.DRAFT, **more: Any) -> PracticeVersion:
    values: dict[str, Any] = {
        "practice": of,
        "number": of.versions.count() + 1,
        "title": f"Practice {next(_numbers)}",
        "need": "People lose their papers.",
        "steps": "Sit together. Write it down.",
        "step": step,
    }
    if step == CheckStep.PUBLISHED:
        checker = member("IT")
        values |= {"screened_by": checker, "screened_on": DAY, "published_on": DAY}
    return PracticeVersion.objects.create(**values | more)


def adoption(
    of: Practice, code: str = "IT", *, person: Person | None = None, **more: Any
) -> Adoption:
    """The use that the partner of a country makes of a practice's published version."""
    values: dict[str, Any] = {
        "version": of.current,
        "partner": partner(code),
        "person": person or member(code),
        "use": Use.IN_USE,
        "adopted_on": DAY,
    }
    return Adoption.objects.create(**values | more)


def idea(code: str = "BG", *, author: Person | None = None, **more: Any) -> Idea:
    added = more.pop("added_on", DAY)
    values: dict[str, Any] = {
        "title": f"Idea {next(_numbers)}",
        "author": author or member(code),
        "country": make.country(code),
        "added_on": added,
        "answer_due_on": added + timedelta(days=ANSWER_DAYS),
    }
    return Idea.objects.create(**values | more)


def experiment(of: Idea, *, owner: Person | None = None, **more: Any) -> Experiment:
    """A test of two weeks that nobody has told the result of."""
    values: dict[str, Any] = {
        "idea": of,
        "owner": owner or of.author,
        "country": of.country,
        "hypothesis": "Voices are easier than letters.",
        "test": "Five people record one minute.",
        "starts_on": DAY,
        "ends_on": DAY + timedelta(days=14),
    }
    return Experiment.objects.create(**values | more)


def brief(code: str = "BG", **more: Any) -> Brief:
    """A brief of one line, which cites an idea."""
    values: dict[str, Any] = {
        "title": f"Brief {next(_numbers)}",
        "audience": BriefAudience.CITY,
        "country": make.country(code),
        "made_by": member(code),
        "made_on": DAY,
    }
    made = Brief.objects.create(**values | more)
    made.lines.create(
        position=1,
        theme="First meetings",
        text="Open one counter in the evening.",
        source_kind="idea",
        source_id=idea(code).pk,
        source_country=code,
        source_day=DAY,
    )
    return made


def question(code: str = "BG", *, asked_by: Person | None = None, **more: Any) -> Question:
    """A question whose details were gone through."""
    values: dict[str, Any] = {
        "title": f"Question {next(_numbers)}",
        "situation": "A person has no certificate of a job of ten years.",
        "asked_by": asked_by or member(code),
        "country": make.country(code),
        "added_at": make.NOW,
        "checked_at": make.NOW,
    }
    return Question.objects.create(**values | more)


def comment(kind: str, object_id: int, *, by: Person | None = None, **more: Any) -> Comment:
    values: dict[str, Any] = {"by": by or member(), "text": "We do it like that.", "at": make.NOW}
    return Comment.objects.create(kind=kind, object_id=object_id, **values | more)


def answer(of: Question, *, by: Person | None = None, **more: Any) -> Answer:
    """An answer to a question, as it stands in the table."""
    values: dict[str, Any] = {
        "question": of,
        "by": by or member("IT"),
        "text": "Write down what she can do, and let somebody watch her do it.",
        "at": make.NOW,
    }
    return Answer.objects.create(**values | more)
