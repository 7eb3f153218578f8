"""Two people saved the same: both texts beside each other, nothing lost."""

from __future__ import annotations

from django.forms import BoundField, CheckboxInput, FileInput, Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from experts.requests import MemberRequest
from feedback.focus_groups.models import EasyForm


def page(
    request: MemberRequest, stored: Form, typed: Form, *, seen: str, back: EasyForm
) -> HttpResponse:
    """What is saved now beside what was typed, and a button that saves what was typed."""
    pairs = [
        (field, typed[field.name])
        for field in stored
        if not isinstance(field.field.widget, FileInput)
    ]
    context = {
        "back": back,
        "rows": [
            {"label": old.label, "stored": _said(old), "typed": _said(new)}
            for old, new in pairs
            if _said(old) != _said(new)
        ],
        "fields": [
            (name, text)
            for name in [*typed.fields, "language"]
            for text in request.POST.getlist(name)
        ],
        "seen": seen,
    }
    return render(request, "feedback/form_conflict.html", context, status=409)


def _said(field: BoundField) -> str:
    """What a field holds, as people read it."""
    value = field.value()
    if isinstance(field.field.widget, CheckboxInput):
        return _("yes") if value else _("no")
    choices = dict(getattr(field.field, "choices", ()) or ())
    words = {str(getattr(key, "value", key)): str(word) for key, word in choices.items()}
    if isinstance(value, list | tuple):
        return ", ".join(words.get(str(one), str(one)) for one in value)
    return "" if value is None else words.get(str(value), str(value))
