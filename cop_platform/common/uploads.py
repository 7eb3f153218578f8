"""How much may come in with one request, decided before a byte of it is written to disk."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class BoundedUploadHandler(FileUploadHandler):
    """Refuses a request that announces more than the largest file any page takes."""

    def handle_raw_input(  # type: ignore[override]
        self, input_data: Any, meta: Any, content_length: int, *_more: Any, **_named: Any
    ) -> None:
        if content_length > settings.MAX_REQUEST_BYTES:
            raise RequestDataTooBig("The request is larger than any file this platform takes.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
