from django.apps import AppConfig


class SessionsConfig(AppConfig):
    name = "sessions"
    # Django's own app holds the label "sessions"; two apps with one label stop the start.
    label = "cop_sessions"

    def ready(self) -> None:
        from cop_platform.common import needs
        from sessions.domain import calendar_mails, mails, proposals
        from sessions.domain import needs as own_needs

        mails.register()
        needs.register(own_needs.of)
        calendar_mails.register()
        needs.register(proposals.needs_of)
