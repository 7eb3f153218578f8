"""What a process that opens a file nobody should trust may use; it knows no settings."""

from __future__ import annotations

import resource
from collections.abc import Mapping
from types import MappingProxyType


def confine(*, memory: int, seconds: int, more: Mapping[int, int] = MappingProxyType({})) -> None:
    """From here on this process has so many bytes and seconds of the processor.

    `more` are further limits by their number in `resource`.
    """
    limits = {resource.RLIMIT_AS: memory, resource.RLIMIT_CPU: seconds, **more}
    for what, limit in limits.items():
        resource.setrlimit(what, (limit, limit))
