"""The closed lists of reports; labels are what a person reads."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from experts.enums import Role

# Roles that answer for a country and so read and compile its reports. The project manager does
# as well; the platform admin does not.
READERS = (Role.COORDINATOR, Role.PARTNER)


class FileFormat(TextChoices):
    """The documents drawn from one dataset."""

    PDF = "pdf", _("PDF")
    XLSX = "xlsx", _("Excel workbook")
    JSON = "json", _("JSON data")

    @property
    def media_type(self) -> str:
        return _MEDIA_TYPES[self.value]


_MEDIA_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
