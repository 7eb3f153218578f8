"""Files on their way in: by the domain as a whole, or by requests as a browser sends them."""

from __future__ import annotations

import base64
from io import BytesIO
from pathlib import Path

from django.core.files.storage import default_storage

from experts.enums import Role
from materials.domain import incoming, store
from materials.models import IncomingFile
from tests import factories as make
from tests.materials import files

LIST = "/materials/incoming/"
TUS = {"HTTP_TUS_RESUMABLE": "1.0.0"}
PIECE = "application/offset+octet-stream"


def sent(data: bytes, name: str) -> IncomingFile:
    """The row of a file that came in whole."""
    by = make.user(Role.AUTHOR)
    row = incoming.announce(name=name, size=len(data), by=by, at=make.NOW)
    incoming.append(incoming=row, offset=0, body=BytesIO(data), length=len(data), at=make.NOW)
    row.refresh_from_db()
    return row


def left() -> list[Path]:
    return [path for path in Path(default_storage.path("incoming")).glob("*") if path.is_file()]


def refused(data: bytes, name: str) -> str:
    """The sentence of a refusal; no byte may stay."""
    row = sent(data, name)
    assert not row.is_ready
    assert not store.incoming_path(row.key).exists()
    assert row.refused.endswith(".")
    return row.refused


def ready(by, data: bytes | None = None, name: str = "guide.pdf") -> IncomingFile:
    """A proved file of somebody's."""
    data = data or files.pdf(2, mark="Mentor guide")
    row = incoming.announce(name=name, size=len(data), by=by, at=make.NOW)
    incoming.append(incoming=row, offset=0, body=BytesIO(data), length=len(data), at=make.NOW)
    assert row.is_ready, row.refused
    return row


def announced(client, size: int, name: str = "guide.pdf", **more):
    metadata = f"filename {base64.b64encode(name.encode()).decode()},filetype YQ=="
    headers = TUS | {"HTTP_UPLOAD_LENGTH": str(size), "HTTP_UPLOAD_METADATA": metadata} | more
    return client.post(LIST, content_type="text/plain", **headers)


def piece(client, url: str, offset: int, data: bytes, **more):
    headers = TUS | {"HTTP_UPLOAD_OFFSET": str(offset)} | more
    return client.generic("PATCH", url, data, content_type=PIECE, **headers)


def offset(client, url: str) -> int:
    return int(client.head(url, **TUS)["Upload-Offset"])
