"""kg score: coded tables against reference tables."""

from pathlib import Path

import click

from kg.cli.options import DATA, open_data, remark, write_output

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("tables", type=FOLDER, required=False)
@click.option("--reference", type=FOLDER, required=True, help="A folder with any of the seven tables, coded by hand.")
@DATA
@click.option(
    "--chapters", type=click.Path(dir_okay=False, path_type=Path), help="What was coded: CSV of chapter,start,end."
)
@click.option("--only", default="", metavar="2,4,…", help="Of --chapters, these. Default: those of the reference.")
@click.option("--show", type=click.IntRange(min=0), default=0, help="List so many misses and extras of each table.")
@click.option("--calibration", is_flag=True, help="Of statements with confidence x or more, how many are right.")
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", help="Default: table.")
def score(
    tables: Path | None, reference: Path, data: tuple[Path, ...], chapters: Path | None, only: str, show: int,
    calibration: bool, form: str,
) -> None:  # fmt: skip
    """Compare TABLES, or a graph, with a reference.

    Precision, recall and F1 of each table that the reference has, over what was coded. TABLES is a folder that
    'kg tables' wrote; without it the graph is scored. Misses and extras are listed by place, with no text. CSV is
    one table: the listing where --show asks for it, else the calibration, else the figures; JSON has all.

    \b
    Example:
        kg score build/tables --reference my-coding --chapters my-chapters.csv --show 20
    """
    from kg.score import compare, read_coded, read_reference, read_tables, tables_of
    from kg.score.calibration import calibrate, confidences
    from kg.score.listing import listing
    from kg.score.output import write_score

    if tables and (data or calibration):
        raise click.UsageError(f"{'--calibration' if calibration else '--data'} needs a graph: leave TABLES out.")
    wanted = read_reference(reference)
    coded = read_coded(chapters, wanted, [chapter.strip() for chapter in only.split(",") if chapter.strip()])
    if tables:
        found, missing = read_tables(tables, wanted)
        for name in missing:
            remark(f"{tables}: has no {name}.csv; that counts as nothing found.")
        result, steps = compare(found, wanted, coded), []
    else:
        store = open_data(data)
        found = tables_of(store, wanted)
        result = compare(found, wanted, coded)
        steps = calibrate(result, confidences(store)) if calibration else []
    write_output(None, write_score(result, listing(result, found, show), steps, form).encode())
    if coded.parts:
        remark(f"Coded chapters: {', '.join(chapter for chapter, _, _ in coded.parts)}.")
