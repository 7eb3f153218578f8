"""The reading room's shelves of this app."""

from __future__ import annotations

from cop_platform.common.admin import ReadOnlyAdmin, site
from sessions import models


class CopSessionAdmin(ReadOnlyAdmin):
    list_display = ["title", "kind", "starts_at", "zone", "minutes", "cancelled_at"]
    list_filter = ["kind"]
    search_fields = ["title"]


class InvitationAdmin(ReadOnlyAdmin):
    list_display = ["session", "person", "answer", "answered_at"]
    list_select_related = ["session", "person"]


site.register(models.CopSession, CopSessionAdmin)
site.register(models.Invitation, InvitationAdmin)
