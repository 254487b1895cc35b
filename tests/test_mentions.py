"""Mentions: names by the longest match, one-character forms only in company; offsets lead back to the text."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.lexicon import load_lexicon, squeeze
from kg.mentions import Mention, find_mentions

LEX = load_lexicon()


def found(text: str) -> list[str]:
    """Each mention as "characters=codes"."""
    return [f"{text[m.start : m.end]}={'+'.join(m.codes)}" for m in find_mentions(text, LEX)]


def test_kinds_and_offsets() -> None:
    assert find_mentions("美朝雙方在北京會晤", LEX) == [
        Mention("actor", ("USA",), 0, 1),
        Mention("actor", ("PRK",), 1, 2),
        Mention("place", ("beijing",), 5, 7),
    ]


NAMES = [
    ("東協區域論壇與東協", ["東協區域論壇=arf", "東協=ASEAN"]),
    ("朝鮮半島無核化共同宣言、朝鮮半島、朝鮮", [
        "朝鮮半島無核化共同宣言=denuclearization-declaration-1992", "朝鮮半島=korean-peninsula", "朝鮮=PRK",
    ]),
    ("希拉蕊˙柯林頓與柯林頓", ["希拉蕊˙柯林頓=HILLARY-CLINTON", "柯林頓=USA-CLINTON"]),
    ("兩韓與南、北韓", ["兩韓=KOR+PRK", "南、北韓=KOR+PRK"]),
    ("聯合國和安理會", ["聯合國=UN", "安理會=UNSC"]),
    ("第1718號決議與第 1718 號決議", ["第1718號決議=unsc-resolution-1718", "第 1718 號決議=unsc-resolution-1718"]),
    ("《919 共同\n聲明》", ["919 共同\n聲明=joint-statement-2005"]),
    ("東 北\n亞", ["東 北\n亞=northeast-asia"]),
    ("（ＮＰＴ）", ["ＮＰＴ=npt"]),
    ("six-party talks; SIX-PARTY  TALKS", ["six-party talks=six-party-talks", "SIX-PARTY  TALKS=six-party-talks"]),
    ("NPTs, npt, the eu, EUR, Ukraine", ["Ukraine=UKR"]),
    ("6六國會談", ["六國會談=six-party-talks"]),
    ("見 http://www.china.org/NATO/北京 一文", ["北京=beijing"]),
    ("", []),
]  # fmt: skip

SHORT = [
    ("美朝", ["美=USA", "朝=PRK"]),
    ("中、美、日、俄", ["中=CHN", "美=USA", "日=JPN", "俄=RUS"]),
    ("東協、中、日、韓的合作", ["東協=ASEAN", "中=CHN", "日=JPN", "韓=KOR"]),
    ("南韓、日和美國", ["南韓=KOR", "日=JPN", "美國=USA"]),
    ("會後，美與北韓協商", ["美=USA", "北韓=PRK"]),
    ("日本和美的態度", ["日本=JPN", "美=USA"]),
    ("中與朝的邊界", ["中=CHN", "朝=PRK"]),
    ("對朝制裁、訪美、駐日", ["朝=PRK", "美=USA", "日=JPN"]),
    ("俄外交部與日首相", ["俄=RUS", "日=JPN"]),
    ("中方、美方、朝方", ["中方=CHN", "美方=USA", "朝方=PRK"]),
    ("會談中美雙方", ["中=CHN", "美=USA"]),
    ("英、法、德三國", ["英=GBR", "法=FRA", "德=DEU"]),
    ("中英兩國", ["中=CHN", "英=GBR"]),
    ("美韓國防部長", ["美=USA", "韓=KOR"]),
]

NO_MENTION = [
    "其中日益重要", "會談中、會議後", "過程中與會者", "早日、即日、27日、9月3日與", "美好、完美、美德",
    "年、月、日", "早、中、晚", "真、善、美", "中心、中央、集中", "朝向、朝著、王朝", "中朝此方向前進",
    "法律、方法、道德、印象、英文", "對日後、對中小型企業", "越來越、超越", "雙方、兩國、各方、各國、該國、其",
    "南北半球", "民主、日內結束", "在途中日夜趕路", "伊核問題", "台階與舞台",
]  # fmt: skip
assert all([NAMES, SHORT, NO_MENTION])


@pytest.mark.parametrize("text, expected", NAMES + SHORT)
def test_names(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("text", NO_MENTION)
def test_words_that_name_nobody(text: str) -> None:
    assert found(text) == []


def test_date_before_short_forms() -> None:
    assert found("8月27日美朝接觸，廿九日中美接觸") == ["美=USA", "朝=PRK", "中=CHN", "美=USA"]


def test_particle_before_china() -> None:
    """中 is China after a particle or at the start of a clause, and "in" after a noun."""
    assert found("由中、美主導") == ["中=CHN", "美=USA"]
    assert found("，中、美主導") == ["中=CHN", "美=USA"]
    assert found("架構中、美國主導") == ["美國=USA"]


def test_an_actor_twice_in_a_run_is_no_list() -> None:
    assert found("美美與共") == []


@pytest.mark.parametrize("text", ["中、" * 10_000, "美" * 20_000, "《" * 20_000, "六方會談" * 5_000, "a" * 40_000])
def test_long_input_takes_no_long_time(text: str) -> None:
    begin = time.perf_counter()
    find_mentions(text, LEX)
    assert time.perf_counter() - begin < 2


FRAGMENTS = st.sampled_from(
    [
        *"中美朝韓日俄、與和的在方 \n１ａ",
        "北韓",
        "中國",
        "六方",
        "會談",
        "朝鮮",
        "半島",
        "NPT",
        "27日",
        "對",
        "其中",
        "《",
        "http://a.b/",
        "İ",
        "ﬁ",
        "\u200b",
    ]
)


@settings(max_examples=300)
@given(st.lists(FRAGMENTS, max_size=30).map("".join) | st.text(max_size=60))
def test_mentions_are_in_order_apart_and_inside_the_text(text: str) -> None:
    end = 0
    for mention in find_mentions(text, LEX):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.codes
        end = mention.end


@settings(max_examples=200)
@given(st.text(max_size=80) | st.lists(FRAGMENTS, max_size=20).map("".join))
def test_squeezed_characters_keep_their_places(text: str) -> None:
    squeezed = squeeze(text)
    assert len(squeezed.text) == len(squeezed.cased) == len(squeezed.offsets)
    assert list(squeezed.offsets) == sorted(set(squeezed.offsets))
    assert all(0 <= offset < len(text) for offset in squeezed.offsets)
