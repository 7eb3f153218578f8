"""Runs in a process of its own: sets document.typ and writes document.pdf, or pages as pictures.

Takes the folder of the job, the format (pdf, or png with its pixels an inch: png@192), a Unix time
stamp, and the folders of the fonts. Reads nothing outside the folder but the fonts, and the network
never: packages of Typst are refused before it starts, as is a link that leads out of the folder.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import typst

_PACKAGE = re.compile(rb"""["']@[\w-]+/""")


def main(folder: str, kind: str, timestamp: str, *fonts: str) -> int:
    """0 when the files were written; 1 with the reason on stderr."""
    root = Path(folder)
    is_pdf = kind == "pdf"
    refused = _refused(root)
    if refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    try:
        typst.compile(
            str(root / "document.typ"),
            output=str(root / ("document.pdf" if is_pdf else "page-{0p}.png")),
            root=str(root),
            font_paths=list(fonts),
            ignore_system_fonts=True,
            format="pdf" if is_pdf else "png",
            ppi=None if is_pdf else float(kind.partition("@")[2]),
            pdf_standards=["a-3a", "ua-1"] if is_pdf else None,
            timestamp=int(timestamp),
            package_path=root,
            package_cache_path=root,
        )
    except typst.TypstError as error:
        sys.stderr.write(f"{error}\n{error.diagnostic}\n")
        return 1
    return 0


def _refused(root: Path) -> str:
    """Why this folder is not set at all; "" if nothing is wrong with it."""
    for file in root.rglob("*"):
        if file.is_symlink():
            return f"{file.name} is a link"
        if file.suffix == ".typ" and _PACKAGE.search(file.read_bytes()):
            return f"{file.name} asks for a package"
    return ""


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
