"""The reading room's shelves of the reports: that they exist and how work ended, no content."""

from __future__ import annotations

from cop_platform.common.admin import ReadOnlyAdmin, site
from feedback.reports import models


class ReportRunAdmin(ReadOnlyAdmin):
    list_display = ["country", "period_start", "period_end", "state", "requested_at", "reason"]
    list_filter = ["state"]
    list_select_related = ["country"]
    exclude = ["report"]


site.register(models.ReportRun, ReportRunAdmin)
