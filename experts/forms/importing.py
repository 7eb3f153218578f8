"""A list of experts to look at and to confirm."""

from __future__ import annotations

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from experts.domain import sheets
from experts.models import User


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
