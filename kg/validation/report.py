"""What a validation found: a Report -> lines for people, JSON, a SHACL report in Turtle.

    print(report_to_human(report, language="zh-Hant"))

Results are sorted and hold terms as N-Triples writes them, so the same graph
gives the same bytes. People and JSON see only the beginning of a literal that is
long or holds a Chinese sentence: a graph with text that it must not hold should
not be printed into a log. The Turtle form has values in full, for tools.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from kg.errors import Finding

_SHOWN = 3  # results of one shape
_LONGEST = 60  # characters of a literal that are shown
_BEGINNING = 12  # of a longer one; the most Chinese that is shown, as kg.leaks has it
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORDS = {"en": ("{} violations", "{} warnings", "{} more"), "zh": ("{} 項違規", "{} 項警告", "另有 {} 項")}
_PREFIXES = {
    "https://w3id.org/six-party-kg/ontology#": "kg:",
    "https://w3id.org/six-party-kg/shapes#": "kgs:",
    "https://w3id.org/six-party-kg/id/": "id/",
    "https://w3id.org/six-party-kg/scheme/": "scheme/",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs:",
    "http://www.w3.org/2001/XMLSchema#": "xsd:",
    "http://www.w3.org/2004/02/skos/core#": "skos:",
    "http://www.w3.org/ns/oa#": "oa:",
    "http://www.w3.org/ns/prov#": "prov:",
    "http://semanticweb.cs.vu.nl/2009/11/sem/": "sem:",
}


@dataclass(frozen=True, order=True)
class Result:
    """One result. Terms are in N-Triples form ("<iri>", "\\"text\\"@en", "_:b1"); "" where there is none."""

    severity: str  # "Violation", "Warning", "Info", or another severity's IRI
    shape: str
    focus: str
    path: str  # as Turtle writes a SHACL path: "<iri>", "[ sh:inversePath <iri> ]", "( <iri> <iri> )"
    value: str
    component: str  # "MinCount", or the IRI of one that is not of SHACL
    message: str  # English, or what the shape has
    message_zh: str = ""


@dataclass(frozen=True)
class Report:
    """All results, sorted, and how much was looked at.

    `conforms` is SHACL's: no result at all. `passes` lets warnings be: no violation.
    """

    results: tuple[Result, ...]
    triples: int  # of the data, without the ontology
    shapes: int  # that have a focus node in the data
    idle_shapes: tuple[str, ...] = ()  # that have targets, but no focus node in the data

    @property
    def conforms(self) -> bool:
        return not self.results

    @property
    def passes(self) -> bool:
        return not self.violations

    @property
    def violations(self) -> int:
        return sum(result.severity not in ("Warning", "Info") for result in self.results)

    @property
    def warnings(self) -> int:
        return len(self.results) - self.violations

    def check(self) -> None:
        """Raises `Finding` where a shape is violated; a warning is none."""
        if not self.passes:
            first = next(result for result in self.results if result.severity not in ("Warning", "Info"))
            raise Finding(
                f"the graph is not valid: {_counted(self, 'en')}. "
                f"First: {short(first.focus)}: {first.message} ({short(first.shape)}). "
                "'kg validate' shows all."
            )


def report_to_human(report: Report, language: str = "en", shown: int = _SHOWN) -> str:
    """Lines for people, in "en" or "zh" (any tag that begins so); of each shape the first `shown` results."""
    zh = language.lower().startswith("zh")
    lines = [_summary(report, "zh" if zh else "en")]
    for (severity, shape), own in groupby(report.results, key=lambda result: (result.severity, result.shape)):
        results = list(own)
        lines += ["", f"{severity}  {short(shape)}  {(zh and results[0].message_zh) or results[0].message}"]
        for result in results[:shown]:
            found = f" = {short(result.value)}" if result.value not in ("", result.focus) else ""
            lines.append(f"  {short(result.focus)}  {_short_path(result.path)}{found}".rstrip())
        if len(results) > shown:
            lines.append("  " + _WORDS["zh" if zh else "en"][2].format(len(results) - shown))
    return "\n".join(lines) + "\n"


def report_to_json(report: Report) -> str:
    """One JSON object, its keys in a fixed order, with a line break at its end."""
    found = {
        "conforms": report.conforms,
        "passes": report.passes,
        "violations": report.violations,
        "warnings": report.warnings,
        "triples": report.triples,
        "shapes": report.shapes,
        "idleShapes": [plain(shape) for shape in report.idle_shapes],
        "results": [
            {
                "severity": result.severity,
                "shape": plain(result.shape),
                "focusNode": plain(result.focus),
                "path": plain(result.path),
                "value": plain(result.value),
                "component": result.component,
                "message": {"en": result.message, "zh-Hant": result.message_zh},
            }
            for result in report.results
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def report_to_turtle(report: Report) -> str:
    """A SHACL validation report (sh:ValidationReport), for tools."""
    return "\n".join(["@prefix sh: <http://www.w3.org/ns/shacl#> .", "", *_turtle_lines(report)]) + "\n"


def _turtle_lines(report: Report) -> Iterator[str]:
    yield "[] a sh:ValidationReport ;"
    yield f"    sh:conforms {'true' if report.conforms else 'false'}{' ;' if report.results else ' .'}"
    for n, result in enumerate(report.results, start=1):
        yield "    sh:result [ a sh:ValidationResult ;"
        parts = [
            ("sh:resultSeverity", _of_shacl(result.severity, "")),
            ("sh:sourceConstraintComponent", _of_shacl(result.component, "ConstraintComponent")),
            ("sh:sourceShape", result.shape),
            ("sh:focusNode", result.focus),
            ("sh:resultPath", result.path),
            ("sh:value", result.value),
        ]
        messages = [_literal(result.message, "en")] + (
            [_literal(result.message_zh, "zh-Hant")] if result.message_zh else []
        )
        yield from (f"        {name} {term} ;" for name, term in parts if term)
        yield f"        sh:resultMessage {' , '.join(messages)} ]{' ;' if n < len(report.results) else ' .'}"


def _of_shacl(name: str, suffix: str) -> str:
    return name if name.startswith(("<", "_:")) else f"sh:{name}{suffix}"


def _literal(text: str, language: str) -> str:
    return json.dumps(text, ensure_ascii=False) + f"@{language}"  # JSON's escapes are Turtle's


def _counted(report: Report, language: str) -> str:
    violations, warnings, _ = _WORDS[language]
    return f"{_one(violations.format(report.violations))}, {_one(warnings.format(report.warnings))}"


def _one(counted: str) -> str:
    """ "1 violations" -> "1 violation"."""
    return counted[:-1] if counted.startswith("1 ") and counted.endswith("s") else counted


def _summary(report: Report, language: str) -> str:
    looked_at = {
        "en": f"{_one(f'{report.shapes} shapes')} looked at {_one(f'{report.triples} triples')}",
        "zh": f"{report.shapes} 個形狀檢查了 {report.triples} 筆三元組",
    }
    return f"{_counted(report, language)} ({looked_at[language]})"


def plain(term: str) -> str:
    """An IRI without its brackets; a long literal cut."""
    if term.startswith("<") and term.endswith(">"):
        return term[1:-1]
    return _cut(term)


def short(term: str) -> str:
    """A term as people read it: prefixes for IRIs that are known, a long literal cut."""
    if term.startswith('"'):
        text, mark, datatype = _cut(term).rpartition("^^")
        return text + mark + (short(datatype) if datatype.startswith("<") else datatype)
    for namespace, prefix in _PREFIXES.items():
        term = term.replace(f"<{namespace}", f"<{prefix}")
    for prefix in _PREFIXES.values():
        while f"<{prefix}" in term:
            start = term.index(f"<{prefix}")
            end = term.index(">", start)
            term = term[:start] + term[start + 1 : end] + term[end + 1 :]
    return term


def _cut(term: str) -> str:
    """A literal that is long, or has as much Chinese as a sentence, by its beginning only."""
    if not term.startswith('"') or (len(term) <= _LONGEST and len(_CHINESE.findall(term)) <= _BEGINNING):
        return term
    return f'{term[: _BEGINNING + 1]}…" ({len(term)} characters)'


def _short_path(path: str) -> str:
    shown = short(path)
    return shown if len(shown) <= _LONGEST else shown[:_LONGEST] + " …"
