"""Names in people's words, as all rooms leave them out of reports."""

from cop_platform.common.reporting.unnamed import without_names

__all__ = ["without_names"]
