from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "feedback"

    def ready(self) -> None:
        from django.db.models.signals import post_save

        from cop_platform.common import needs, panels, periodic
        from cop_platform.common.reporting import sections
        from feedback.changes import sources
        from feedback.changes.domain import panels as change_panels
        from feedback.changes.domain import public as public_changes
        from feedback.changes.domain.report import section as changes_section
        from feedback.reports.domain import registering as reports
        from feedback.reviews.domain import (
            carrying,
            change_source,
            closing,
            decided_mails,
            escalation,
            identity,
            reviewed,
            round_mails,
            session_work,
        )
        from feedback.reviews.domain import mails as review_mails
        from feedback.reviews.domain import mails_after as review_mails_after
        from feedback.reviews.domain import needs as review_needs
        from feedback.reviews.domain.panel import mails as panel_mails
        from feedback.reviews.domain.panel import own_conflict
        from feedback.reviews.domain.report import registering as review_sections
        from feedback.validation.domain import joining
        from feedback.validation.domain.report import registering as validation_sections
        from materials import news, promises, readers, verdicts
        from sessions.domain import audiences

        review_mails.register()
        round_mails.register()
        decided_mails.register()
        for source in change_source.SOURCES:
            sources.register(source)
        panel_mails.register()
        closing.register(closing.critical_changes)
        closing.register(closing.response_of)
        review_mails_after.register()
        audiences.register_reviewers(
            audiences.Reviewers(asked=session_work.asked, open_work=session_work.open_work)
        )
        needs.register(review_needs.of)
        readers.register(identity.versions_to_read)
        readers.register_people(identity.people_asked_about)
        verdicts.register(reviewed.SOURCE)
        # Verdicts come first of what a page says about a material.
        joining.register()
        reports.register()
        panels.register("material", change_panels.of_material)
        panels.register("material", own_conflict.of_material)
        promises.register(public_changes.SOURCE)
        sections.register(changes_section.SECTION)
        news.on_drawn(carrying.watch_drawn)
        post_save.connect(
            carrying.watch_round, sender="feedback.ReviewRound", dispatch_uid="feedback.carrying"
        )
        periodic.register("annotations to carry", lambda _at: carrying.catch_up())
        review_sections.register()
        validation_sections.register()
        periodic.register("late reviews", lambda at: escalation.tell_coordinators(at=at))
