from django.apps import AppConfig


class CommonConfig(AppConfig):
    """Template tags and the front-end finder; abstract models only, so no table of its own."""

    name = "cop_platform.common"
    label = "common"

    def ready(self) -> None:
        from cop_platform.common import checks  # noqa: F401  registers them
