"""What the list of questions is narrowed to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField
from experts.enums import TargetGroup
from experts.fields import CountryField
from practices.domain.questions.listing import QuestionFilter
from practices.domain.questions.states import State


class QuestionFilterForm(forms.Form):
    """The filter bar; topics are those of questions the reader sees."""

    in_more = ("group", "language", "country", "topic")

    q = LineFormField(label=_("Search"), required=False, limit=100)
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("All")), *State.choices], required=False
    )
    country = CountryField()
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    group = forms.ChoiceField(
        label=_("Whom it is about"),
        choices=[("", _("Everybody")), *TargetGroup.choices],
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("All")), *settings.PROJECT_LANGUAGES], required=False
    )
    mine = forms.BooleanField(label=_("Mine"), required=False)
    to_me = forms.BooleanField(label=_("Put to me"), required=False)

    def __init__(self, data: Any, *, topics: list[str]) -> None:
        super().__init__(data)
        names = [(name, name) for name in topics]
        self.fields["topic"].choices = [("", _("All topics")), *names]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> QuestionFilter:
        """What was asked, of a form that is valid."""
        return QuestionFilter(**self.cleaned_data)

    @property
    def narrows(self) -> bool:
        return any(self.cleaned_data.values())
