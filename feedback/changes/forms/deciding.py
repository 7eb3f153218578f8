"""What is typed about one change request."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import TextFormField
from cop_platform.common.times import validate_day
from experts.enums import Role
from experts.models import Country, Person, User
from feedback.changes.domain import deciding, ledger, words_check
from feedback.changes.domain.ledger import Asked
from feedback.changes.enums import Decision, Severity
from feedback.changes.models import ChangeRequest
from materials.models import Version

DECISIONS = [("", _("Please choose")), *((d, d.label) for d in Decision if d != Decision.OPEN)]


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[validate_day],
    )


class RevisionForm(forms.Form):
    """Knows the state of the request that was looked at."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)


class ReadByAllForm(forms.Form):
    """Words for everybody; a name in them is shown first, and published if that is meant."""

    names_ok = forms.BooleanField(
        label=_("I have read this and publish it as it is"), required=False
    )
    # The fields that everybody will read.
    read_by_all: tuple[str, ...] = ("public_asked",)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("names_ok"):
            for sentence in words_check.warnings(
                *(cleaned.get(name) or "" for name in self.read_by_all)
            ):
                self.add_error("names_ok", sentence)
        return cleaned

    @property
    def asks_twice(self) -> bool:
        """Whether the tick is shown: only where something was found."""
        return self.is_bound and ("names_ok" in self.errors or bool(self.data.get("names_ok")))

    def said(self) -> dict[str, Any]:
        """What the domain is told."""
        return {name: value for name, value in self.cleaned_data.items() if name != "names_ok"}


class WordsForm(ReadByAllForm, RevisionForm):
    """What the public table says was asked."""

    public_asked = TextFormField(
        label=_("In the words of the public table"),
        required=False,
        limit=2000,
        help_text=_(
            "Everybody reads this. Leave out who asked and where. Without words the table says "
            "only how important it was."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, change: ChangeRequest) -> None:
        initial = {"revision": change.revision, "public_asked": change.public_asked}
        super().__init__(data, initial=initial, auto_id=f"id_{type(self).__name__.lower()}_%s")


class DecisionForm(WordsForm):
    """What becomes of the request, and why."""

    field_order = ["decision", "reason", "public_asked", "names_ok", "revision"]
    read_by_all = ("public_asked", "reason")

    decision = forms.ChoiceField(label=_("What becomes of it"), choices=DECISIONS)
    reason = TextFormField(
        label=_("Reason"),
        limit=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody can read it; say it so that who asked understands it."),
    )


class ArrangeForm(RevisionForm):
    """How grave it is, who decides, by when."""

    severity = forms.ChoiceField(label=_("Severity"), choices=Severity.choices)
    owner = forms.ModelChoiceField(
        label=_("Who decides"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("The author"),
    )
    due_on = _day(_("Decide by"))

    def __init__(self, data: Any = None, *, change: ChangeRequest) -> None:
        initial = {"severity": change.severity, "owner": change.owner_id, "due_on": change.due_on}
        super().__init__(data, initial=initial | {"revision": change.revision})
        known = ledger.owners(change.material, change.country_id)
        # Who was named and has left since stays in the list: a list must not change the owner.
        named = Person.objects.filter(changes_owned=change)
        self.fields["owner"].queryset = known | named  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        return self.cleaned_data


class ReopenForm(RevisionForm):
    """Why a decision is looked at again."""

    reason = TextFormField(
        label=_("Why is it looked at again?"), limit=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data: Any = None, *, change: ChangeRequest) -> None:
        super().__init__(data, initial={"revision": change.revision}, auto_id="id_reopen_%s")

    def said(self) -> dict[str, Any]:
        return self.cleaned_data


class DoneForm(RevisionForm):
    """The version that shows the change."""

    version = forms.ModelChoiceField(
        label=_("Done in version"),
        queryset=Version.objects.none(),
        required=False,
        empty_label=_("Not done yet"),
    )

    def __init__(self, data: Any = None, *, change: ChangeRequest) -> None:
        initial = {"revision": change.revision, "version": change.done_in_id}
        super().__init__(data, initial=initial)
        self.fields["version"].queryset = deciding.evidence(change)  # type: ignore[attr-defined]
        self.fields["version"].label_from_instance = version_words  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        return self.cleaned_data


class MergeForm(forms.Form):
    """The request that asks the same."""

    into = forms.ChoiceField(label=_("The same as"))

    def __init__(self, data: Any = None, *, others: Iterable[tuple[int, str]]) -> None:
        super().__init__(data)
        choices = [("", _("Please choose")), *((str(pk), said) for pk, said in others)]
        self.fields["into"].choices = choices  # type: ignore[attr-defined]
        self.has_choices = len(choices) > 1

    def said(self) -> dict[str, Any]:
        return {"into_id": int(self.cleaned_data["into"])}


class NewChangeForm(forms.Form):
    """A request in own words; those of the public table come with the decision."""

    version = forms.ModelChoiceField(
        label=_("Version"), queryset=Version.objects.none(), empty_label=_("Please choose")
    )
    asked = TextFormField(label=_("What should change"), limit=4000)
    severity = forms.ChoiceField(
        label=_("Severity"),
        choices=Severity.choices,
        initial=Severity.MINOR,
        help_text=_("A round is not closed over an undecided critical change."),
    )
    country = forms.ModelChoiceField(
        label=_("Country that asks"),
        queryset=Country.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("The author or the project"),
    )
    due_on = _day(_("Decide by"))

    def __init__(self, data: Any = None, *, user: User, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        versions = Version.objects.visible_to(user).select_related("material")
        self.fields["version"].queryset = versions.order_by("material__code", "-number")  # type: ignore[attr-defined]
        self.fields["version"].label_from_instance = titled_version  # type: ignore[attr-defined]
        countries = Country.objects.visible_to(user)
        own = user.access.countries(Role.COORDINATOR)
        if not user.access.is_manager:
            countries = countries.filter(pk__in=own)
        self.fields["country"].queryset = countries.order_by("code")  # type: ignore[attr-defined]

    def asked_for(self) -> Asked:
        return Asked(**self.cleaned_data)


def version_words(version: Version) -> str:
    """A version of a known material: v3 (English)."""
    return f"v{version.number} ({version.get_language_display()})"


def titled_version(version: Version) -> str:
    """A version in a list of all: M01 Mentor guide, v3 (English)."""
    return f"{version.material}, {version_words(version)}"
