"""An institution is a fact where it is introduced or described, not where its name is only used."""

from kg.facts.event_rules import load_event_rules
from kg.facts.events import read_paragraphs
from kg.facts.institutions import find_institutions
from kg.facts.model import Institution
from kg.lexicon import load_lexicon
from tests.passages import document

LEXICON = load_lexicon()
RULES = load_event_rules()


def institutions(text: str) -> list[Institution]:
    doc = document(text)
    return find_institutions(doc, LEXICON, read_paragraphs(doc, LEXICON, RULES), RULES)


def test_a_name_only_used_is_no_fact() -> None:
    assert institutions("日本在亞太經合會上沉默。") == []


def test_what_the_lexicon_knows_by_definition_is_filled_in() -> None:
    (found,) = institutions("日本參與亞太經濟合作會議（APEC）的討論。")
    assert (found.id, found.kind, found.acronym, found.scope, found.founded) == (
        "apec",
        "forum",
        "APEC",
        "regional",
        "",
    )
    assert found.name_en == "Asia-Pacific Economic Cooperation"


def test_when_and_by_whom_it_was_founded() -> None:
    (found,) = institutions("1995 年 3 月，美、日、韓三國成立朝鮮半島能源開發組織（KEDO）。")
    assert (found.id, found.founded, found.members) == ("kedo", "1995-03", ("JPN", "KOR", "USA"))


def test_the_first_meeting_of_talks_founds_them() -> None:
    (found,) = institutions("1997 年 12 月，美國、中共、南韓和北韓舉行了「四方會談」。")
    assert (found.id, found.founded, found.members) == ("four-party-talks", "1997-12", ("CHN", "KOR", "PRK", "USA"))


def test_a_list_introduces_all_its_members_and_their_track() -> None:
    found = institutions("日本參加了亞太安全合作理事會、香格里拉對話等非官方的機制。")
    assert [(f.id, f.track) for f in found] == [("cscap", "2"), ("shangri-la", "2")]


def test_who_called_it_into_being() -> None:
    (found,) = institutions("美國發起的四方會談沒有結果。")
    assert (found.id, found.initiator) == ("four-party-talks", "USA")


def test_one_that_the_lexicon_does_not_know_has_an_acronym() -> None:
    (found,) = institutions("日本參加了河內海洋論壇（HMF），發言不多。")
    assert (found.name_zh, found.acronym, found.kind) == ("河內海洋論壇", "HMF", "forum")
    assert institutions("日本參加了河內海洋論壇，發言不多。") == []


def test_what_is_only_proposed_is_no_institution() -> None:
    assert institutions("應該先有日、俄參加的亞歐會議。") == []
