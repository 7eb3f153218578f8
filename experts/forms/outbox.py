"""The outbox: what it is narrowed to, and which messages a deed is done to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField
from cop_platform.common.times import validate_day
from experts.domain import message_kinds, message_search
from experts.domain.message_search import Scope, Wanted
from experts.enums import MessageState, Topic
from experts.fields import CountryField
from experts.models import Person, User

STATES = [
    (MessageState.PLANNED, MessageState.PLANNED.label),
    (MessageState.GATHERED, MessageState.GATHERED.label),
    (MessageState.SENT, MessageState.SENT.label),
    (message_search.DELIVERED, _("Delivered")),
    (message_search.ANSWERED, _("Answered")),
    (MessageState.BOUNCED, MessageState.BOUNCED.label),
    (MessageState.FAILED, MessageState.FAILED.label),
    (MessageState.PARKED, MessageState.PARKED.label),
    (MessageState.WITHDRAWN, MessageState.WITHDRAWN.label),
]
# A day typed wrongly is said beside its field, and the list is shown without it.
TYPED = {"q", "since", "until"}


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        validators=[validate_day],
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}),
    )


class MessageFilterForm(forms.Form):
    """What the outbox is narrowed to; anything but a mistyped day is refused."""

    in_more = frozenset({"topic", "country", "since", "until", "sort"})

    q = LineFormField(label=_("Name"), required=False)
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("All states")), *STATES], required=False
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    topic = forms.ChoiceField(
        label=_("Topic"), choices=[("", _("All topics")), *Topic.choices], required=False
    )
    country = CountryField()
    since = _day(_("From"))
    until = _day(_("Until"))
    sort = forms.ChoiceField(
        label=_("Order"),
        choices=[
            (message_search.NEWEST, _("Newest first")),
            (message_search.OLDEST, _("Oldest first")),
            (message_search.BY_NAME, _("By name")),
        ],
        required=False,
    )
    person = forms.ModelChoiceField(
        label=_("Person"), queryset=Person.objects.none(), required=False, widget=forms.HiddenInput
    )
    session = forms.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        kinds = [(name, message_kinds.label(name)) for name in message_kinds.names()]
        self.fields["kind"].choices = [("", _("All kinds")), *kinds]  # type: ignore[attr-defined]
        self.fields["person"].queryset = Person.objects.contactable_by(user)  # type: ignore[attr-defined]

    def clean_session(self) -> Scope | None:
        """The mails about a session; refused for one this person does not run."""
        key = self.cleaned_data["session"]
        if key is None:
            return None
        found = message_search.scope("session", self.user, key)
        if found is None:
            raise ValidationError(_("There is no such session."))
        return found

    @property
    def is_usable(self) -> bool:
        """Nothing was sent but what the page itself offers, or a day typed wrongly."""
        return self.is_valid() or not set(self.errors) - TYPED

    @property
    def about(self) -> Scope | None:
        return self.cleaned_data.get("session")

    @property
    def wanted(self) -> Wanted:
        said = {name: value for name, value in self.cleaned_data.items() if name != "session"}
        return Wanted(**said)


class ChosenForm(forms.Form):
    """Ticked messages and what to do with them; `confirm` once it was shown."""

    MOST = 100
    CANCEL, RESEND = "cancel", "resend"

    messages = forms.TypedMultipleChoiceField(coerce=int)
    deed = forms.ChoiceField(choices=[(CANCEL, _("Cancel")), (RESEND, _("Send again"))])
    confirm = forms.BooleanField(required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        # Whose they are is asked of the database; here they are only numbers.
        numbers = [key for key in data.getlist("messages") if key.isascii() and key.isdigit()]
        short = [key for key in numbers if len(key) < 19][: self.MOST]
        self.fields["messages"].choices = [(key, key) for key in short]  # type: ignore[attr-defined]
