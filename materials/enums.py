"""The closed lists of this app; labels are what a person reads."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MEGABYTE = 1024 * 1024
# What the address of a link is stored as; nothing is ever fetched from it.
LINK_MEDIA_TYPE = "text/uri-list"


class MaterialType(TextChoices):
    """What a material is."""

    GUIDE = "guide", _("Guide")
    WORKBOOK = "workbook", _("Workbook")
    TEMPLATE = "template", _("Template")
    CARDS = "cards", _("Cards")
    MODULE = "module", _("Training module")
    VIDEO = "video", _("Video")
    PLATFORM = "platform", _("Platform screens")
    PACK = "pack", _("Group pack")
    ANNEX = "annex", _("Annex")
    OTHER = "other", pgettext_lazy("type of material", "Other")


class MaterialAudience(TextChoices):
    """Who a material is written for."""

    MENTORS = "mentors", _("Mentors")
    MIGRANTS = "migrants", _("Migrants")
    EXPERTS = "experts", _("Experts")
    ALL = "all", pgettext_lazy("audience of a material", "Everybody")


class Licence(TextChoices):
    """What others may do with a material."""

    CC_BY = "CC BY 4.0", "CC BY 4.0"
    CC_BY_SA = "CC BY-SA 4.0", "CC BY-SA 4.0"
    CC_BY_NC_SA = "CC BY-NC-SA 4.0", "CC BY-NC-SA 4.0"
    CC0 = "CC0", "CC0"
    ALL_RIGHTS_RESERVED = "all rights reserved", _("All rights reserved")


class PortfolioPart(TextChoices):
    """What of an e-portfolio a material helps with."""

    EUROPASS_CV = "europass_cv", _("Europass CV")
    PLAN = "plan", _("Learning plan")
    JOURNAL = "journal", _("Learning journal")
    ARTEFACT = "artefact", _("Artefact (evidence)")
    COMPETENCE_MAP = "competence_map", _("Competence map")
    LANGUAGE_PASSPORT = "passport", _("Language passport")
    BADGE = "badge", _("Badge")


class Shown(TextChoices):
    """How a version is read on a page."""

    NOT_YET = "not_yet", _("Not drawn yet")
    PAGES = "pages", _("Page by page")
    PICTURE = "picture", _("As a picture")
    VIDEO = "video", _("As a video")
    LINK = "link", _("As a link")
    DOWNLOAD = "download", _("Download only")


class TrackKind(TextChoices):
    """What the words of a video are for."""

    CAPTIONS = "captions", _("Captions")
    TRANSCRIPT = "transcript", _("Transcript")


class UsedHow(TextChoices):
    """What a mentor says after using an edition with a learner."""

    HELPED = "helped", _("It helped")
    PARTLY = "partly", _("It helped in part")
    NOT = "not", _("It did not help")


@dataclass(frozen=True)
class Format:
    """One line of the allowlist: a kind of file, its names, and how large it may be."""

    label: str | Promise
    extensions: tuple[str, ...]
    media_type: str
    max_bytes: int
    shown_on_page: bool

    @property
    def extension(self) -> str:
        """The ending that downloads carry."""
        return self.extensions[0]


# The one list of what may be uploaded; what is not here is refused.
PDF = Format(_("PDF document"), ("pdf",), "application/pdf", 50 * MEGABYTE, True)
DOCX = Format(
    _("Word document"),
    ("docx",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    20 * MEGABYTE,
    False,
)
PPTX = Format(
    _("PowerPoint presentation"),
    ("pptx",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    50 * MEGABYTE,
    False,
)
PNG = Format(_("PNG picture"), ("png",), "image/png", 15 * MEGABYTE, True)
JPEG = Format(_("JPEG picture"), ("jpg", "jpeg"), "image/jpeg", 15 * MEGABYTE, True)
MP4 = Format(_("MP4 video"), ("mp4", "m4v"), "video/mp4", 300 * MEGABYTE, True)
FORMATS = (PDF, DOCX, PNG, JPEG)
BY_MEDIA_TYPE = {entry.media_type: entry for entry in FORMATS}
BY_EXTENSION = {ending: entry for entry in FORMATS for ending in entry.extensions}
