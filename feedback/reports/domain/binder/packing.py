"""A binder to take along: page, table and data in one archive, with hashes and our signature."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import asdict

from django.template.loader import render_to_string

from cop_platform.common import signing
from cop_platform.common.office_files import harmless
from feedback.reports.domain.binder.lines import Binder

# The same binder gives the same archive, whenever it is asked for.
_DAY = (1980, 1, 1, 0, 0, 0)


def archive(binder: Binder) -> bytes:
    """The whole ZIP; its signature is made over exactly these bytes."""
    page = render_to_string("feedback/binder_file.html", {"binder": binder}).encode()
    data = (json.dumps(asdict(binder), ensure_ascii=False, indent=2) + "\n").encode()
    sums = "".join(f"{sha256}  {what}\n" for sha256, what in binder.evidence).encode()
    files = {
        "binder.html": page,
        "binder.csv": _table(binder),
        "binder.json": data,
        "binder.json.sig": signing.sign(data),
        "evidence-sha256.txt": sums,
    }
    outlet = io.BytesIO()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(_entry(f"{binder.code}-audit-binder/{name}"), content)
    return outlet.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _table(binder: Binder) -> bytes:
    """The lines as a table; cells that a spreadsheet would run are text."""
    outlet = io.StringIO()
    writer = csv.writer(outlet)
    writer.writerow(["group", "what", "said", "evidence", "sha256", "gap"])
    for group in binder.groups:
        for line in group.lines:
            cells = [group.title, line.what, line.said, line.url, line.sha256]
            writer.writerow([*map(harmless, cells), "gap" if line.gap else ""])
    return b"\xef\xbb\xbf" + outlet.getvalue().encode()
