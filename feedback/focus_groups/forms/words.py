"""Words of an answer: those of a voice message, and the clean ones."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import TextFormField

_MOST = 4000


class CleanForm(forms.Form):
    """What others may read; `said` is what stood there when the page was opened."""

    clean_words = TextFormField(label=_("What others may read"), limit=_MOST, required=False)
    said = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)


class WrittenForm(forms.Form):
    """What a voice message says."""

    words = TextFormField(label=_("What is said, in the same language"), limit=_MOST)
