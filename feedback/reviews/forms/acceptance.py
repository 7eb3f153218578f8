"""What an expert answers to a request."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import TextFormField

MAX_REASON = 2000
YES, NO = "yes", "no"


class AcceptForm(forms.Form):
    """Whether the expert reads the language well; until that is said nothing opens."""

    reads_language = forms.ChoiceField(
        choices=[(YES, _("Yes, I read it well")), (NO, _("No, or not well enough"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you read this language well.")},
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        question = _("Do you read %(language)s well?") % {"language": language}
        self.fields["reads_language"].label = question

    def reads(self) -> bool:
        """The cleaned answer as yes or no."""
        return bool(self.cleaned_data["reads_language"] == YES)


class DeclineForm(forms.Form):
    """Why an expert does not review."""

    reason = TextFormField(
        label=_("Why not?"),
        limit=MAX_REASON,
        help_text=_(
            "Read by your coordinators only, and never beside a name unless you tick below."
        ),
        error_messages={"required": _("Say in a few words why, so that we can do better.")},
    )
    unread = forms.BooleanField(label=_("I do not read this language well"), required=False)
    has_conflict = forms.BooleanField(
        label=_("I have a conflict of interest: I should not review this"),
        required=False,
        help_text=_(
            "Your coordinators see this with your name, and do not ask you about it again."
        ),
    )
