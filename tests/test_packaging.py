"""A wheel carries everything that the program reads, and runs from any folder; locks name no host."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from kg import __version__

ROOT = Path(__file__).parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CARRIED = PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
LOCKS = ["requirements.lock", "requirements-dev.lock"]
assert CARRIED


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (path,) = folder.glob("*.whl")
    return path


@pytest.mark.slow
@pytest.mark.parametrize("folder", sorted(CARRIED))
def test_the_wheel_carries_every_file_of(wheel: Path, folder: str) -> None:
    here = {path.relative_to(ROOT / folder).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}
    assert here, f"{folder}/ holds nothing, so nothing is carried"
    inside = set(zipfile.ZipFile(wheel).namelist())
    assert {f"{CARRIED[folder]}/{name}" for name in here} <= inside


@pytest.mark.slow
def test_the_wheel_has_the_code_the_licences_and_no_tests(wheel: Path) -> None:
    inside = zipfile.ZipFile(wheel).namelist()
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "kg").rglob("*.py") if "_files" not in path.parts}
    assert modules <= set(inside)
    assert {name.rpartition("/")[2] for name in inside if "/licenses/" in name} == {"LICENSE", "LICENSE-DATA"}
    assert not [name for name in inside if name.startswith(("tests/", "docs/", "bench/"))]
    assert wheel.name == f"six_party_kg-{__version__}-py3-none-any.whl"


@pytest.mark.slow
def test_the_installed_program_works_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    installed, elsewhere = tmp_path / "installed", tmp_path / "elsewhere"
    zipfile.ZipFile(wheel).extractall(installed)
    elsewhere.mkdir()

    def run(*arguments: str) -> str:
        code = "from kg.cli import main; main()"
        return subprocess.run(
            [sys.executable, "-c", code, *arguments],
            cwd=elsewhere,
            env={**os.environ, "PYTHONPATH": str(installed)},
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    assert run("--version") == f"kg {__version__}\n"
    assert "actor-positions" in run("report", "list")
    assert int(run("query", "-e", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "--format", "csv").split()[1]) > 1000


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_a_hash_for_every_package_and_no_host(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    packages = re.split(r"^(?=[a-z0-9][\w.-]*==)", text, flags=re.MULTILINE)[1:]
    assert len(packages) > 15
    assert all("--hash=sha256:" in package for package in packages)
    assert not re.search(r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host", text)


def test_the_locks_cover_what_pyproject_asks_for() -> None:
    def name(requirement: str) -> str:
        return re.split(r"[<>=!~ ;\[]", requirement)[0].lower().replace("_", "-")

    locked = {lock: set(re.findall(r"^([\w.-]+)==", (ROOT / lock).read_text("utf-8"), re.MULTILINE)) for lock in LOCKS}
    run = {name(requirement) for requirement in PYPROJECT["project"]["dependencies"]}
    dev = {name(requirement) for requirement in PYPROJECT["dependency-groups"]["dev"]}
    assert run <= locked["requirements.lock"]
    assert run | dev <= locked["requirements-dev.lock"]


def test_one_version_everywhere() -> None:
    assert f"\nversion: {__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\n## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
