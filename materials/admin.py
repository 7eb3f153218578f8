"""The reading room's shelves of this app."""

from __future__ import annotations

from cop_platform.common.admin import ReadOnlyAdmin, site
from materials import models


class MaterialAdmin(ReadOnlyAdmin):
    list_display = ["code", "title", "type", "audience", "owner", "country"]
    list_filter = ["type", "audience"]
    list_select_related = ["owner", "country"]
    search_fields = ["code", "title"]


class VersionAdmin(ReadOnlyAdmin):
    """What stands on the card; the file has one door, and that is not here."""

    list_display = ["material", "number", "language", "uploaded_at", "released_at"]
    list_select_related = ["material"]
    fields = ["material", "number", "language", "uploaded_at", "released_at"]


site.register(models.Material, MaterialAdmin)
site.register(models.Version, VersionAdmin)
