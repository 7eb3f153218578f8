"""WHAT: materials, their versions and editions, what is drawn from them, and who finds them."""

from materials.models.catalogue import Download, LearnerUse, SearchText
from materials.models.glossary import GlossaryTerm, GlossaryWord
from materials.models.incoming import IncomingFile
from materials.models.renditions import Page, Preflight, Rendition, TextTrack
from materials.models.works import (
    Erratum,
    Material,
    RequiredEdition,
    Version,
    content_key,
)

__all__ = [
    "Download",
    "Erratum",
    "GlossaryTerm",
    "GlossaryWord",
    "IncomingFile",
    "LearnerUse",
    "Material",
    "Page",
    "Preflight",
    "Rendition",
    "RequiredEdition",
    "SearchText",
    "TextTrack",
    "Version",
    "content_key",
]
