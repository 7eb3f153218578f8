"""What the release gate and the sensors of ageing register with the rooms below."""

from __future__ import annotations

from django.db.models.signals import post_save

from cop_platform.common import needs, panels, periodic
from feedback.validation.domain.ageing import dead_link, expiry, sensors, stale_source, watch
from feedback.validation.domain.ageing import needs as ageing_needs
from feedback.validation.domain.gate import gate
from feedback.validation.domain.judging import version_panels
from materials import gates


def register() -> None:
    """Called in AppConfig.ready; a second call changes nothing."""
    gates.register(gate.GATE)
    panels.register(
        "version",
        version_panels.of_version,
        rows=version_panels.rows_of_version,
        empty=version_panels.nothing_of_version,
    )
    panels.register("release", version_panels.of_release)
    for sensor in (expiry.SENSOR, stale_source.SENSOR, dead_link.SENSOR):
        sensors.register(sensor)
    needs.register(ageing_needs.of)
    post_save.connect(
        watch.watch_verdict, sender="feedback.Verdict", dispatch_uid="feedback.ageing"
    )
    periodic.register("ageing", lambda at: watch.look(at=at))
