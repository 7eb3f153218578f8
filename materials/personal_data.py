"""Who made, translated and sent which material; readers of the catalogue are counted, not known."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cop_platform.common.personal_data import DEED, PASSING, WORK, Kind, Record

RECORDS = (
    Record(
        "materials.Material",
        Kind.DEED,
        _("Who looks after a material."),
        DEED,
        "owner",
        about="owner",
    ),
    Record(
        "materials.Version",
        Kind.DEED,
        _("Who brought a version, and who translated it."),
        DEED,
        "uploaded_by translator",
        about="uploaded_by",
    ),
    Record(
        "materials.Version",
        Kind.WORDS,
        _("The material itself, its name and its text may name people."),
        WORK,
        "file original_name link what_changed",
    ),
    Record(
        "materials.Erratum",
        Kind.DEED,
        _("Who decided whether a correction changes what was validated."),
        DEED,
        "decided_by",
        about="decided_by",
    ),
    Record(
        "materials.SearchText",
        Kind.WORDS,
        _("The text of a version, for the search."),
        WORK,
        "words",
    ),
    Record(
        "materials.GlossaryTerm",
        Kind.DEED,
        _("Who changed a term last."),
        DEED,
        "changed_by",
        about="changed_by",
    ),
    Record(
        "materials.IncomingFile",
        Kind.DEED,
        _("Who is sending a file, until it is a version."),
        PASSING,
        "person name facts started_at touched_at",
        plain="key size received sha256 media_type refused",
        about="person",
        whole=True,
    ),
    Record(
        "materials.Rendition",
        Kind.DEED,
        _("Who asked for a drawing of a version."),
        DEED,
        "requested_by",
        about="requested_by",
    ),
    Record(
        "materials.Rendition",
        Kind.WORDS,
        _("Pictures and copies of the version, and names found inside the file."),
        WORK,
        "pdf thumbnail stripped names_found",
    ),
    Record(
        "materials.Page",
        Kind.WORDS,
        _("A page of a version as text and picture."),
        WORK,
        "text image",
    ),
    Record(
        "materials.TextTrack",
        Kind.DEED,
        _("Who brought captions or a transcript."),
        DEED,
        "uploaded_by",
        about="uploaded_by",
    ),
    Record(
        "materials.TextTrack",
        Kind.WORDS,
        _("What is said in a film or a recording that is a material."),
        WORK,
        "text",
    ),
)
PLAIN = {
    "materials.Material": "code title summary parts levels",
    "materials.Version": "sha256 media_type",
    "materials.Erratum": "reason",
    "materials.SearchText": "title",
    "materials.GlossaryTerm": "source",
    "materials.GlossaryWord": "word definition key",
    "materials.Rendition": "step reason why_not stripped_sha256 drawn_with",
    "materials.Preflight": "signals",
}
