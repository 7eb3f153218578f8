"""A filled-in form to look at, and what was read of it, sealed."""

from __future__ import annotations

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from experts.models import User
from feedback.reviews.domain.form_files.intake import MAX_BYTES, Typed
from feedback.reviews.models import Assignment


class FormFileForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=_("Word or Excel form"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".docx,.xlsx"}),
    )

    def data_of_file(self) -> bytes:
        """What was uploaded, one byte more than is taken at most."""
        content: bytes = self.cleaned_data["file"].read(MAX_BYTES + 1)
        return content


class ReadForm(forms.Form):
    """What was read, sealed, so that what was shown is what is saved."""

    sealed = forms.CharField(widget=forms.HiddenInput, strip=False)

    _SALT = "reviews.form-file"
    _VALID_FOR = 3600

    @classmethod
    def seal(cls, typed: Typed, assignment: Assignment, user: User, revision: int) -> str:
        said = [user.pk, assignment.pk, revision, typed]
        return signing.dumps(said, salt=cls._SALT, compress=True)

    def opened(self, assignment: Assignment, user: User) -> tuple[Typed, int] | None:
        """What was read and the draft it was shown beside; None when it is old or another's."""
        try:
            user_pk, pk, revision, typed = signing.loads(
                self.cleaned_data["sealed"], salt=self._SALT, max_age=self._VALID_FOR
            )
        except signing.BadSignature:
            return None
        return (typed, revision) if (user_pk, pk) == (user.pk, assignment.pk) else None
