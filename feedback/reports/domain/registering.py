"""What the reports bring to the rest of the platform: panels, mails, checks, work by the clock."""

from __future__ import annotations

from django.utils import timezone

from cop_platform.common import panels, periodic
from cop_platform.common.reporting import sections, writing
from cop_platform.common.reporting.writing import Writers
from feedback.reports.domain import (
    assembly,
    known,
    page,
    preflight,
    runs,
    standing_orders,
    subscribing,
)
from feedback.reports.domain.annexes import glossary
from feedback.reports.domain.binder import panels as binder_panels
from feedback.reports.domain.funding import faults as funding_faults
from feedback.reports.domain.funding import page as funding_page
from feedback.reports.domain.group_report import panels as group_panels
from feedback.reports.domain.writers import docx, pdf
from feedback.reviews.domain import closing
from feedback.validation.domain.proof import other_files


def register() -> None:
    """Called once, when the app is ready."""
    panels.register("country", page.panels)
    panels.register("country", funding_page.panels)
    panels.register("material", binder_panels.of_material)
    panels.register("focus group", group_panels.of_group)
    panels.register("country", group_panels.of_country)
    preflight.register(funding_faults.of_release)
    sections.register(glossary.SECTION)
    writing.register(
        Writers(
            labels=assembly.labels,
            pdf=lambda document, attached: pdf.write(document, attached=attached),
            docx=docx.write,
        )
    )
    subscribing.register()
    other_files.register(known.answers)
    closing.on_closed(standing_orders.when_closed)
    # A worker's sign of life is real time, also where the tick plays another day.
    periodic.register("reports", lambda _at: runs.reap(at=timezone.now()))
    periodic.register("nightly reports", lambda at: standing_orders.nightly(at=at))
