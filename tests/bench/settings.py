"""The platform's settings with one more page, the bare one everything is compared with."""

from cop_platform.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
