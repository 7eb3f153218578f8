from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "feedback"

    def ready(self) -> None:
        from django.utils import timezone

        from cop_platform.common import needs, panels, periodic
        from feedback.reports.domain import page as report_page
        from feedback.reports.domain import runs as report_runs
        from feedback.reviews.domain import escalation, identity, reviewed, session_work
        from feedback.reviews.domain import mails as review_mails
        from feedback.reviews.domain import mails_after as review_mails_after
        from feedback.reviews.domain import needs as review_needs
        from materials import readers, verdicts
        from sessions.domain import audiences

        review_mails.register()
        review_mails_after.register()
        audiences.register_reviewers(
            audiences.Reviewers(asked=session_work.asked, open_work=session_work.open_work)
        )
        needs.register(review_needs.of)
        readers.register(identity.versions_to_read)
        readers.register_people(identity.people_asked_about)
        verdicts.register(reviewed.SOURCE)
        panels.register("country", report_page.panels)
        # A worker's sign of life is real time, also where the tick plays another day.
        periodic.register("late reviews", lambda at: escalation.tell_coordinators(at=at))
        periodic.register("reports", lambda _at: report_runs.reap(at=timezone.now()))
