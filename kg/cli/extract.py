"""kg extract: texts -> a graph of what they say."""

from pathlib import Path

import click

from kg.cli.options import CORRECTIONS, FILE, NO_CORRECTIONS, remark, write_output
from kg.errors import KgError


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", type=FILE)
@click.option("-o", "--output", type=FILE, required=True, help="A .ttl, .trig, .nq or .nt file; - is standard output.")
@click.option("--lexicon", "extra", type=FILE, multiple=True, help="More names and rules (TOML); may be repeated.")
@CORRECTIONS
@NO_CORRECTIONS
def extract(
    sources: tuple[Path, ...], output: Path, extra: tuple[Path, ...], corrections: Path | None, uncorrected: bool
) -> None:
    """Write what SOURCE says as RDF, with its evidence.

    A source is a UTF-8 text or a PDF. Several make one graph.

    \b
    Example:
        kg extract chapter.txt -o chapter.trig
    """
    from kg.cli.reading import corrections_for, read_text
    from kg.graph.build import build_graphs
    from kg.graph.serialize import FORMS, to_bytes
    from kg.lexicon import load_lexicon

    form = ".trig" if str(output) == "-" else output.suffix
    if form not in FORMS:  # said before the work, not after it
        raise KgError(f"{output}: a graph is written as {', '.join(FORMS)}. Give the file one of these suffixes.")
    lexicon = load_lexicon(extra=extra)
    by_hand = corrections_for(corrections, uncorrected, sources)
    readings = [read_text(path, lexicon, by_hand) for path in dict.fromkeys(sources)]
    write_output(output, to_bytes(build_graphs(readings, lexicon), form))
    for path, reading in zip(dict.fromkeys(sources), readings):
        remark(f"{path}: {len(reading.facts)} facts")
