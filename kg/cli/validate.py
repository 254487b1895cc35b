"""kg validate: does a graph keep the rules?"""

from pathlib import Path

import click

from kg.cli.options import FILE, data_files, remark


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

    Without DATA it is the released graph. Ends with 0 where nothing is violated, with 1 where something is,
    with 2 where nothing could be checked. Data that hold their ontology are also asked the questions of
    queries/checks.

    With --shapes only these shapes count, without the ontology of the project, and a warning ends with 1 too:
    the data do not conform.

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
    sound = report.conforms if shapes else report.passes & _passes_checks(paths, to_error=form != "human")
    context.exit(0 if sound else 1)


def _passes_checks(paths: list[Path], to_error: bool) -> bool:
    """Say what the checks of the whole found, on standard error where the output is for programs."""
    from kg.checks import count_checks, is_whole, run_checks
    from kg.store import open_store

    store = open_store(paths)
    if not is_whole(store):
        remark("The data are without their ontology, so queries/checks were not asked.")
        return True
    failures = run_checks(store)
    click.echo(f"{len(failures)} of {count_checks()} checks of the whole failed", err=to_error)
    for failure in failures:
        click.echo(f"\n{failure}", err=to_error)
    return not failures
