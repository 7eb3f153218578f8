"""Who is offered an account, and what a newcomer says."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from cop_platform.common.times import zone_names
from experts import permissions
from experts.enums import PROJECT_ROLES, Role
from experts.fields import NameField
from experts.models import CommunityOfPractice, User


class InvitePersonForm(forms.Form):
    """Whom to invite, into which community, as what."""

    name = NameField(label=_("Name"))
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    cop = forms.ModelChoiceField(
        label=_("Community"), queryset=CommunityOfPractice.objects.none(), empty_label=None
    )
    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cops = CommunityOfPractice.objects.visible_to(user)
        if not user.access.is_admin:
            cops = cops.run_by(user)
        self.fields["cop"].queryset = cops  # type: ignore[attr-defined]
        roles = permissions.roles_open_to(user)
        self.fields["role"].choices = [(role, Role(role).label) for role in roles]  # type: ignore[attr-defined]
        self.fields["role"].initial = Role.EXPERT

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cop, role = cleaned.get("cop"), cleaned.get("role")
        if cop and role and (role in PROJECT_ROLES) != (cop.country_id is None):
            self.add_error("role", _("This role is not held in this community."))
        return cleaned


class AcceptForm(forms.Form):
    """What a newcomer says: the name to be called by, the clock to go by, a password."""

    name = NameField(label=_("Your name"))
    zone = forms.ChoiceField(label=_("Your time zone"))
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least ten characters. A sentence is easy to remember and hard to guess."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = [(name, name) for name in zone_names()]  # type: ignore[attr-defined]

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password
