"""The page on which two people who changed the same thing meet."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from feedback.focus_groups.forms.said import differences


def page(
    request: HttpRequest,
    *,
    stored: forms.Form,
    typed: forms.Form,
    mark: tuple[str, object],
    title: str,
    back: str,
    room: tuple[str, str] | None = None,
) -> HttpResponse:
    """Both texts beside each other, and a button that saves what was typed all the same.

    `mark` is the name and value by which the next save says that it saw what is stored now;
    `room` the label and address of the list it belongs to, that of focus groups without one.
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
        "room": room or (_("Focus groups"), reverse("group_list")),
        "back": back,
        "rows": differences(stored, typed),
        "kept": kept,
        "mark": name,
        "value": value,
    }
    return render(request, "feedback/group_conflict.html", context, status=409)
