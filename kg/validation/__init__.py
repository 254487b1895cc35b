"""Stage 8: does a graph keep the rules of `shapes/`? The one package that knows pySHACL.

    report = validate([Path("data/six-party-kg.trig")])
    report.violations, report.warnings     # 0, 3
    report.check()                         # raises Finding where a shape is violated

    loading.py     files -> an rdflib graph: one for all named graphs, quick
    literals.py    literals that compare as SHACL asks
    hoisting.py    shapes -> the same shapes, as pySHACL is quick with them
    running.py     the calls to pySHACL
    results.py     its report -> Results
    checking.py    data + shapes + ontology -> Report
    report.py      Report -> lines for people, JSON, a SHACL report in Turtle

Before: `kg.store` (which reads RDF). Beside: `queries/checks/`, checks of the graph as a whole.
"""

from kg.validation.checking import shape_files, validate, validate_quads, vocabulary_files
from kg.validation.report import Report, Result, report_to_human, report_to_json, report_to_turtle

__all__ = [
    "Report",
    "Result",
    "report_to_human",
    "report_to_json",
    "report_to_turtle",
    "shape_files",
    "validate",
    "validate_quads",
    "vocabulary_files",
]
