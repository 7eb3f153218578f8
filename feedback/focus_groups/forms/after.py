"""What is typed after a talk: clean words, wishes in order, the transcript of a recording."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField, TextFormField
from feedback.focus_groups.domain.capturing.capture import MAX_WORDS
from feedback.focus_groups.domain.capturing.priorities import MOST_DOTS
from feedback.focus_groups.domain.capturing.recordings import MAX_TRANSCRIPT
from feedback.focus_groups.forms.capture import KeyForm

# A proposal may be longer than the words: a name is shorter than what stands for it.
_CLEAN_LIMIT = 2 * MAX_WORDS
_BIGGEST = 2**31 - 1


class CheckForm(KeyForm):
    """The words of one line as others may read them."""

    clean_words = TextFormField(label=_("Clean words"), limit=_CLEAN_LIMIT, required=False)
    clean_rendering = TextFormField(
        label=_("Clean words of the interpreter"), limit=_CLEAN_LIMIT, required=False
    )


class WishForm(forms.Form):
    """A wish of the group and its dots."""

    words = LineFormField(label=_("What should change"), limit=300)
    dots = forms.IntegerField(
        label=_("Dots"), min_value=0, max_value=MOST_DOTS, required=False, initial=0
    )

    def clean_dots(self) -> int:
        return self.cleaned_data["dots"] or 0


class WishDeedForm(forms.Form):
    """One button beside a wish: a dot more, a dot less, or off the list."""

    more = forms.IntegerField(required=False, min_value=1, max_value=_BIGGEST)
    less = forms.IntegerField(required=False, min_value=1, max_value=_BIGGEST)
    drop = forms.IntegerField(required=False, min_value=1, max_value=_BIGGEST)


class SoundForm(forms.Form):
    """The sound of a talk."""

    sound = forms.FileField(label=_("Sound file"), allow_empty_file=True)


class TranscriptForm(forms.Form):
    """What was said, typed by somebody who listened."""

    transcript = TextFormField(label=_("Transcript"), limit=MAX_TRANSCRIPT, required=False)
    is_whole = forms.BooleanField(label=_("Everything is written down"), required=False)
    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
