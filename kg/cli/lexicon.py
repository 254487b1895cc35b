"""kg lexicon: help for a lexicon file of one's own."""

from pathlib import Path

import click

from kg.cli.options import FILE
from kg.errors import Finding, NothingToCheck


@click.group()
def lexicon() -> None:
    """Check a lexicon file of your own.

    Such a file adds actors, institutions, agreements, places, issues, words of attitude and rules for events
    to those of the program: 'kg extract SOURCE --lexicon FILE'. See docs/lexicon.md.

    \b
    Example:
        kg lexicon check mine.toml
    """


@lexicon.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=FILE)
def check(files: tuple[Path, ...]) -> None:
    """Try every example in FILE.

    Ends with 0 where all hold, with 1 and a line for each that does not, with 2 where the file is malformed or has no
    example.

    \b
    Example:
        kg lexicon check examples/iran-nuclear/lexicon.toml
    """
    from kg.facts.examples import check_examples
    from kg.lexicon import load_lexicon

    told = ", ".join(map(str, files))
    checked = check_examples(load_lexicon(extra=files))
    for failure in checked.failures:
        click.echo(failure)
    if not checked.held and not checked.failures:
        raise NothingToCheck(f"{told}: has no example. Give every entry one: a text and what must be found in it.")
    if checked.failures:
        total = checked.held + len(checked.failures)
        raise Finding(f"{told}: {len(checked.failures)} of {total} examples do not hold.")
    click.echo(f"{told}: {checked.held} " + ("example holds" if checked.held == 1 else "examples hold"))
