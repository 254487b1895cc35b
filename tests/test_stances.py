"""Who holds what: subjects carried on, lists and groups, negation, conditions, and what is no stance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.facts.stances import StanceFinder
from kg.lexicon import load_lexicon

FINDER = StanceFinder(load_lexicon())


def stances(text: str, **given: object) -> list[tuple[str, str, str]]:
    sentences = [(i, j + 1) for i, j in _sentences(text)]
    return [(s.holder, s.issue, s.polarity) for s in FINDER.read(text, sentences, **given)]  # type: ignore[arg-type]


def _sentences(text: str) -> list[tuple[int, int]]:
    found, start = [], 0
    for at, character in enumerate(text):
        if character == "。":
            found.append((start, at))
            start = at + 1
    return found


CASES = [
    (
        "a subject goes on over clauses",
        "日本反對北韓發展核武，並主張對北韓實施經濟制裁。",
        [("JPN", "dprk-nuclear-arms", "oppose"), ("JPN", "sanctions", "support")],
    ),
    (
        "and into a sentence that names none",
        "俄羅斯關心北韓核問題。並希望透過談判解決。",
        [("RUS", "peaceful-settlement", "support")],
    ),
    (
        "a list holds together",
        "中共和俄羅斯都反對以武力處理北韓問題。",
        [("CHN", "use-of-force", "oppose"), ("RUS", "use-of-force", "oppose")],
    ),
    ("all five are the FIVE", "中、美、日、俄、韓願意向北韓提供重油。", [("FIVE", "aid", "support")]),
    (
        "a government is its own actor",
        "李明博政府堅持要求北韓先放棄核計畫。",
        [("KOR-LEE-MB", "dprk-nuclear-arms", "oppose"), ("KOR-LEE-MB", "disarm-first", "support")],
    ),
    (
        "of a title and a name, the government",
        "美國總統歐巴馬支持朝鮮半島無核化。",
        [("USA-OBAMA", "denuclearization", "support")],
    ),
    (
        "a period names the government",
        "柯林頓時期，美國支持朝鮮半島無核化。",
        [("USA-CLINTON", "denuclearization", "support")],
    ),
    (
        "one-character names",
        "美朝雙方同意朝鮮半島無核化。",
        [("USA", "denuclearization", "support"), ("PRK", "denuclearization", "support")],
    ),
    ("a policy is its owner's", "南韓的政策是維護朝鮮半島的穩定。", [("KOR", "peninsula-stability", "support")]),
    ("an issue that is a policy", "多邊外交已成為日本外交的支柱。", [("JPN", "multilateralism", "support")]),
    ("a topic is the holder", "對南韓而言，維護半島的穩定是首要之務。", [("KOR", "peninsula-stability", "support")]),
    ("a negator turns", "日本不支持朝鮮半島無核化。", [("JPN", "denuclearization", "oppose")]),
    ("and turns back", "日本並不反對朝鮮半島無核化。", [("JPN", "denuclearization", "support")]),
    (
        "rather than",
        "俄羅斯主張以對話而非經濟制裁處理北韓問題。",
        [("RUS", "peaceful-settlement", "support"), ("RUS", "sanctions", "oppose")],
    ),
    (
        "in exchange",
        "日本願意提供經濟援助，以換取北韓放棄核武。",
        [("JPN", "aid", "conditional"), ("JPN", "dprk-nuclear-arms", "oppose")],
    ),
    ("simplified characters", "俄罗斯主张通过谈判解决朝鲜核问题。", [("RUS", "peaceful-settlement", "support")]),
    ("a supposition is none", "如果日本對北韓實施經濟制裁，貿易將會中斷。", []),
    ("a question is none", "日本是否支持朝鮮半島無核化仍不明朗。", []),
    ("the author's advice is none", "日本應該對北韓提供糧食援助。", []),
    (
        "but what an actor says should be is its wish",
        "日本認為各國應對北韓實施經濟制裁。",
        [("JPN", "sanctions", "support")],
    ),
    ("failing is none", "日本無法實現朝鮮半島無核化。", []),
    ("talks hold nothing", "六方會談的進展有利於無核化。", []),
    ("a noun of an actor is no actor", "北韓的核武計畫威脅朝鮮半島的和平。", []),
    ("where sanctions do not concern North Korea, the code is not for them", "日本主張對俄羅斯實施經濟制裁。", []),
    (
        "a refusal may stand behind what it is about",
        "北韓對恢復經濟制裁表示強烈反對。",
        [("PRK", "sanctions", "oppose")],
    ),
    (
        "a threat after a supposition is conditional",
        "若談判失敗，日本將擴大對北韓的經濟制裁。",
        [("JPN", "sanctions", "conditional")],
    ),
    (
        "a purpose after a supposition is not",
        "日本若接受邀請，是為了維護半島穩定。",
        [("JPN", "peninsula-stability", "support")],
    ),
    (
        "what must come first is a condition, and not what is wished",
        "北韓願意在制裁解除後接受核查。",
        [("PRK", "verification", "conditional")],
    ),
    (
        "a statement's own we is the side that spoke",
        "美方支持朝鮮半島無核化。我們反對對北韓實施經濟制裁。",
        [("USA", "denuclearization", "support"), ("USA", "sanctions", "oppose")],
    ),
    (
        "we without a side is nobody",
        "日本支持朝鮮半島無核化。我們反對經濟制裁。",
        [("JPN", "denuclearization", "support")],
    ),
]


@pytest.mark.parametrize("text, expected", [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_reading(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert sorted(set(stances(text))) == sorted(expected)


def test_all_parties_are_the_six_where_the_talks_are_the_topic() -> None:
    assert stances("各方同意朝鮮半島無核化。", talks=True) == [("SIX", "denuclearization", "support")]
    assert stances("各方同意朝鮮半島無核化。") == []


def test_a_row_of_a_table_states_its_actor_s_position() -> None:
    assert stances("對北韓的援助必須有條件。", holder="JPN", talks=True) == [("JPN", "aid", "conditional")]


def test_a_condition_is_told_in_our_own_words() -> None:
    (found,) = FINDER.read("美國不排除對北韓採取軍事行動。")
    assert (found.polarity, found.condition) == ("conditional", "not excluded")


WORDS = ["中共", "北韓", "美國", "各方", "支持", "反對", "不", "無核化", "制裁", "六方會談", "，", "。", "；", "：",
         "應", "若", "換取", "核武", "放棄", "對", "的", "和平", "1994 年", "「", "」", "第一", " ", "x"]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join) | st.text(max_size=60))
def test_any_text_is_read_and_every_place_is_inside_it(text: str) -> None:
    for found in FINDER.read(text):
        assert 0 <= found.start < found.end <= len(text)
        assert 0 < found.confidence <= 1
