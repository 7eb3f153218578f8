"""In which kind of file remarks are taken along."""

from __future__ import annotations

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FileKind(TextChoices):
    """The kinds, each with what it is good for."""

    PDF = "pdf", _("PDF with the remarks in it")
    DOCX = "docx", _("Word table")
    XLSX = "xlsx", _("Excel table")


GOOD_FOR = {
    FileKind.PDF: _("To read: the pages as they are, each remark beside its place."),
    FileKind.DOCX: _("To work on: a row for each remark, with room to write."),
    FileKind.XLSX: _("To sort and to count."),
}


class RemarkExportForm(forms.Form):
    """One choice; who does not know takes the first."""

    kind = forms.ChoiceField(
        label=_("What do you need?"),
        choices=FileKind.choices,
        error_messages={"required": _("Choose one of the files.")},
    )
