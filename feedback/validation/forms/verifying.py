"""What a stranger gives to be checked: a fingerprint, a file, or a credential."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cop_platform.common import jose
from cop_platform.common.text import LineFormField, TextFormField
from feedback.validation.domain.proof import public


class HashForm(forms.Form):
    """A typed or pasted SHA-256."""

    sha256 = LineFormField(label=gettext_lazy("Fingerprint (SHA-256)"))

    def clean_sha256(self) -> str:
        found = public.read_hash(self.cleaned_data["sha256"])
        if not found:
            raise forms.ValidationError(
                _("A fingerprint has 64 signs, digits and the letters a to f.")
            )
        return found


class HashedFile(UploadedFile):
    """A file that was hashed on its way in and not kept; `head` is all of a short one."""

    def __init__(self, sha256: str, head: bytes, **facts: Any) -> None:
        super().__init__(None, **facts)
        self.sha256 = sha256
        self.head = head


class HashingHandler(FileUploadHandler):
    """Takes a file block by block, keeps its hash, and throws the bytes away."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.digest = hashlib.sha256()
        self.head = b""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.digest.update(raw_data)
        self.head = (self.head + raw_data)[: jose.LONGEST + 1]

    def file_complete(self, file_size: int) -> HashedFile:
        return HashedFile(
            self.digest.hexdigest(), self.head, name=self.file_name or "file", size=file_size
        )


class FileForm(forms.Form):
    """A file to be hashed; an empty one has a hash too."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Choose a file.")},
    )


class CredentialForm(forms.Form):
    """The text of a credential."""

    credential = TextFormField(label=gettext_lazy("Credential"), limit=jose.LONGEST)
