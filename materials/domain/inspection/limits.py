"""What a file may cost, and how it is refused."""

from __future__ import annotations

import resource

from materials.domain.confining import confine as limited_to

MAX_PAGES = 2000
MAX_OBJECTS = 300_000
MAX_PIXELS = 50_000_000
MAX_ENTRIES = 2000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 100
# Below this size a high ratio is normal: empty tables pack well and harm nobody.
RATIO_MATTERS_FROM = 5 * 1024 * 1024
MAX_DIRECTORY = 1024 * 1024
MAX_BOXES = 100_000
MAX_SECONDS = 4 * 3600

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 10
OPEN_FILES = 64


class Unfit(Exception):
    """The file is refused; `code` says why, `numbers` fill the sentence."""

    def __init__(self, code: str, **numbers: int | str) -> None:
        super().__init__(code)
        self.code = code
        self.numbers = numbers


def confine() -> None:
    """From here on this process has little memory and time, and writes no file."""
    no_files = {
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    limited_to(memory=MEMORY, seconds=CPU_SECONDS, more=no_files)
