from datetime import datetime

from django.apps import AppConfig


class ExpertsConfig(AppConfig):
    name = "experts"

    def ready(self) -> None:
        from cop_platform.common import needs, periodic
        from experts import provider_events, reference
        from experts.domain import mails
        from experts.domain import needs as own_needs

        mails.register()
        reference.watch()
        provider_events.connect()
        needs.register(own_needs.of)
        periodic.register("outbox", _tick)


def _tick(at: datetime) -> object:
    """What beat does by the clock: a sign of life, and everything due at `at`."""
    from django.utils import timezone

    from experts.domain import health, sender

    health.beat(health.TICK, at=timezone.now())
    return sender.send_due(at=at)
