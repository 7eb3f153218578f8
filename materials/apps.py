from django.apps import AppConfig


class MaterialsConfig(AppConfig):
    name = "materials"

    def ready(self) -> None:
        from cop_platform.common import periodic
        from materials.domain import mails, preflight

        mails.register()
        periodic.register("pre-flight", lambda at: preflight.read_missing(at=at))
