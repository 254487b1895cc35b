"""kg tables: the graph as flat tables."""

from pathlib import Path

import click

from kg.cli.options import DATA, open_data, remark


@click.command()
@DATA
@click.option(
    "-o", "--output", "folder", type=click.Path(file_okay=False, path_type=Path), required=True, help="A folder."
)
def tables(data: tuple[Path, ...], folder: Path) -> None:
    """Write the graph as seven CSV files.

    A row is one place of the text where something is stated.

    \b
    Example:
        kg tables -o build/tables
    """
    from kg.tables import write_tables

    counts = write_tables(open_data(data), folder)
    remark(f"{folder}: " + ", ".join(f"{name} {count}" for name, count in counts.items()))
