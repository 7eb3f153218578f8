"""The reading room's shelves of this app; words of a mail that waits are never shown."""

from __future__ import annotations

from cop_platform.common.admin import ReadOnlyAdmin, site
from experts import models


class PersonAdmin(ReadOnlyAdmin):
    list_display = ["name", "country", "language", "zone"]
    list_filter = ["country"]
    search_fields = ["name", "email"]
    list_select_related = ["country"]


class UserAdmin(ReadOnlyAdmin):
    list_display = ["email", "is_active", "last_login"]
    exclude = ["password", "session_generation"]
    search_fields = ["email"]


class MembershipAdmin(ReadOnlyAdmin):
    list_display = ["person", "cop", "role", "stage", "joined_on", "left_on"]
    list_filter = ["role", "cop"]
    list_select_related = ["person", "cop"]


class MessageAdmin(ReadOnlyAdmin):
    list_display = ["kind", "person", "state", "due_at", "sent_at", "attempts", "last_error"]
    list_filter = ["state", "kind"]
    list_select_related = ["person"]
    exclude = ["payload"]


class ImportRunAdmin(ReadOnlyAdmin):
    list_display = ["requested_at", "requested_by", "rows", "state", "reason"]
    list_filter = ["state"]
    list_select_related = ["requested_by"]
    exclude = ["listing", "token"]


class SendingPauseAdmin(ReadOnlyAdmin):
    list_display = ["since", "reason", "by"]
    list_select_related = ["by"]


class AuditEventAdmin(ReadOnlyAdmin):
    list_display = ["at", "deed", "object_kind", "object_id", "country"]
    list_select_related = ["country"]


for model in (models.Country, models.Partner, models.CommunityOfPractice, models.Charter):
    site.register(model, ReadOnlyAdmin)
site.register(models.Person, PersonAdmin)
site.register(models.User, UserAdmin)
site.register(models.Membership, MembershipAdmin)
site.register(models.Message, MessageAdmin)
site.register(models.ImportRun, ImportRunAdmin)
site.register(models.SendingPause, SendingPauseAdmin)
site.register(models.AuditEvent, AuditEventAdmin)
