from django.apps import AppConfig


class MaterialsConfig(AppConfig):
    name = "materials"

    def ready(self) -> None:
        from cop_platform.common import periodic
        from materials.domain import incoming, mails, preflight

        mails.register()
        periodic.register("incoming files", lambda at: incoming.sweep(at=at))
        periodic.register("pre-flight", lambda at: preflight.read_missing(at=at))
