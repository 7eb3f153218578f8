"""Front-end files come out of node_modules by name; no other file of a package is ever served."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Address below static/ -> file below node_modules/.
SERVED = {
    "vendor/bootstrap.css": "bootstrap/dist/css/bootstrap.min.css",
    "vendor/bootstrap.rtl.css": "bootstrap/dist/css/bootstrap.rtl.min.css",
    # Named inside the two sheets; the hashed names of static files cover them too.
    "vendor/bootstrap.min.css.map": "bootstrap/dist/css/bootstrap.min.css.map",
    "vendor/bootstrap.rtl.min.css.map": "bootstrap/dist/css/bootstrap.rtl.min.css.map",
    "vendor/alpine.js": "@alpinejs/csp/dist/cdn.min.js",
    "vendor/tus.js": "tus-js-client/dist/tus.min.js",
    "vendor/tus.min.js.map": "tus-js-client/dist/tus.min.js.map",
    **{
        f"vendor/noto-sans-{part}.woff2": (
            f"@fontsource-variable/noto-sans/files/noto-sans-{part}-wght-normal.woff2"
        )
        for part in ("latin", "latin-ext", "greek", "cyrillic")
    },
    "vendor/vazirmatn.woff2": (
        "@fontsource-variable/vazirmatn/files/vazirmatn-arabic-wght-normal.woff2"
    ),
    "vendor/pdfjs/pdf.mjs": "pdfjs-dist/build/pdf.min.mjs",
    "vendor/pdfjs/pdf.worker.mjs": "pdfjs-dist/build/pdf.worker.min.mjs",
    "vendor/pdfjs/wasm/openjpeg_nowasm_fallback.js": (
        "pdfjs-dist/wasm/openjpeg_nowasm_fallback.js"
    ),
}

# Folders whose every file with one of these endings is served, under its own name: pdf.js puts
# their addresses together itself, from the folder's name and a name found inside a document.
FOLDERS = {
    "vendor/pdfjs/cmaps/": ("pdfjs-dist/cmaps", (".bcmap",)),
    "vendor/pdfjs/standard_fonts/": ("pdfjs-dist/standard_fonts", (".pfb", ".ttf")),
}
UNHASHED = ("vendor/pdfjs/wasm/", *FOLDERS)


def served() -> dict[str, str]:
    """Every served name with its file below node_modules."""
    found = dict(SERVED)
    for prefix, (folder, endings) in FOLDERS.items():
        files = sorted((settings.NODE_MODULES / folder).glob("*"))
        found |= {f"{prefix}{f.name}": f"{folder}/{f.name}" for f in files if f.suffix in endings}
    return found


@cache
def names_below(prefix: str) -> tuple[str, ...]:
    """The names of the files served from one of FOLDERS."""
    return tuple(name.removeprefix(prefix) for name in served() if name.startswith(prefix))


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Names carry their hash, but for those that a library puts together itself."""

    def hashed_name(self, name: str, *args: Any, **kwargs: Any) -> str:
        if name.startswith(UNHASHED):
            return name
        return str(super().hashed_name(name, *args, **kwargs))


class NodePackageStorage(FileSystemStorage):
    """Maps the short served names onto the long names inside node_modules."""

    def __init__(self) -> None:
        super().__init__(location=settings.NODE_MODULES)
        self.served = served()

    def path(self, name: str) -> str:
        return super().path(self.served[name])


class NodePackageFinder(BaseFinder):
    """A staticfiles finder over the lists SERVED and FOLDERS."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.storage = NodePackageStorage()

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The file behind a served name; an empty list when the name is not on the list."""
        if path not in self.storage.served or not Path(self.storage.path(path)).exists():
            return []
        full = self.storage.path(path)
        return [full] if find_all else full

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        for name in self.storage.served:
            yield name, self.storage
