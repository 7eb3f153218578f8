"""What is typed about circles and polls of interest."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cop_platform.common.guest_words import Words
from cop_platform.common.text import LineFormField, TextFormField
from cop_platform.common.times import validate_day
from experts.fields import NameField
from experts.models import CommunityOfPractice, User
from practices.domain.forming.circles import CircleSession
from practices.forms.forming_charters import DayInput, TopicsField
from practices.models import InterestPoll

_SHORT = 80


class CircleForm(forms.Form):
    """A new circle."""

    name = LineFormField(label=_("Topic of the circle"), limit=_SHORT)
    purpose = TextFormField(label=_("What do you want to find out or try together?"), limit=2000)
    community = forms.ModelChoiceField(
        label=_("Community that hosts its sessions"),
        queryset=CommunityOfPractice.objects.none(),
        empty_label=None,
        help_text=_("Members of every country can join."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["community"]
        field.queryset = CommunityOfPractice.objects.visible_to(user)
        own = field.queryset.filter(country_id=user.person.country_id).first()
        field.initial = own.pk if own else None


class CircleSessionForm(forms.Form):
    """When and where a circle meets."""

    title = LineFormField(label=_("Title"))
    day = forms.DateField(label=_("Day"), validators=[validate_day], widget=DayInput())
    clock = forms.TimeField(
        label=_("Start"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=15, max_value=480, initial=60)
    online_link = forms.URLField(
        label=_("Online link"), required=False, max_length=500, assume_scheme="https"
    )
    place = LineFormField(label=_("Place"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (self.errors or cleaned.get("online_link") or cleaned.get("place")):
            self.add_error("online_link", _("Say where you meet: a link or a place."))
        return cleaned

    def wanted(self) -> CircleSession:
        return CircleSession(**self.cleaned_data)


class InterestPollForm(forms.Form):
    """A new poll of interest."""

    title = LineFormField(label=_("Title"))
    intro = TextFormField(
        label=_("What it is for"), required=False, limit=2000, help_text=_("Guests read it first.")
    )
    options = TopicsField(label=_("Topics"), limit=2000, help_text=_("One a line, at most twelve."))
    closes_on = forms.DateField(label=_("Last day"), validators=[validate_day], widget=DayInput())


class InterestForm(forms.Form):
    """A guest's answer: for each topic whether they would talk of it, need it, can give it.

    What is wrong is said in the words of the page, which no catalogue holds.
    """

    once = forms.UUIDField(widget=forms.HiddenInput)
    called = NameField()
    topics = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    needs = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    offers = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    other = LineFormField(required=False, limit=_SHORT)

    def __init__(self, *args: Any, poll: InterestPoll, words: Words, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.poll, self.words = poll, words
        for name in ("topics", "needs", "offers"):
            self.fields[name].choices = [(one, one) for one in poll.options]  # type: ignore[attr-defined]

    def clean_called(self) -> str:
        called: str = self.cleaned_data["called"]
        if len(called) > _SHORT:
            raise ValidationError(self.words["name_wrong"])
        return called

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        other = cleaned.pop("other", "")
        if other:
            cleaned["topics"] = [*cleaned.get("topics", []), other]
        if not self.errors and not any(cleaned.get(n) for n in ("topics", "needs", "offers")):
            raise ValidationError(self.words["tick_one"])
        return cleaned

    def complaints(self) -> dict[str, str]:
        """What is wrong, by field, as the page says it; `page` for what belongs to none."""
        said = {}
        if "called" in self.errors:
            is_there = bool(self.data.get("called", "").strip())
            said["called"] = self.words["name_wrong" if is_there else "name_missing"]
        if "other" in self.errors:
            said["other"] = self.words["other_wrong"]
        if self.errors.keys() & {"once", "topics", "needs", "offers"}:
            said["page"] = self.words["again"]
        if whole := self.non_field_errors():
            said["page"] = str(whole[0])
        return said

    def once_value(self) -> str:
        """The key of this form, a new one where the one sent is none."""
        return str(uuid.uuid4()) if "once" in self.errors else str(self["once"].value())

    def rows(self) -> list[dict[str, Any]]:
        """The topics with what was ticked, as the page draws them."""
        ticked = {
            name: set(self.data.getlist(name)) if self.is_bound else set()  # type: ignore[attr-defined]
            for name in ("topics", "needs", "offers")
        }
        return [
            {"topic": topic, **{name: topic in chosen for name, chosen in ticked.items()}}
            for topic in self.poll.options
        ]
