"""The filter bar of the notices."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from experts.domain.wishes import CHOSEN_TOPICS


class NoticeFilterForm(forms.Form):
    """What the notices are narrowed to; anything else is refused."""

    topic = forms.ChoiceField(
        label=_("Topic"),
        choices=[("", _("All topics")), *((t.value, t.label) for t in CHOSEN_TOPICS)],
        required=False,
    )
