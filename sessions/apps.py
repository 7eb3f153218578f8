from django.apps import AppConfig


class SessionsConfig(AppConfig):
    name = "sessions"
    # Django's own app holds the label "sessions"; two apps with one label stop the start.
    label = "cop_sessions"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from cop_platform.common import learned, periodic
        from cop_platform.common import personal_data as register_of_data
        from cop_platform.common.reporting import sections
        from sessions import personal_data
        from sessions.domain import (
            calendar_mails,
            found,
            goals,
            library,
            mails,
            outbox_scope,
            poll_mails,
            reminder_mails,
            resending,
            seat_limits,
            series_mails,
            undo,
            zone_changes,
        )
        from sessions.domain import learned as own_learned
        from sessions.domain import needs as own_needs
        from sessions.domain.actions import registering as actions
        from sessions.domain.report.section import SECTION

        found.register()
        mails.register()
        reminder_mails.register()
        poll_mails.register()
        series_mails.register()
        own_needs.register()
        learned.register(own_learned.of)
        calendar_mails.register()
        resending.register()
        goals.register_own()
        actions.register()
        outbox_scope.register()
        sections.register(SECTION)
        register_of_data.register(personal_data.RECORDS, personal_data.PLAIN)
        post_migrate.connect(library.lay_out, sender=self)
        # Named to run before "outbox", so that a tick sends the offers it makes.
        periodic.register("offers of seats", lambda at: seat_limits.pass_on(at=at))
        periodic.register("clock rules", lambda at: zone_changes.follow(at=at))
        periodic.register("undo windows", lambda at: undo.forget_closed(at=at))
