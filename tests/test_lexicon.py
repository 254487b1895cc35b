"""The lexicon: every example in its files holds, and every mistake in a file is told in one line."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from kg.edtf import is_edtf
from kg.errors import KgError
from kg.facts.examples import check_examples
from kg.lexicon import Example, Lexicon, load_lexicon, squeeze
from kg.mentions import find_mentions, wrong_examples
from kg.resources import LEXICON

LEX = load_lexicon()
EXAMPLES = LEX.examples()
assert len(EXAMPLES) > 300, "the files hold hundreds of examples; were they read?"
ENTRIES = {**LEX.actors, **LEX.institutions, **LEX.agreements, **LEX.places}
IDENTIFIERS = list(csv.DictReader((LEXICON / "identifiers.csv").read_text(encoding="utf-8").splitlines()))
assert IDENTIFIERS


def codes(text: str, lexicon: Lexicon = LEX) -> list[str]:
    return [code for mention in find_mentions(text, lexicon) for code in mention.codes]


# --- the files --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("id, example", EXAMPLES, ids=[f"{id}: {e.text[:20]}" for id, e in EXAMPLES])
def test_example(id: str, example: Example) -> None:
    assert codes(example.text) == list(example.mentions)


@pytest.mark.parametrize("id, example", EXAMPLES, ids=[f"{id}: {e.text[:20]}" for id, e in EXAMPLES])
def test_example_is_read_alike_in_simplified_characters(id: str, example: Example) -> None:
    assert codes(squeeze(example.text).cased) == list(example.mentions)


@pytest.mark.parametrize("id", ENTRIES)
def test_entry_shows_itself_in_an_example(id: str) -> None:
    entry = ENTRIES[id]
    shown = {code for example in entry.examples for code in example.mentions}
    assert {id, getattr(entry, "actor", "")} & shown, f"add an example that names {id}"


@pytest.mark.parametrize("code", [code for code, actor in LEX.actors.items() if actor.short])
def test_short_form_has_an_example_of_its_own(code: str) -> None:
    short = LEX.actor(code).short
    texts = [example.text for _, example in EXAMPLES]
    found = [text[m.start : m.end] for text in texts for m in find_mentions(text, LEX) if m.codes == (code,)]
    assert set(short) & set(found), f"add an example in which {short} alone names {code}"


def test_ambiguous_entries_have_a_near_miss() -> None:
    ambiguous = [actor for actor in LEX.actors.values() if actor.short]
    assert ambiguous
    for actor in ambiguous:
        assert any(actor.code not in e.mentions for e in actor.examples), f"add a near miss for {actor.code}"


@pytest.mark.parametrize("id", ENTRIES)
def test_preferred_names_are_found(id: str) -> None:
    entry = ENTRIES[id]
    if entry.only_in:
        return  # its names count in some phrases only; the examples show them
    wanted = getattr(entry, "actor", "") or id
    assert codes(entry.zh) == [wanted]
    assert codes(entry.en) == [wanted]


def test_codebook_codes_are_there() -> None:
    governments = ["USA-CLINTON", "USA-BUSH43", "USA-OBAMA", "KOR-KIM-YS", "KOR-KIM-DJ", "KOR-ROH", "KOR-LEE-MB"]
    governments += ["CHN-DENG", "CHN-JIANG", "CHN-HU", "RUS-YELTSIN"]
    states = ["CHN", "PRK", "KOR", "USA", "JPN", "RUS", "KAZ", "KGZ", "UZB", "EGY", "AUS", "TWN"]
    others = ["SIX", "FIVE", "UN", "UNSC", "IAEA", "ASEAN", "EU", "NATO", "KEDO"]
    wanted = states + governments + others
    assert [code for code in wanted if code not in LEX.actors] == []


def test_groups_governments_and_persons_belong_to_someone() -> None:
    assert LEX.actor("SIX").members == ("CHN", "JPN", "KOR", "PRK", "RUS", "USA")
    assert set(LEX.actor("FIVE").members) == set(LEX.actor("SIX").members) - {"PRK"}
    governments = [a for a in LEX.actors.values() if a.kind == "government"]
    assert governments
    for government in governments:
        assert LEX.actor(government.state).kind == "state"
        assert all([government.leader_en, government.leader_zh])
    assert LEX.state_of("USA-OBAMA") == LEX.state_of("HILLARY-CLINTON") == LEX.state_of("USA") == "USA"
    assert LEX.state_of("SIX") == ""


def test_person_is_written_by_name_and_coded_in_latin() -> None:
    assert LEX.actor("KIM-JONG-IL").notation == "金正日"
    assert LEX.actor("CHN-HU").notation == "CHN-HU"


def test_actor_knows_its_institution() -> None:
    assert LEX.actor("UN").institution == "un"
    assert LEX.institution("un").actor == "UN"


def test_resolutions_have_symbols_and_dates() -> None:
    resolutions = [a for a in LEX.agreements.values() if a.kind == "resolution"]
    assert len(resolutions) > 10
    for resolution in resolutions:
        number = resolution.id.removeprefix("unsc-resolution-")
        assert resolution.un_symbol == f"S/RES/{number} ({resolution.known_date[:4]})"
        assert is_edtf(resolution.known_date)


def test_identifiers_are_verified_ones() -> None:
    assert {row["status"].partition("-")[0] for row in IDENTIFIERS} == {"verified"}
    assert LEX.actor("CHN").wikidata == "Q148"
    assert (LEX.actor("PRK").iso3, LEX.actor("PRK").cow) == ("PRK", "731")
    assert LEX.actor("CHN-HU").leader_wikidata == "Q15029"
    assert LEX.actor("CHN-HU").wikidata == ""
    assert LEX.agreement("npt").wikidata == "Q186444"
    assert LEX.agreement("ctbt").wikidata == ""  # the number that circulates is wrong


def test_iso_codes_are_the_codes_of_states() -> None:
    states = [a for a in LEX.actors.values() if a.kind == "state" and a.iso3]
    assert states
    assert [a.code for a in states if a.code != a.iso3] == []


@pytest.mark.thesis
def test_thesis_names_what_a_reader_finds_in_it(thesis: Path) -> None:
    found = Counter(codes(thesis.read_text(encoding="utf-8")))
    assert found["CHN"] > 1000
    assert found["PRK"] > 600
    assert found["six-party-talks"] > 250
    assert found["npt"] >= 12
    for code in ("CHN-HU", "USA-BUSH43", "KOR-ROH", "RUS-YELTSIN", "KIM-JONG-UN", "arf", "neacd", "cscap", "focac"):
        assert found[code], code


# --- what a user can do wrong, or add ---------------------------------------------------------------------------

ACTOR = """[[actor]]
code = "XAA"
kind = "state"
en = "Aland"
zh = "甲國"
example = [{text = "甲國", mentions = ["XAA"]}]
"""


def load(tmp_path: Path, extra: str) -> Lexicon:
    path = tmp_path / "mine.toml"
    path.write_text(extra, encoding="utf-8")
    return load_lexicon(extra=[path])


def test_user_adds_an_actor(tmp_path: Path) -> None:
    lexicon = load(tmp_path, ACTOR)
    assert codes("甲國與美國", lexicon) == ["XAA", "USA"]
    assert codes("甲國與美國") == ["USA"]


def test_entries_shown_in_the_documentation_can_be_loaded(tmp_path: Path) -> None:
    page = Path(__file__).parent.parent / "docs" / "lexicon.md"
    blocks = re.findall(r"```toml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 3
    for block in blocks:
        lexicon = load(tmp_path, block)
        assert wrong_examples(lexicon) == []
        assert check_examples(lexicon).failures == ()


def test_wrong_example_is_found(tmp_path: Path) -> None:
    assert wrong_examples(LEX) == []
    lexicon = load(tmp_path, ACTOR.replace('text = "甲國"', 'text = "乙國與美國"'))
    assert [(id, codes) for id, _, codes in wrong_examples(lexicon)] == [("XAA", ("USA",))]


def test_user_extends_an_actor(tmp_path: Path) -> None:
    lexicon = load(tmp_path, '[[actor]]\ncode = "CHN"\nnames = ["神州"]\nen = "PR China"\n')
    assert codes("神州與中國", lexicon) == ["CHN", "CHN"]
    assert lexicon.actor("CHN").en == "PR China"


MISTAKES = [
    ("", "mine.toml: no entry; write at least one, such as [[actor]] (see docs/lexicon.md)"),
    ("[[actor]\n", "mine.toml: not valid TOML: "),
    ("[[actress]]\n", "mine.toml: unknown table 'actress'; known: actor, institution, agreement, place, phrase"),
    ("[actor]\ncode = 1\n", "mine.toml: actor is no list of tables; write [[actor]] with two brackets"),
    ('[[actor]]\nen = "A"\n', "mine.toml: actor with code None; give it a code of ASCII letters, digits and hyphens"),
    ('[[place]]\nid = "北京"\n', "mine.toml: place with id '北京'; give it a id of ASCII letters"),
    (ACTOR + 'naems = ["乙"]\n', "mine.toml: actor XAA: unknown key 'naems'; known: code, en, example"),
    (ACTOR + 'names = "乙國"\n', "mine.toml: actor XAA: names is '乙國'; write a list of texts, none empty"),
    (ACTOR + 'names = [" "]\n', "mine.toml: actor XAA: names is [' ']; write a list of texts, none empty"),
    (ACTOR.replace("state", "planet"), "mine.toml: actor XAA: unknown kind 'planet'; known: state, government"),
    (ACTOR.replace('en = "Aland"\n', ""), "mine.toml: actor XAA: en is missing; every entry has kind, en, zh"),
    (ACTOR.partition("example")[0], "mine.toml: actor XAA: example is missing; every entry has kind, en, zh"),
    (ACTOR.replace("text =", "txt ="), "mine.toml: actor XAA: example {'txt'"),
    (ACTOR + 'names = ["美國"]\n', "lexicon: the name '美国' names both USA and XAA; take it from one of them"),
    (ACTOR + 'short = ["美"]\n', "lexicon: the short form '美' is of both USA and XAA; drop one"),
    (ACTOR + 'short = ["美麗"]\n', "lexicon: actor XAA: short form '美麗' is not one character; put it into names"),
    (ACTOR + 'state = "XBB"\n', "lexicon: actor XAA: state 'XBB' is no actor; add that entry, or mend the code"),
    ('[[agreement]]\nid = "npt"\nknown_date = "1968-07-99"\n', "lexicon: agreement npt: known_date '1968-07-99'"),
    ('[[agreement]]\nid = "npt"\nround = "one"\n', "mine.toml: agreement npt: round is 'one'; write a whole number"),
    ('[[phrase]]\nnames = ["甲乙"]\n', "mine.toml: phrase is not as it should be"),
    ('[[phrase]]\nnames = ["甲乙"]\nactors = ["XBB"]\nexample = []\n', "lexicon: phrase 甲乙: 'XBB' is no actor"),
    ('[short_forms]\nstrong = ["甲"]\n', "mine.toml: short_forms is not as it should be"),
    (
        '[[phrase]]\nnames = "兩韓"\nactors = ["KOR"]\nexample = []\n',
        "mine.toml: phrase is not as it should be ('兩韓' is no list of texts); write [[phrase]] with names, actors",
    ),
    (ACTOR + 'names = ["\\u200b"]\n', r"lexicon: actor XAA: the name '\u200b' has no visible character; take it out"),
    ("no_mention = 3\n", "mine.toml: no_mention is not as it should be"),
]
assert MISTAKES


@pytest.mark.parametrize("extra, message", MISTAKES, ids=[message[:70] for _, message in MISTAKES])
def test_mistake_is_told_with_file_and_entry(tmp_path: Path, extra: str, message: str) -> None:
    with pytest.raises(KgError) as error:
        load(tmp_path, extra)
    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"actors\.toml: no such lexicon file"):
        load_lexicon(tmp_path)
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b'x = "\xe9"')
    with pytest.raises(KgError, match=r"latin\.toml: not UTF-8 at byte 5; save it as UTF-8"):
        load_lexicon(extra=[latin])
    with pytest.raises(KgError, match=r"cannot be read"):
        load_lexicon(extra=[tmp_path])


def test_deep_nesting_is_an_error_message(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="not valid TOML"):
        load(tmp_path, "x = " + "[" * 100_000)


def test_code_used_twice_in_the_files(tmp_path: Path) -> None:
    for name in ("actors.toml", "institutions.toml", "agreements.toml", "places.toml"):
        (tmp_path / name).write_text((LEXICON / name).read_text(encoding="utf-8"), encoding="utf-8")
    with (tmp_path / "actors.toml").open("a", encoding="utf-8") as file:
        file.write(ACTOR.replace("XAA", "CHN"))
    with pytest.raises(KgError, match=r"actors\.toml: actor CHN: this code is used twice"):
        load_lexicon(tmp_path)


def test_identifier_of_nothing(tmp_path: Path) -> None:
    for name in ("actors.toml", "institutions.toml", "agreements.toml", "places.toml"):
        (tmp_path / name).write_text((LEXICON / name).read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "identifiers.csv").write_text("of,wikidata\nactor:XAA,Q1\n", encoding="utf-8")
    with pytest.raises(KgError, match=r"identifiers\.csv: 'actor:XAA' names no entry"):
        load_lexicon(tmp_path)
    (tmp_path / "identifiers.csv").write_text("who,wikidata\nactor:CHN,Q1\n", encoding="utf-8")
    with pytest.raises(KgError, match=r"identifiers\.csv: a row has no `of`"):
        load_lexicon(tmp_path)
    (tmp_path / "identifiers.csv").write_bytes(b"of,wikidata\n\xff,Q1\n")
    with pytest.raises(KgError, match=r"identifiers\.csv: not a CSV file in UTF-8"):
        load_lexicon(tmp_path)


def test_look_up_of_what_is_not_there() -> None:
    with pytest.raises(KgError, match="no agreement 'kyoto' in the lexicon"):
        LEX.agreement("kyoto")
