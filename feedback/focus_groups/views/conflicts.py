"""The page on which two people who changed the same thing meet."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from feedback.focus_groups.forms.said import differences


def page(
    request: HttpRequest,
    *,
    stored: forms.Form,
    typed: forms.Form,
    mark: tuple[str, object],
    title: str,
    back: str,
) -> HttpResponse:
    """Both texts beside each other, and a button that saves what was typed all the same.

    `mark` is the name and value by which the next save says that it saw what is stored now.
    """
    name, value = mark
    kept = [
        (key, text)
        for key, texts in request.POST.lists()
        if key not in {"csrfmiddlewaretoken", name}
        for text in texts
    ]
    context = {
        "title": title,
        "back": back,
        "rows": differences(stored, typed),
        "kept": kept,
        "mark": name,
        "value": value,
    }
    return render(request, "feedback/group_conflict.html", context, status=409)
