"""The production shape, as far as it can be read without running containers."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from cop_platform import run_tests
from experts.domain import outbox
from feedback.reports.domain import runs
from materials.domain import renditions

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
OURS = ["migrate", "web", "worker", "long-worker", "draw-worker", "beat"]


def test_every_part_is_there():
    assert set(COMPOSE["services"]) == {"database", "broker", "proxy", *OURS}


@pytest.mark.parametrize("name", sorted(COMPOSE["services"]))
def test_every_lasting_part_has_a_health_check(name):
    service = COMPOSE["services"][name]
    assert name == "migrate" or service["healthcheck"]["test"]


@pytest.mark.parametrize("name", OURS)
def test_our_parts_run_without_rights_they_do_not_need(name):
    service = COMPOSE["services"][name]
    assert service["user"] != "0"
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]


def test_the_worker_that_draws_has_libreoffice_and_a_profile_that_lets_it_make_a_room():
    service = COMPOSE["services"]["draw-worker"]
    stages = (ROOT / "Dockerfile").read_text().split("\nFROM ")
    office = next(stage for stage in stages if stage.splitlines()[0] == "base AS office")
    for need in run_tests.NEEDS[1].packages:
        assert need in office
    assert f"office AS {service['build']['target']}" in {stage.splitlines()[0] for stage in stages}
    assert stages[-1].startswith("app\n")
    assert "no-new-privileges:true" in service["security_opt"]
    [profile] = [one for one in service["security_opt"] if one.startswith("seccomp:")]
    rules = json.loads((ROOT / profile.partition(":")[2]).read_text())["syscalls"]
    forbidden = {name for rule in rules for name in rule["names"]}
    assert not forbidden & {"unshare", "clone", "mount", "umount2", "pivot_root", "chroot"}
    assert {"ptrace", "bpf", "keyctl", "setns"} <= forbidden


def test_every_queue_has_a_worker_and_mails_share_theirs_with_nothing_long():
    workers = ("worker", "long-worker", "draw-worker")
    commands = [COMPOSE["services"][name]["command"] for name in workers]
    served = [command[command.index("--queues") + 1] for command in commands]
    assert served == [queue.name for queue in settings.CELERY_TASK_QUEUES]
    assert outbox.TASK not in settings.CELERY_TASK_ROUTES
    assert settings.CELERY_TASK_ROUTES[runs.TASK] == {"queue": served[1]}
    assert settings.CELERY_TASK_ROUTES[renditions.TASK] == {"queue": served[2]}


def test_the_database_and_the_broker_are_not_reachable_from_outside():
    assert COMPOSE["networks"]["inside"]["internal"]
    for name in ("database", "broker"):
        assert COMPOSE["services"][name]["networks"] == ["inside"]
        assert "ports" not in COMPOSE["services"][name]


def test_web_starts_after_the_migrations():
    condition = COMPOSE["services"]["web"]["depends_on"]["migrate"]["condition"]
    assert condition == "service_completed_successfully"


def test_every_secret_comes_from_the_environment_and_stands_in_the_example():
    text = (ROOT / "docker-compose.yml").read_text()
    wanted = set(re.findall(r"\$\{(\w+)", text))
    example = set(re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert wanted == example
    assert "SECRET_KEY: ${SECRET_KEY:?" in text


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    clean = {k: os.environ[k] for k in ("PATH", "HOME", "DATABASE_URL", "REDIS_URL")}
    command = [sys.executable, "-c", "import cop_platform.settings as s; print(s.COP_ENV)"]
    return subprocess.run(
        command, cwd=ROOT, env=clean | environment, capture_output=True, text=True, check=False
    )


def test_production_refuses_to_start_with_the_default_secret():
    run = start(COP_ENV="production", ALLOWED_HOSTS="example.org")
    assert run.returncode != 0
    assert "Set SECRET_KEY to a long random text of your own." in run.stderr


def test_production_refuses_to_start_without_host_names():
    run = start(COP_ENV="production", SECRET_KEY="x" * 60)
    assert run.returncode != 0
    assert "Set ALLOWED_HOSTS" in run.stderr


def test_production_starts_with_both():
    run = start(COP_ENV="production", SECRET_KEY="x" * 60, ALLOWED_HOSTS="example.org")
    assert run.stdout.strip() == "production"


def megabytes(name: str, text: str) -> list[int]:
    return [int(found) * 1024**2 for found in re.findall(rf"{name} (\d+)m;", text)]


def test_the_proxy_lets_through_what_the_platform_takes():
    text = (ROOT / "docs/deploy/nginx.conf").read_text()
    usual, pieces = text.split("location /materials/incoming/")
    assert megabytes("client_max_body_size", usual)[0] >= settings.MAX_REQUEST_BYTES
    assert megabytes("client_max_body_size", pieces)[0] >= settings.MAX_CHUNK_BYTES
    private = text.split("location /private/")[1]
    assert "internal;" in private
    assert "Content-Security-Policy \"default-src 'none'; sandbox\" always;" in private
