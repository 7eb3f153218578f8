"""What an address may fill in of a new session or poll: days and hours somebody pointed at."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.http import QueryDict

from cop_platform.common.times import validate_day, validate_zone
from experts.models import CommunityOfPractice, User


class PrefillForm(forms.Form):
    """A time handed on in an address, to a new session or a new poll; anything else is refused."""

    day = forms.DateField(required=False, input_formats=["%Y-%m-%d"], validators=[validate_day])
    clock = forms.TimeField(required=False, input_formats=["%H:%M"])
    zone = forms.CharField(required=False, validators=[validate_zone], max_length=50)
    minutes = forms.IntegerField(required=False, min_value=5, max_value=1440)
    hosts = forms.ModelMultipleChoiceField(
        queryset=CommunityOfPractice.objects.none(), required=False
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hosts"].queryset = CommunityOfPractice.objects.visible_to(user)  # type: ignore[attr-defined]


def prefilled(query: QueryDict, user: User) -> dict[str, Any]:
    """Initial values out of an address: day, clock, zone, hosts. Raises BadRequest."""
    form = PrefillForm(query, user=user)
    if not form.is_valid():
        raise BadRequest
    found = {name: value for name, value in form.cleaned_data.items() if value not in (None, "")}
    hosts = [cop.pk for cop in found.pop("hosts", [])]
    return found | ({"host_cops": hosts} if hosts else {})


def handed_slots(query: QueryDict) -> list[dict[str, Any]]:
    """The times handed on to a new poll as `slot=2026-12-08T10:00`. Raises BadRequest."""
    rows = []
    for typed in query.getlist("slot")[:30]:
        try:
            moment = datetime.strptime(typed, "%Y-%m-%dT%H:%M")
            validate_day(moment)
        except (ValueError, forms.ValidationError) as error:
            raise BadRequest from error
        rows.append({"day": moment.date(), "clock": moment.time()})
    return rows
