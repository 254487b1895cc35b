"""Extraction grows with the text, no faster: characters a second on 1, 10 and 100 copies, and the memory it takes.

    python bench/bench_extraction.py [FILE [COPIES ...]]

Reads the text and finds its facts (no graph). The thesis where KG_SOURCE or FILE names it, else a text generated
here. Seconds depend on the machine; the ratio of time for each character, against one copy in the same run, should
stay near 1. The answers are checked: so many copies must give about so many times the facts. Ends with 1 where they
do not, or where the ratio passes the limit.
"""

import os
import resource
import sys
import time
from pathlib import Path

from bench_pipeline import generated_text

from kg.document import read_document
from kg.facts.find import find_facts
from kg.lexicon import load_lexicon
from kg.source import read_source, source_of_text

COPIES = (1, 10, 100)
LIMIT = 2.0  # times as long for each character as in one copy


def main() -> int:
    name = (sys.argv[1:2] or [os.environ.get("KG_SOURCE", "")])[0]
    copies = [int(n) for n in sys.argv[2:]] or list(COPIES)
    one = read_source(Path(name)) if name else source_of_text(generated_text())
    lexicon = load_lexicon()
    print(f"{name or 'a generated text'}: {one.length} characters")
    print(f"{'copies':>8}{'CPU s':>10}{'characters/s':>14}{'s per char, n/1':>17}{'facts':>10}{'peak MB':>10}")
    rates: list[float] = []
    facts_of_one, failed = 0, False
    for n in copies:
        source = source_of_text(f"{one.text}\n" * n)
        start = time.process_time()
        facts = len(find_facts(read_document(source), lexicon))
        seconds = time.process_time() - start
        rates.append(seconds / source.length)
        facts_of_one = facts_of_one or facts // n
        ratio = rates[-1] / rates[0]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{n:8}{seconds:10.2f}{source.length / seconds:14.0f}{ratio:17.2f}{facts:10}{peak:10.0f}", flush=True)
        failed |= ratio > LIMIT or facts < 0.9 * n * facts_of_one or not facts
    print("FAILED: see the limit and the facts above" if failed else "ok")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
