from django.apps import AppConfig


class MaterialsConfig(AppConfig):
    name = "materials"

    def ready(self) -> None:
        from cop_platform.common import periodic
        from materials.domain import search

        search.watch()
        periodic.register("searched texts", lambda at: search.refresh_due(at=at))
