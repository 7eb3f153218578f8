"""Looks for every annotated place once more, after another extractor or other rules."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser

from cop_platform.common.commands import JsonCommand
from feedback.reviews.domain import carrying
from feedback.reviews.domain.carrying import Report
from feedback.reviews.models import Annotation
from materials.models import Material, Version


class Command(JsonCommand):
    help = (
        "Carry annotations to newer versions again; prints one JSON document: how many are where."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--material", metavar="CODE", help="Only this material's")

    def handle(self, *args: Any, **options: Any) -> None:
        annotated = Annotation.objects.sent().order_by().values("version__material")
        versions = Version.objects.filter(number__gt=1, material__in=annotated)
        if code := options["material"]:
            if not Material.objects.filter(code=code).exists():
                self.stop(f"There is no material {code}.")
            versions = versions.filter(material__code=code)
        report = Report()
        for version in versions.select_related("rendition").order_by("pk").iterator():
            report += carrying.again(version)
        self.answer(asdict(report))
