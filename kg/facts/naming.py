"""Stage 5: what an event is called: its slug, and labels in our own words.

    event_id("withdrawal", "2003-01", ("PRK",), agreement="npt")   # "PRK-withdrawal-from-npt-2003"
    event_id("talks", "2003-04", ("CHN", "PRK", "USA"))            # "2003-04-talks-CHN-PRK-USA"

An event that has a name of its own gets it without its full date, so that two
places that give it different dates speak of one event. Labels are made of
codes and of names in the lexicon, never of the text's words.
"""

from kg.lexicon import Lexicon

_ENGLISH = {
    "accession": "{who} joins {what}",
    "withdrawal": "{who} leaves {what}",
    "signing": "Signing of {what}",
    "nuclear-test": "Nuclear test by {who}",
    "missile-launch": "Missile launch by {who}",
    "talks": "Talks of {who}",
    "statement": "Statement by {who}",
    "resolution": "Resolution of {who}",
    "adoption": "Adoption of {what}",
    "founding": "Establishment of {what}",
    "sanction": "Sanctions: {who}",
    "facility-shutdown": "Nuclear facilities shut down: {who}",
    "facility-restart": "Nuclear facilities restarted: {who}",
    "inspection": "Inspection: {who}",
    "visit": "Visit: {who}",
    "establishment": "Establishment: {who}",
    "leadership-change": "Change of leadership: {who}",
    "military-incident": "Military incident: {who}",
    "designation": "Put on a list: {who}",
    "speech": "Speech by {who}",
    "other": "Event: {who}",
}
_CHINESE = {
    "accession": "加入",
    "withdrawal": "退出",
    "signing": "簽署",
    "nuclear-test": "核試驗",
    "missile-launch": "發射飛彈",
    "talks": "會談",
    "statement": "聲明",
    "resolution": "決議",
    "sanction": "制裁",
    "facility-shutdown": "核設施關閉",
    "facility-restart": "核設施重啟",
    "inspection": "檢查",
    "visit": "訪問",
    "establishment": "建立",
    "leadership-change": "領導更迭",
    "military-incident": "軍事事件",
    "designation": "列名",
    "speech": "演說",
    "other": "事件",
}
_NUMERALS = "零一二三四五六七八九十"


def date_slug(edtf: str) -> str:
    """An EDTF date as part of a slug: `/ ~ ? ..` become `_ approx q open`."""
    return edtf.replace("..", "open").replace("/", "_").replace("~", "approx").replace("?", "q").replace("%", "q")


def round_id(institution: str, round: int, phase: int | None) -> str:
    """The slug of a round of talks, or of one of its phases."""
    return f"{institution}-round-{round}" + (f"-phase-{phase}" if phase else "")


def event_id(
    kind: str, date: str, participants: tuple[str, ...], *, agreement: str = "", institution: str = "", place: str = ""
) -> str:
    """The slug of an event that is no round of talks."""
    who = "-".join(code for code in participants if code.lower() != institution)
    thing = agreement or institution
    year = date[:4]
    if kind == "establishment" and institution:
        return f"establishment-of-{institution}"
    if kind == "signing" and agreement:
        return f"signing-of-{agreement}"
    if kind in ("statement", "resolution") and agreement:
        return f"adoption-of-{agreement}"
    if kind == "accession" and thing:
        return f"{who or 'unnamed'}-accession-to-{thing}"
    if kind == "withdrawal" and thing:
        return f"{who or 'unnamed'}-withdrawal-from-{thing}-{year}"
    return "-".join(part for part in (date_slug(date), kind, who or institution or agreement or place) if part)


def round_labels(institution: str, round: int, phase: int | None, lexicon: Lexicon) -> tuple[str, str]:
    """("Six-Party Talks, round 4, phase 2", "六方會談：第四輪第二階段")."""
    entry = lexicon.institution(institution)
    english = f"{entry.en}, round {round}" + (f", phase {phase}" if phase else "")
    chinese = f"{entry.zh}：第{_numeral(round)}輪" + (f"第{_numeral(phase)}階段" if phase else "")
    return english, chinese


def event_labels(
    kind: str,
    date: str,
    participants: tuple[str, ...],
    lexicon: Lexicon,
    *,
    agreement: str = "",
    institution: str = "",
    title: str = "",
) -> tuple[str, str]:
    """Labels in English and Chinese; the date tells apart what would otherwise be called alike.

    `title` is that of an agreement which the lexicon does not know.
    """
    thing = lexicon.agreements.get(agreement) or lexicon.institutions.get(institution)
    what_en, what_zh = (thing.en, thing.zh) if thing else (title, title)
    who_en = ", ".join(lexicon.actor(code).en for code in participants) or what_en or "unnamed"
    who_zh = "、".join(lexicon.actor(code).zh for code in participants)
    by_thing = {"statement": "adoption", "resolution": "adoption", "signing": "signing", "establishment": "founding"}
    if kind == "talks" and what_en and not participants:
        return f"Meeting: {what_en} ({date})", f"{_CHINESE[kind]}：{what_zh}（{date}）"
    if what_en and kind in by_thing and (agreement or kind == "establishment"):
        return _ENGLISH[by_thing[kind]].format(what=what_en), f"{_CHINESE[kind]}：{what_zh}"
    english = _ENGLISH[kind].format(who=who_en, what=what_en or "agreements")
    chinese = f"{_CHINESE[kind]}：" + "／".join(part for part in (who_zh, what_zh) if part)
    if kind == "accession" and what_en:
        return english, chinese
    when = date[:4] if kind == "withdrawal" and what_en else date
    return f"{english} ({when})", f"{chinese}（{when}）"


def _numeral(number: int) -> str:
    return _NUMERALS[number] if number <= 10 else str(number)
