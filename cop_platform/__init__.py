"""Settings, addresses and the two entrances; the five apps do the work."""

from cop_platform.celery import app as celery_app

__all__ = ["celery_app"]
