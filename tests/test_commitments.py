"""Who undertook what: the clauses after a document's adoption bind those who speak in them."""

from kg.document import read_document
from kg.facts.find import find_facts
from kg.facts.model import Commitment
from kg.lexicon import load_lexicon
from kg.source import source_of_text


def commitments(text: str) -> list[tuple[str, str, str, int | None]]:
    found = find_facts(read_document(source_of_text(text)), load_lexicon())
    return [(c.debtor, c.issue, c.document, c.order) for c in found if isinstance(c, Commitment)]


SIGNED = "1994 年 10 月 21 日，美國與北韓在日內瓦簽署《框架協議》。"


def test_what_follows_the_signing_binds_who_speaks() -> None:
    assert commitments(SIGNED + "北韓承諾凍結核設施，美國同意提供輕水反應爐。") == [
        ("PRK", "nuclear-freeze", "agreed-framework-1994", None),
        ("USA", "light-water-reactor", "agreed-framework-1994", None),
    ]


def test_the_points_of_a_document_keep_their_numbers() -> None:
    found = commitments(SIGNED + "第一，北韓承諾接受核查；第二，美國承諾向北韓提供重油。")
    assert found == [
        ("PRK", "verification", "agreed-framework-1994", 1),
        ("USA", "aid", "agreed-framework-1994", 2),
    ]


def test_a_sentence_that_binds_nobody_ends_the_document() -> None:
    assert commitments(SIGNED + "這一年的冬天特別寒冷。北韓承諾接受核查。") == []


def test_demands_and_criticism_are_no_undertakings() -> None:
    assert commitments(SIGNED + "美國同意此案，並要求北韓接受核查。") == []


def test_a_promise_outside_any_document_or_meeting_is_none() -> None:
    assert commitments("北韓承諾接受核查。") == []


def test_not_to_attack_is_a_guarantee_of_security() -> None:
    found = commitments(SIGNED + "美國重申無意攻擊北韓。")
    assert found == [("USA", "security-guarantee", "agreed-framework-1994", None)]
