"""Two windows changed the same text: both stand side by side, nothing is overwritten."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from experts.requests import MemberRequest


def conflict(request: MemberRequest, form: forms.Form, stored: Any, back: str) -> HttpResponse:
    """409 with the saved and the typed texts, as far as they differ, and the choice."""
    typed = [(name, form[name]) for name in form.fields if name != "revision"]
    rows = [
        {"label": field.label, "stored": getattr(stored, name), "typed": field.value()}
        for name, field in typed
        if isinstance(field.value(), str)
        and isinstance(getattr(stored, name), str)
        and getattr(stored, name) != field.value()
    ]
    kept = [(name, value) for name, field in typed for value in _values(field.value())]
    context = {"rows": rows, "kept": kept, "revision": stored.revision, "back": back}
    return render(request, "practices/question_conflict.html", context, status=409)


def _values(value: Any) -> list[str]:
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]
