"""Stage 2: Source -> Document: sections, paragraphs, footnotes, tables, pages, noise.

    from kg.document import read_document

Order and contract: `kg.document.reading`; what comes out: `kg.document.model`.
"""

from kg.document.reading import read_document

__all__ = ["read_document"]
