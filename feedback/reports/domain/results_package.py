"""What a funder's results platform asks for: a public report, facts about it, and its licence."""

from __future__ import annotations

import io
import json
import zipfile

from django.utils.translation import gettext as _

from cop_platform.common import signatures
from cop_platform.common.refusals import NotPossible
from feedback.reports.domain import page
from feedback.reports.enums import FileFormat, Licence, Step
from feedback.reports.models import Report

# The same release gives the same archive, whenever it is asked for.
_DAY = (1980, 1, 1, 0, 0, 0)
_LICENCES = {
    Licence.CC_BY_4.value: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_SA_4.value: "https://creativecommons.org/licenses/by-sa/4.0/",
}


def pack(report: Report) -> bytes:
    """The archive: the PDF with its signature, metadata.json and licence.txt.

    `report` comes with its files and steps. Raises NotPossible unless it is public and whole.
    """
    steps = {step.step for step in report.steps.all()}
    if Step.PUBLIC not in steps or Step.WITHDRAWN in steps:
        raise NotPossible(_("Only a release that is public goes to the results platform."))
    printed = next((f for f in report.files.all() if f.format == FileFormat.PDF), None)
    if printed is None or not printed.file.storage.exists(printed.file.name or ""):
        raise NotPossible(_("The PDF of this release is gone; compile the report again."))
    name = page.download_name(report, FileFormat.PDF)
    with printed.file.open("rb") as file:
        content = file.read()
    facts = (json.dumps(metadata(report), ensure_ascii=False, indent=2) + "\n").encode()
    licence = metadata(report)["licence"]
    files = {
        name: content,
        f"{name}.sig": signatures.of_stored(printed.file, printed.sha256) or b"",
        "metadata.json": facts,
        "licence.txt": f"{licence}\n{_LICENCES.get(str(licence), '')}\n".encode(),
    }
    outlet = io.BytesIO()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, data in files.items():
            entry = zipfile.ZipInfo(path, _DAY)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, data)
    return outlet.getvalue()


def metadata(report: Report) -> dict[str, object]:
    """The facts of a release as its own data hold them; plain values, no moment of today."""
    held = report.dataset
    funding = held.get("funding") or {}
    words = [t for t in funding.get("words") or () if t.get("language") == report.language]
    return {
        "title": page.place(report),
        "project": held.get("project", ""),
        "acronym": held.get("acronym", ""),
        "grant": funding.get("number", ""),
        "authority": funding.get("authority", ""),
        "result": funding.get("result", ""),
        "licence": funding.get("licence", ""),
        "statement": words[0]["statement"] if words else "",
        "disclaimer": words[0]["disclaimer"] if words else "",
        "language": report.language,
        "countries": [country["iso_code"] for country in held.get("countries") or ()],
        "partners": [partner["name"] for partner in held.get("partners") or ()],
        "from": report.period_start.isoformat(),
        "to": report.period_end.isoformat(),
        "release": str(report),
        "dataset_sha256": report.dataset_sha256,
        "files": [
            {"name": page.download_name(report, f.format), "sha256": f.sha256, "size": f.size}
            for f in page.in_order(report.files.all())
        ],
    }
