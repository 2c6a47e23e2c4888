"""The image and the compose files, as far as they can be checked without Docker."""

from __future__ import annotations

import json
import re
import signal
import sys
import tomllib
from pathlib import Path
from subprocess import run
from typing import Any

import pytest
from ruamel.yaml import YAML

from goaltree.cli import parser
from tests.goaltree.test_operating import GRACE, ROOT
from tests.goaltree.test_run import Hosted, hosted  # noqa: F401 (a fixture)

COMPOSE = ["compose.yaml", "compose.postgres.yaml"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
OWN = "goaltree"


def services(name: str) -> dict[str, Any]:
    result: dict[str, Any] = YAML(typ="safe").load(ROOT / name)["services"]
    return result


def ours() -> list[Any]:
    return [
        pytest.param(service, id=f"{file}-{name}")
        for file in COMPOSE
        for name, service in services(file).items()
        if service.get("image") == OWN
    ]


@pytest.mark.parametrize("name", COMPOSE)
def test_a_compose_file_is_one_by_the_specification(name: str) -> None:
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", name]
    done = run(check, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_compose_file_that_is_none_is_found_out(tmp_path: Path) -> None:
    wrong = tmp_path / "compose.yaml"
    wrong.write_text("services:\n  goaltree:\n    reed_only: true\n")
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(wrong)]
    assert run(check, capture_output=True, check=False).returncode == 1


@pytest.mark.parametrize("service", ours())
def test_our_containers_can_write_nowhere_else_and_do_nothing_special(service: dict[str, Any]) -> None:
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["tmpfs"] == ["/tmp"]
    assert service["volumes"] == ["data:/data"]
    assert service["stop_grace_period"] == f"{GRACE // 60}m"
    assert not service.get("privileged")
    assert "ports" not in service
    parser().parse_args(service.get("command", ["run"]))


def test_two_take_updates_in_and_one_sends_once_the_database_is_ready() -> None:
    result = services("compose.postgres.yaml")
    roles = {name: service["command"] for name, service in result.items() if service.get("image") == OWN}
    assert roles == {
        "migrate": ["migrate"],
        "web-1": ["run", "--role", "web"],
        "web-2": ["run", "--role", "web"],
        "scheduler": ["run", "--role", "scheduler"],
    }
    for name in ("web-1", "web-2", "scheduler"):
        assert result[name]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
        assert result[name]["healthcheck"]["test"] == ["CMD", "python", "-m", "goaltree.health"]
    assert result["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}


def test_the_proxy_lets_telegrams_updates_through_and_nothing_else() -> None:
    proxy = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
    result = services("compose.postgres.yaml")
    environment = result["web-1"]["environment"]
    path, port = (
        environment["GOALTREE_WEBHOOK_URL"].rpartition("/")[2],
        environment["GOALTREE_LISTEN"].partition(":")[2],
    )
    assert re.findall(r"^\t\tpath (\S+)$", proxy, re.MULTILINE) == [f"/{path}"]
    assert f"reverse_proxy web-1:{port} web-2:{port} {{" in proxy
    assert "health_uri /readyz" in proxy
    assert "\trespond 404\n" in proxy
    assert set(result["proxy"]["depends_on"]) == {"web-1", "web-2"}


def test_the_image_installs_what_the_lock_names_and_nothing_else() -> None:
    steps = re.findall(r"pip [^\n&]*install ([^\n&]*)", DOCKERFILE)
    installs = [step.split() for step in steps if not step.startswith("--yes")]
    assert [step[-2:] for step in installs] == [["-r", "requirements.lock"], ["--no-build-isolation", "."]]
    assert all("--no-deps" in step and "--no-cache-dir" in step for step in installs)
    assert "--require-hashes" in installs[0]
    assert set(re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE, re.MULTILINE)) == {"requirements.lock", "."}


def test_every_package_is_in_the_image() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = {name for name in project["tool"]["setuptools"]["packages"]["find"]["include"] if "." not in name}
    kept = {line[1:].rstrip("/") for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert kept == packages | {"LICENSE", "pyproject.toml", "requirements.lock"}


def test_the_image_runs_as_nobody_special_and_hears_sigterm() -> None:
    final = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER goaltree$", final, re.MULTILINE)
    assert json.loads(re.search(r"^ENTRYPOINT (.*)$", final, re.MULTILINE)[1]) == ["goaltree"]  # type: ignore[index]
    assert json.loads(re.search(r"^CMD (.*)$", final, re.MULTILINE)[1]) == ["run"]  # type: ignore[index]
    assert "STOPSIGNAL SIGTERM" in final
    assert 'CMD ["python", "-m", "goaltree.health"]' in final


async def test_it_writes_to_its_data_directory_only(hosted: Hosted, tmp_path: Path) -> None:  # noqa: F811
    record = tmp_path / "written"
    hosted.settings = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(ROOT)}
    hosted.program = ("-m", "tests.goaltree.written", str(record), "run")
    await hosted.start()
    hosted.say("/plan Fit\n  D: Run = 5 km")
    await hosted.told("Planted")
    hosted.say("run 5")
    await hosted.told("✅ Run")
    await hosted.ticked()
    status, log = await hosted.end(signal.SIGTERM)
    assert status == 0, log
    written = set(record.read_text().splitlines())
    assert {str(hosted.folder / "heartbeat"), str(hosted.folder / "goaltree.db")} <= written
    allowed = (str(hosted.folder), "/tmp/goaltree-", "/dev/")
    assert [path for path in written if not path.startswith(allowed)] == []
