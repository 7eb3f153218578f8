from django.apps import AppConfig


class SessionsConfig(AppConfig):
    name = "sessions"
    # Django's own app holds the label "sessions"; two apps with one label stop the start.
    label = "cop_sessions"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from cop_platform.common import needs
        from sessions.domain import library, mails
        from sessions.domain import needs as own_needs

        mails.register()
        needs.register(own_needs.of)
        post_migrate.connect(library.lay_out, sender=self)
