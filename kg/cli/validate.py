"""kg validate: does a graph keep the rules?"""

from pathlib import Path

import click

from kg.cli.options import FILE, data_files


@click.command()
@click.argument("files", nargs=-1, metavar="[DATA...]", type=FILE)
@click.option("--data", "data", type=FILE, multiple=True, help="The same as DATA; may be repeated.")
@click.option("--shapes", type=FILE, multiple=True, help="Shapes in place of the project's own; may be repeated.")
@click.option("--format", "form", type=click.Choice(["human", "json", "turtle"]), default="human", show_default=True)
@click.option("--language", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="Of the messages.")
@click.pass_context
def validate(
    context: click.Context,
    files: tuple[Path, ...],
    data: tuple[Path, ...],
    shapes: tuple[Path, ...],
    form: str,
    language: str,
) -> None:
    """Check the graph in DATA against SHACL shapes.

    Without DATA it is the released graph. Ends with 0 where no shape is violated, with 1 where one is, with 2 where nothing could be checked.
    With --shapes the ontology of the project is left out, and a warning ends with 1 too: the data do not conform.

    \b
    Examples:
        kg validate
        kg validate chapter.trig --format json
        kg validate --data data.ttl --shapes shapes.ttl --format turtle
    """
    from kg import validation

    writers = {
        "human": lambda report: validation.report_to_human(report, language),
        "json": validation.report_to_json,
        "turtle": validation.report_to_turtle,
    }
    paths = data_files((*files, *data))
    report = validation.validate(paths, shapes, []) if shapes else validation.validate(paths)
    click.echo(writers[form](report), nl=False)
    context.exit(0 if (report.conforms if shapes else report.passes) else 1)
