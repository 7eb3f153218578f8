from django.apps import AppConfig


class MaterialsConfig(AppConfig):
    name = "materials"

    def ready(self) -> None:
        from django.utils import timezone

        from cop_platform.common import periodic
        from cop_platform.common import personal_data as register_of_data
        from materials import personal_data
        from materials.domain import found, incoming, mails, preflight, renditions, search

        found.register()
        mails.register()
        search.watch()
        register_of_data.register(personal_data.RECORDS, personal_data.PLAIN)
        periodic.register("incoming files", lambda at: incoming.sweep(at=at))
        # A worker's sign of life is real time, also where the tick plays another day.
        periodic.register("drawings", lambda _at: renditions.reap(at=timezone.now()))
        periodic.register("undrawn", lambda _at: renditions.catch_up(at=timezone.now()))
        periodic.register("pre-flight", lambda at: preflight.read_missing(at=at))
        periodic.register("searched texts", lambda _at: search.refresh_missing())
