"""A guest's hands on an easy form: start it, press a button, send it, without any cookie."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from feedback.focus_groups.domain.easy import form_links
from feedback.focus_groups.models import EasyForm, EasyQuestion, FormResponse

OGG = b"OggS" + b"\x00" * 60
# A day on which the forms of `world` are open.
TODAY = date(2026, 11, 24)


def on(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """Makes it noon in Greenwich on a day."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: noon)


def get(address: str, **more: Any) -> Any:
    return Client().get(address, **more)


def text(page: Any) -> str:
    return str(page.content.decode())


def start(form: EasyForm, language: str = "en", **more: Any) -> str:
    """The address of the first question, after "yes" in a language."""
    page = Client().post(f"{form_links.address(form)}?lang={language}", more)
    assert page.status_code == 302, page.content.decode()
    return str(page["Location"])


def question(form: EasyForm, step: int = 1) -> EasyQuestion:
    return list(form.questions.all())[step - 1]


def press(address: str, form: EasyForm, step: int = 1, **sent: Any) -> Any:
    """What a button of a question's page sends, and the answer to it."""
    return Client().post(address, {"question": question(form, step).pk} | sent)


def at(address: str, step: int | str) -> str:
    """Another step of the same half-filled form."""
    return f"{address.rstrip('/').rpartition('/')[0]}/{step}/"


def only_response() -> FormResponse:
    return FormResponse.objects.get()


def walk_to_the_end(form: EasyForm) -> str:
    """The address of the page with the code, after one face and some words that may be printed."""
    address = start(form)
    press(address, form, value=3)
    press(at(address, 2), form, 2, words="The pictures helped.")
    return str(Client().post(at(address, "last"), {"may_quote": "yes"})["Location"])
