"""Imports point one way, along the table of docs/architecture.md.

The table gives each module a stage. A module may import what is of its own stage or an earlier one; nothing
imports the command line, and nothing below it imports the package root except for `kg.__version__`.
"""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
_ROW = re.compile(r"^\| *(\d+) *\| *(`kg\.[^|]*) *\|", re.MULTILINE)


def _stages() -> dict[str, int]:
    """Module or package -> its stage, as the table says."""
    table = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    return {name: int(n) for n, cell in _ROW.findall(table) for name in re.findall(r"`(kg\.[\w.]+)`", cell)}


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(text: str, module: str = "kg.x", is_package: bool = False) -> set[str]:
    """The names of kg that a module's text imports, wherever in it, `from kg import x` as kg.x."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                package = module.split(".") if is_package else module.split(".")[:-1]
                base = ".".join([*package[: len(package) - node.level + 1], *([node.module] if node.module else [])])
            found |= {f"kg.{alias.name}" for alias in node.names} if base == "kg" else {base}
    return {name for name in found if name == "kg" or name.startswith("kg.")}


STAGES = _stages()
MODULES = {_name(path): path for path in sorted((ROOT / "kg").rglob("*.py")) if "_files" not in path.parts}
assert len(STAGES) >= 20, "the table of docs/architecture.md was not understood"
assert len(MODULES) >= 30


def stage_of(module: str) -> int | None:
    """The stage of the longest name in the table that the module is, or is in."""
    parts = module.split(".")
    return next((STAGES[n] for i in range(len(parts), 1, -1) if (n := ".".join(parts[:i])) in STAGES), None)


def test_the_table_is_read() -> None:
    assert stage_of("kg.errors") == 0
    assert stage_of("kg.graph.names") == stage_of("kg.graph")
    assert stage_of("kg.cli.query") == max(STAGES.values())


def test_imports_are_found_in_every_form() -> None:
    text = (
        "import kg.store\nfrom kg import __version__, leaks\nfrom kg.graph.names import A\nimport os\n"
        "from . import near\nfrom .near import x\ndef f():\n    from kg.cli import main\n"
    )
    assert imported(text, "kg.facts.find") == {
        "kg.store", "kg.__version__", "kg.leaks", "kg.graph.names", "kg.facts", "kg.facts.near", "kg.cli",
    }  # fmt: skip


def test_every_name_of_the_table_exists() -> None:
    missing = sorted(name for name in STAGES if name not in MODULES)
    assert not missing, "docs/architecture.md names modules that are not there"


@pytest.mark.parametrize("module", [m for m in MODULES if m != "kg"])
def test_every_module_has_a_stage(module: str) -> None:
    assert stage_of(module) is not None, "add it to the table of docs/architecture.md"


@pytest.mark.parametrize("module", [m for m in MODULES if m != "kg"])
def test_imports_point_one_way(module: str) -> None:
    own = stage_of(module)
    assert own is not None
    path = MODULES[module]
    for name in imported(path.read_text(encoding="utf-8"), module, path.name == "__init__.py"):
        if name == "kg.__version__":
            continue
        assert name != "kg", "imports the package root"
        stage = stage_of(name)
        assert stage is not None, f"{name} has no stage"
        assert stage <= own, f"stage {own} imports {name} of stage {stage}"
        assert own == max(STAGES.values()) or not name.startswith("kg.cli"), "imports the command line"


def test_no_cycle_between_modules_of_one_stage() -> None:
    """A package counts as one module here: what it is made of may know each other."""
    tops = {m: ".".join(m.split(".")[:2]) for m in MODULES}
    edges: dict[str, set[str]] = {}
    for module, path in MODULES.items():
        names = imported(path.read_text(encoding="utf-8"), module, path.name == "__init__.py")
        near = {".".join(name.split(".")[:2]) for name in names} - {tops[module], "kg.__version__"}
        edges.setdefault(tops[module], set()).update(near)
    order: list[str] = []
    while free := sorted(m for m, near in edges.items() if m not in order and near <= set(order)):
        order += free
    assert set(order) == set(edges), f"these import each other in a circle: {sorted(set(edges) - set(order))}"


def test_the_package_root_imports_nothing() -> None:
    assert imported(MODULES["kg"].read_text(encoding="utf-8"), "kg", True) == set()


FOREIGN = {
    "pyshacl": {"kg.validation"},
    "owlready2": {"kg.reasoning"},
    "uvicorn": {"kg.endpoint"},
    "pypdf": {"kg.source"},
}


@pytest.mark.parametrize("library, homes", FOREIGN.items(), ids=FOREIGN)
def test_a_foreign_library_has_one_home(library: str, homes: set[str]) -> None:
    pattern = re.compile(rf"^\s*(?:import|from) {library}\b", re.MULTILINE)
    users = {module for module, path in MODULES.items() if pattern.search(path.read_text(encoding="utf-8"))}
    assert all(any(user == home or user.startswith(home + ".") for home in homes) for user in users), users
