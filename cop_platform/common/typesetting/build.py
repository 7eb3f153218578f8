"""Runs in a process of its own: sets data.json by document.typ and writes document.pdf beside them.

Takes the folder of the job, a Unix time stamp, and the folders of the fonts. Reads nothing outside
the folder but the fonts, and the network never.
"""

from __future__ import annotations

import sys
from pathlib import Path

import typst


def main(folder: str, timestamp: str, *fonts: str) -> int:
    """0 when document.pdf was written; 1 with the reason on stderr."""
    root = Path(folder)
    try:
        typst.compile(
            str(root / "document.typ"),
            output=str(root / "document.pdf"),
            root=str(root),
            font_paths=list(fonts),
            ignore_system_fonts=True,
            pdf_standards=["a-3a", "ua-1"],
            timestamp=int(timestamp),
            package_path=root,
            package_cache_path=root,
        )
    except typst.TypstError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
