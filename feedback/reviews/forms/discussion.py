"""Forms clean what is typed; the domain decides."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import TextFormField
from feedback.reviews.domain import discussion, threads
from feedback.reviews.enums import Phase

# The largest key that the database can hold.
_MAX_KEY = 2**53


class ReplyForm(forms.Form):
    """An answer under a remark, which `kind` and `key` name."""

    kind = forms.ChoiceField(
        choices=[(threads.ANNOTATION, ""), (threads.RATING, "")], widget=forms.HiddenInput
    )
    key = forms.IntegerField(min_value=1, max_value=_MAX_KEY, widget=forms.HiddenInput)
    text = TextFormField(label=_("Your answer"), limit=discussion.MAX_REPLY)
    knows_names = forms.BooleanField(required=False, widget=forms.HiddenInput)


class ResponseForm(forms.Form):
    """What the author answers the reviewers."""

    text = TextFormField(label=_("Response to the reviewers"), required=False)
    knows_names = forms.BooleanField(required=False, widget=forms.HiddenInput)
    revision = forms.IntegerField(
        min_value=0, max_value=2**31 - 1, required=False, widget=forms.HiddenInput
    )

    def clean_revision(self) -> int:
        return self.cleaned_data["revision"] or 0


class PhaseForm(forms.Form):
    """The phase a round goes on to."""

    phase = forms.ChoiceField(choices=Phase.choices)
