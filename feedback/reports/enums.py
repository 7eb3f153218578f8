"""The closed lists of reports; labels are what a person reads."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cop_platform.common.reporting import sections as reporting
from experts.enums import Role

# Roles that answer for a country and so read and compile its reports. The project manager does
# as well; the platform admin does not.
READERS = (Role.COORDINATOR, Role.PARTNER)


class FileFormat(TextChoices):
    """The documents drawn from one dataset."""

    PDF = "pdf", _("PDF")
    DOCX = "docx", _("Word document")
    XLSX = "xlsx", _("Excel workbook")
    JSON = "json", _("JSON data")

    @property
    def media_type(self) -> str:
        return _MEDIA_TYPES[self.value]


_MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}

# Pictures a cover can carry.
MEDIA_TYPES = ("image/png", "image/jpeg", "image/svg+xml")


class Profile(TextChoices):
    """For whose eyes a report is; what the public one leaves out is decided where rows are read."""

    PUBLIC = reporting.Profile.PUBLIC.value, _("Everybody")
    AGENCY = reporting.Profile.AGENCY.value, _("Funding agency and auditors")


class Step(TextChoices):
    """What happened to a release after it was compiled; before the first one it is a draft."""

    SIGNED = "signed", _("Signed by the partner")
    PUBLIC = "public", _("Public")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Licence(TextChoices):
    """Under which licence a report may be used."""

    CC_BY_4 = "CC BY 4.0", _("CC BY 4.0")
    CC_BY_SA_4 = "CC BY-SA 4.0", _("CC BY-SA 4.0")
    NONE = "all rights reserved", _("All rights reserved")
