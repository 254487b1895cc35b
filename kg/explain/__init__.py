"""Stage 9: why a statement is there: passage, names found in it, rule, values, statement.

    chain = read_chain(store, statement, load_rulebook())
    chain.steps[0].rules[0].description        # "Finds stances on sanctions: …"
    Rereader(source, document, lexicon).read(chain.steps[0].place, [], []).names

    chain.py    from the graph and the rules: the statement, its places, by which rule each was found
    passage.py  from the source: the words, who and what they name, where the rule's own words stand
    output.py   all of it as lines for a terminal

A passage is shown only where its digest agrees. Before: `kg.trace`, `kg.rulebook`. Used by `kg explain`.
"""

from kg.explain.chain import Chain, Step, read_chain
from kg.explain.output import lines_of
from kg.explain.passage import Reread, Rereader

__all__ = ["Chain", "Reread", "Rereader", "Step", "lines_of", "read_chain"]
