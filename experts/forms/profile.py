"""What a person sets about oneself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField
from cop_platform.common.times import zone_names
from experts.fields import NameField


class ProfileForm(forms.Form):
    """What a person sets about oneself."""

    name = NameField(label=_("Name"))
    zone = forms.ChoiceField(label=_("Time zone"), help_text=_("Times are shown on this clock."))
    language = forms.ChoiceField(label=_("Language of mails"), choices=settings.PROJECT_LANGUAGES)
    languages = forms.MultipleChoiceField(
        label=_("Languages you speak"),
        choices=settings.PROJECT_LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    ask_me_about = LineFormField(
        label=_("Ask me about"),
        required=False,
        help_text=_("What colleagues in other countries can ask you."),
    )
    in_directory = forms.BooleanField(
        label=_("Show me in the directory"),
        required=False,
        help_text=_("Members see name, country, role and languages; never your address."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = [(name, name) for name in zone_names()]  # type: ignore[attr-defined]
