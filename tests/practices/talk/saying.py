"""What the tests of discussions share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from experts.models import Person, User
from materials.models import Material
from practices.domain.talk import writing
from practices.models import Comment
from tests import factories as make


def account(person: Person) -> User:
    """The account, loaded as a request would load it."""
    return User.objects.get(pk=person.user_id)


def released(home: str = "BG", **more: Any) -> Material:
    """A material every member reads."""
    return make.version(make.material(home, **more), released_at=make.NOW).material


def say(
    kind: str, pk: int, text: str, *, by: User, at: datetime = make.NOW, **more: Any
) -> Comment:
    words = writing.Words(text=text, language=more.pop("language", "en"), **more)
    done = writing.write(kind=kind, object_id=pk, words=words, by=by, at=at)
    return done.comment


def thread(kind: str, pk: int) -> str:
    return reverse("talk_thread", args=[kind, pk])


def typed(text: str, **more: Any) -> dict[str, Any]:
    return {"text": text, "language": "en"} | more
