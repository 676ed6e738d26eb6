"""Fields that forms of meetings ask for in the same way."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy

from wego.uploads import Upload, check_upload

ACCEPTED = ".pdf,.jpg,.jpeg,.png"
FILE_HELP = gettext_lazy("PDF, JPEG or PNG, at most 10 MB.")


class CheckedFileField(forms.FileField):
    """A file that is taken only when its content proves harmless; None when there is none."""

    widget = forms.FileInput(attrs={"accept": ACCEPTED})

    def clean(self, data: Any, initial: Any = None) -> Upload | None:  # noqa: ANN401 Django's signature
        """Look into the file."""
        file = super().clean(data, initial)
        return check_upload(file) if isinstance(file, UploadedFile) else None


class SeveralFilesInput(forms.ClearableFileInput):
    """One field for several files."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Several files, each looked into; what is wrong names the file."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 passed on
        widget = SeveralFilesInput(attrs={"accept": ACCEPTED})
        super().__init__(**{"required": False, "widget": widget, **options})

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:  # noqa: ANN401 a list of files
        """Look into each file."""
        given = data if isinstance(data, (list, tuple)) else [data] if data else []
        uploads = []
        for each in given:
            file = super().clean(each, initial)
            try:
                uploads.append(check_upload(file))
            except forms.ValidationError as error:
                said = [f"{file.name}: {message}" for message in error.messages]
                raise forms.ValidationError(said) from error
        return uploads
