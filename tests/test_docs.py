"""README.md and docs/score.md show commands with their real output; what README.md names exists.

A block ```console``` holds lines `$ command`, each followed by what it prints on standard output. A line `…` stands
for any lines. `python tests/test_docs.py` writes the present output into these pages.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
# In this order: later ones read what the first wrote.
PAGES = [README, *(ROOT / page for page in ("docs/score.md", "docs/lexicon.md", "examples/README.md"))]
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LONGEST = 16  # lines of an output that are shown


def examples(text: str) -> list[tuple[str, str]]:
    """Every command of the blocks, with its output as shown."""
    found = []
    for block in _BLOCK.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


def run(command: str) -> str:
    """What `kg …` prints on standard output; it must end well."""
    words = shlex.split(command)
    assert words[0] == "kg"
    environment = {name: value for name, value in os.environ.items() if name != "KG_SOURCE"}
    done = subprocess.run(
        [sys.executable, "-c", "from kg.cli import main; main()", *words[1:]],
        cwd=ROOT,
        env={**environment, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def agrees(shown: str, printed: str) -> bool:
    pattern = "".join(r"(?:.*\n)+" if line == "…\n" else re.escape(line) for line in shown.splitlines(keepends=True))
    return re.fullmatch(pattern, printed) is not None


TEXT = README.read_text(encoding="utf-8")
EXAMPLES = examples(TEXT)
COMMANDS = [command for command, _ in EXAMPLES if command.startswith("kg ")]
assert len(COMMANDS) >= 6
assert all(examples(page.read_text(encoding="utf-8")) for page in PAGES)


def test_an_output_may_be_cut_but_not_invented() -> None:
    assert agrees("a\n…\nd\n", "a\nb\nc\nd\n")
    assert not agrees("a\n…\n", "a\n")
    assert not agrees("a\n", "a\nb\n")
    assert not agrees("", "a\n")


def test_the_commands_of_a_page_print_what_it_shows() -> None:
    """In the order of the pages: later commands read what earlier ones wrote."""
    for page in PAGES:
        for command, shown in examples(page.read_text(encoding="utf-8")):
            if command.startswith("kg "):
                assert agrees(shown, run(command)), f"{command}: run 'python tests/test_docs.py', look at the change"


def test_the_first_commands_are_targets_of_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^\$ )make ([a-z]+)\b", TEXT, re.MULTILINE))
    assert {"serve", "test"} <= named <= targets
    assert [command for command, _ in EXAMPLES][:2] == ["make serve", "make test"]


@pytest.mark.parametrize("name", sorted(set(re.findall(r"\]\((?!http)([^)#]+)\)|`([a-z]+/)`", TEXT))))
def test_what_readme_names_exists(name: tuple[str, str]) -> None:
    assert (ROOT / "".join(name)).exists()


def test_every_command_is_named() -> None:
    from kg.cli import COMMANDS as known

    assert [name for name in known if name not in re.findall(r"\bkg ([a-z]+)\b", TEXT)] == ["serve"]


NO_MACHINE = [
    *ROOT.glob("*.*"), ROOT / "Makefile", ROOT / ".ci" / "run",
    *(ROOT / "docs").glob("*"), *(ROOT / "examples").rglob("*.*"),
]  # fmt: skip


@pytest.mark.parametrize("path", [p for p in NO_MACHINE if p.is_file()], ids=lambda path: path.name)
def test_no_path_of_a_machine_stands_in(path: Path) -> None:
    assert not re.search(r"(?<![\w.])/(?:work|root|home)/", path.read_text(encoding="utf-8"))


def rewrite() -> None:
    """Put the present outputs into the pages, long ones cut in the middle."""

    def block(match: re.Match[str]) -> str:
        lines = []
        for command, shown in examples(match[0]):
            lines.append(f"$ {command}\n")
            printed = (run(command) if command.startswith("kg ") else shown).splitlines(keepends=True)
            cut = [*printed[: _LONGEST - 3], "…\n", *printed[-2:]] if len(printed) > _LONGEST else printed
            lines += cut
        return f"```console\n{''.join(lines)}```"

    for page in PAGES:
        page.write_text(_BLOCK.sub(block, page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    rewrite()
