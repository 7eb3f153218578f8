from importlib import import_module

from django.apps import AppConfig

ROOMS = ("changes", "reviews", "focus_groups", "validation", "reports")


class FeedbackConfig(AppConfig):
    name = "feedback"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from cop_platform.common import needs, panels
        from cop_platform.common import personal_data as register_of_data
        from cop_platform.common.reporting import sections
        from feedback.changes import sources as change_sources
        from feedback.changes.domain import found as changes_found
        from feedback.changes.domain import learned, watch_source
        from feedback.changes.domain import needs as change_needs
        from feedback.changes.domain import panels as change_panels
        from feedback.changes.domain import public as public_changes
        from feedback.changes.domain.report import section as changes_section
        from feedback.focus_groups.domain import registering as focus_groups
        from feedback.focus_groups.domain.guides import standard_guides
        from feedback.reports.domain import registering as reports
        from feedback.reviews.domain import registering as reviews
        from feedback.reviews.domain.panel import own_conflict
        from feedback.validation.domain import joining
        from feedback.validation.domain.report import registering as validation_sections
        from materials import promises

        for room in ROOMS:
            own = import_module(f"feedback.{room}.personal_data")
            register_of_data.register(own.RECORDS, own.PLAIN)
        learned.register()
        needs.register(change_needs.of, change_needs.asks)
        reviews.register()
        focus_groups.register()
        post_migrate.connect(standard_guides.lay_out, sender=self)
        # What a page says about a material comes in this order: verdicts first.
        joining.register()
        reports.register()
        panels.register("material", change_panels.of_material)
        panels.register("material", change_panels.told, rows=change_panels.told_rows)
        panels.register("material", own_conflict.of_material)
        change_sources.register(watch_source.SOURCE)
        panels.register("watch item", watch_source.of_item)
        promises.register(public_changes.SOURCE)
        sections.register(changes_section.SECTION)
        changes_found.register()
        validation_sections.register()
