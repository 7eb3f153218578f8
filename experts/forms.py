"""Forms clean what is typed; the domain decides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField
from cop_platform.common.times import zone_names
from experts import permissions
from experts.domain import message_kinds, sheets
from experts.enums import PROJECT_ROLES, MessageState, Profession, Role
from experts.fields import CountryField, NameField
from experts.models import CommunityOfPractice, Person, User


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


class PersonFilterForm(forms.Form):
    """What the directory is narrowed to; anything else is refused."""

    q = LineFormField(label=_("Search"), required=False)
    country = CountryField()
    profession = forms.ChoiceField(
        label=_("Role"), choices=[("", _("All roles")), *Profession.choices], required=False
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("All languages")), *settings.PROJECT_LANGUAGES],
        required=False,
    )


class MessageFilterForm(forms.Form):
    """What the outbox is narrowed to; anything else is refused."""

    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("All states")), *MessageState.choices], required=False
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    person = forms.ModelChoiceField(
        label=_("Person"), queryset=Person.objects.none(), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(name, message_kinds.label(name)) for name in message_kinds.names()]
        self.fields["kind"].choices = [("", _("All kinds")), *kinds]  # type: ignore[attr-defined]
        self.fields["person"].queryset = Person.objects.contactable_by(user)  # type: ignore[attr-defined]


class ImportForm(forms.Form):
    """A list of experts to look at."""

    file = forms.FileField(
        label=_("CSV or Excel file"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
    )

    def table(self) -> list[list[str]]:
        """The rows of the file. Raises Unreadable."""
        return sheets.read(self.cleaned_data["file"].read(sheets.MAX_BYTES + 1))


class ConfirmImportForm(forms.Form):
    """The list that was looked at, sealed, so that what was shown is what is written."""

    sealed = forms.CharField(widget=forms.HiddenInput, strip=False)

    _SALT = "experts.import"
    _VALID_FOR = 3600

    @classmethod
    def seal(cls, table: list[list[str]], user: User) -> str:
        return signing.dumps([user.pk, table], salt=cls._SALT, compress=True)

    def table_for(self, user: User) -> list[list[str]] | None:
        """The rows, for who had them sealed within the hour; None otherwise."""
        try:
            owner, table = signing.loads(
                self.cleaned_data["sealed"], salt=self._SALT, max_age=self._VALID_FOR
            )
        except signing.BadSignature:
            return None
        return table if owner == user.pk else None
