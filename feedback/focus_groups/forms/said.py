"""What a form's field holds, as people read it: for pages that lay two versions side by side."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _


def said(field: forms.BoundField) -> str:
    """The words of choices, yes or no of a tick, the text of anything else."""
    value = field.value()
    if isinstance(field.field, forms.BooleanField):
        return _("yes") if value not in {None, False, "", "false", "False"} else _("no")
    if isinstance(field.field, (forms.ModelChoiceField, forms.ChoiceField)):
        return "\n".join(_labels(field.field, value))
    return "" if value is None else str(value)


def version_words(version: Any) -> str:
    """A version as a choice: code, title, number, language."""
    words = {
        "code": version.material.code,
        "title": version.material.title,
        "n": version.number,
        "language": version.get_language_display(),
    }
    return _("%(code)s %(title)s, version %(n)d, %(language)s") % words


def differences(stored: forms.Form, typed: forms.Form) -> list[dict[str, str]]:
    """Label, stored and typed words of the fields on which two forms differ; files apart."""
    pairs = [
        (field, typed[field.name])
        for field in stored.visible_fields()
        if not isinstance(field.field, forms.FileField)
    ]
    rows = [(str(one.label), said(one), said(other)) for one, other in pairs]
    return [
        {"label": label, "stored": one, "typed": other}
        for label, one, other in rows
        if one != other
    ]


def _labels(field: Any, value: Any) -> list[str]:
    chosen = value if isinstance(value, (list, tuple, set)) else [value]
    keys = {str(getattr(key, "pk", key)) for key in chosen if key not in (None, "")}
    return [str(label) for key, label in field.choices if str(key) in keys]
