"""How the stages grow with the text: read, find facts, build the graph, ask it.

    python bench/bench_pipeline.py [FILE]

Measured on one copy of a text and on ten copies of it: the thesis where KG_SOURCE or FILE names it, else a text
generated here. Seconds depend on the machine; the ratios of ten copies to one, for each 10,000 characters, should
stay near 1: a stage that grows faster than its input shows there. The answers are checked: ten copies must give ten
times the facts, at ten times as many places. Ends with 1 where they do not, or where a stage grows too fast.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from kg.document import read_document
from kg.facts.find import find_facts
from kg.graph.build import Reading, build_graphs
from kg.graph.serialize import to_bytes
from kg.lexicon import load_lexicon
from kg.queries import load_queries
from kg.resources import QUERIES
from kg.source import Source, read_source, source_of_text
from kg.store import Rows, evaluate, open_store

COPIES = 10
REPEATS = 3
LIMIT = 3.0  # times as long for each 10,000 characters
_STATES = ("日本", "美國", "南韓", "俄羅斯", "中國")
_SAYS = ("主張對北韓實施經濟制裁", "反對對北韓動武", "支持六方會談", "要求北韓接受核查", "主張以對話和平解決核問題")


def generated_text() -> str:
    """About 10,000 characters in the manner of a thesis; nothing of it stands anywhere."""
    lines = []
    for n in range(300):
        state, says = _STATES[n % len(_STATES)], _SAYS[n // 5 % len(_SAYS)]
        lines.append(f"    {state}{says}，並在{1990 + n % 19} 年{n % 12 + 1} 月重申這一立場。\n\n")
    return "".join(lines)


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """The median of REPEATS runs in seconds, and what the last one gave."""
    seconds, answer = [], None
    for _ in range(REPEATS):
        start = time.perf_counter()
        answer = work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), answer


def measure(source: Source, folder: Path) -> tuple[dict[str, float], int, int]:
    """Seconds of each stage, facts found, and places in the answer of a report."""
    lexicon = load_lexicon()
    seconds = {}
    seconds["document"], document = timed(lambda: read_document(source))
    seconds["facts"], facts = timed(lambda: find_facts(document, lexicon))
    seconds["graph"], quads = timed(lambda: build_graphs([Reading(source, document, tuple(facts))], lexicon))
    path = folder / "graph.nq"
    path.write_bytes(to_bytes(quads, ".nq"))
    seconds["load"], store = timed(lambda: open_store([path]))
    query = load_queries(QUERIES / "reports")["evidence-by-chapter"]
    seconds["report"], answer = timed(lambda: evaluate(store, query.text, union=True))
    assert isinstance(answer, Rows)
    places = sum(int(row[answer.variables.index("places")].value) for row in answer.rows)
    return seconds, len(facts), places


def main() -> int:
    name = (sys.argv[1:] or [os.environ.get("KG_SOURCE", "")])[0]
    one = read_source(Path(name)) if name else source_of_text(generated_text())
    many = source_of_text(f"{one.text}\n" * COPIES)
    print(f"{name or 'a generated text'}: {one.length} characters, then {COPIES} copies of it")
    with tempfile.TemporaryDirectory() as folder:
        small, facts_of_one, places_of_one = measure(one, Path(folder))
        large, facts_of_many, places_of_many = measure(many, Path(folder))
    print(f"{'stage':10}{'1x s':>10}{'10x s':>10}{'s per 10k, 10x / 1x':>22}")
    failed = False
    for stage in small:
        ratio = (large[stage] / many.length) / (small[stage] / one.length)
        failed |= ratio > LIMIT
        print(f"{stage:10}{small[stage]:10.3f}{large[stage]:10.3f}{ratio:22.2f}")
    print(f"facts: {facts_of_one}, then {facts_of_many}; places: {places_of_one}, then {places_of_many}")
    if not facts_of_one or facts_of_many < 0.9 * COPIES * facts_of_one:
        print("FAILED: ten copies must give about ten times the facts")
        return 1
    if failed:
        print(f"FAILED: a stage takes more than {LIMIT} times as long for each 10,000 characters")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
