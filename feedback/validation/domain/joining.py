"""What validation tells the lower rooms and apps of itself; called once, when the app is ready."""

from __future__ import annotations

from datetime import date

from cop_platform.common import learned, needs, panels
from feedback.validation.domain import needs as verdict_needs
from feedback.validation.domain import panels as validation_panels
from feedback.validation.domain.board import asking
from feedback.validation.domain.gate import ageing_and_gate
from feedback.validation.domain.judging import verdict_found, verdict_notices, verdict_panels
from feedback.validation.domain.proof import learned as own_learned
from feedback.validation.domain.waves import wave_mails, wave_needs
from materials import verdicts
from practices.domain.health import upper


def register() -> None:
    """Mails, what waits for a person, and what stands on pages of materials and versions."""
    verdict_found.register()
    verdict_notices.register()
    wave_mails.register()
    needs.register(verdict_needs.of, verdict_needs.asks)
    needs.register(wave_needs.of, wave_needs.asks)
    learned.register(own_learned.of)
    verdicts.register_validity(verdict_panels.validity)
    ageing_and_gate.register()
    panels.register("material", verdict_panels.of_material, rows=verdict_panels.rows_of_material)
    panels.register("version", validation_panels.of_version)
    panels.register("verdict", validation_panels.of_verdict)
    upper.register_coverage(coverage)


def coverage(today: date) -> list[upper.Cells]:
    """How many of the editions each country needs are validated."""
    return [upper.Cells(*row) for row in asking.by_country(today)]
