"""An rdflib literal that compares as SHACL asks: by value, and never with what cannot be compared.

    ComparableLiteral("2004", datatype=XSD.gYear) <= ComparableLiteral("2003", datatype=XSD.gYear)    # False

rdflib raises for two years, and for a date that is none; pySHACL lets that out,
so one wrong date in the data would end the validation. rdflib also puts literals
of two datatypes in the order of the datatypes' names, so "maybe" would be less
than 9. In SHACL two values that cannot be compared violate `sh:lessThan`,
`sh:maxInclusive` and the like. Imported where it is used: rdflib takes its time.
"""

from typing import Any

from rdflib.namespace import XSD
from rdflib.term import Literal

_YEARS = {XSD.gYear, XSD.gYearMonth}  # without a value in rdflib; as texts they are in order


class ComparableLiteral(Literal):
    __slots__ = ()

    def __lt__(self, other: Any) -> bool:
        return comparable(self, other) and self.__gt__(other) is False and not self.eq(other)

    def __le__(self, other: Any) -> bool:
        return comparable(self, other) and self.__gt__(other) is False

    def eq(self, other: Any) -> bool:
        """Are the values equal? TypeError where that cannot be told, as rdflib raises it."""
        if isinstance(other, Literal):
            if not comparable(self, other):
                raise TypeError(f"{self.n3()} cannot be compared with {other.n3()}")
            if self.datatype in _YEARS:
                return str(self) == str(other)
        return bool(super().eq(other))


def comparable(one: Literal, other: Any) -> bool:
    """Two numbers, or two literals of one datatype whose values are known; neither of them ill-typed."""
    if not isinstance(other, Literal) or one.ill_typed or other.ill_typed:
        return False
    if _is_number(one.value) and _is_number(other.value):
        return True
    known = (one.value is not None and other.value is not None) or one.datatype in _YEARS
    return one.datatype == other.datatype and known


def _is_number(value: object) -> bool:
    return hasattr(value, "as_integer_ratio") and not isinstance(value, bool)
