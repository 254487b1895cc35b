"""kg verify: does the evidence agree with the source?"""

from pathlib import Path

import click

from kg.cli.options import DATA, SOURCE, data_files


@click.command()
@SOURCE
@DATA
def verify(source: Path, data: tuple[Path, ...]) -> None:
    """Check that the evidence agrees with the source.

    Every span must hold the characters of the source that its digest was taken of.

    With another text dump of the same work, spans are searched by their digests.

    \b
    Example:
        kg verify --source thesis.txt
    """
    from kg.source import read_source
    from kg.store import read_quads
    from kg.verify import verify as compare

    quads = (quad for path in data_files(data) for quad in read_quads(path))
    report = compare(quads, read_source(source))
    click.echo(str(report))
    report.check()
