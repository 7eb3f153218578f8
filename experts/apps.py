from datetime import datetime

from django.apps import AppConfig


class ExpertsConfig(AppConfig):
    name = "experts"

    def ready(self) -> None:
        from django.utils import timezone

        from cop_platform.common import needs, periodic
        from cop_platform.common import personal_data as register_of_data
        from cop_platform.common.reporting import sections
        from experts import personal_data, provider_events, reference
        from experts.domain import digest_mails, digests, found, import_runs, mail_editing, mails
        from experts.domain import needs as own_needs
        from experts.domain.report import charter

        found.register()
        mails.register()
        mail_editing.register()
        digest_mails.register()
        sections.register(charter.SECTION)
        reference.watch()
        provider_events.connect()
        needs.register(own_needs.of, own_needs.asks)
        register_of_data.register(personal_data.RECORDS, personal_data.PLAIN)
        periodic.register("digests", lambda at: digests.put_back_stranded(at=at))
        periodic.register("outbox", _tick)
        # A worker's sign of life is real time, also where the tick plays another day.
        periodic.register("imports", lambda _at: import_runs.reap(at=timezone.now()))


def _tick(at: datetime) -> object:
    """What beat does by the clock: a sign of life, and everything due at `at`."""
    from django.utils import timezone

    from experts.domain import health, sender

    health.beat(health.TICK, at=timezone.now())
    return sender.send_due(at=at)
