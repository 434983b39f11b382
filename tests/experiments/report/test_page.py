"""The page is valid, accessible, loads nothing, escapes what users write, and says what the comparison says."""

from __future__ import annotations

import dataclasses
import math
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

import experiments.report
from experiments.compare.comparison import Arm, Comparison, Estimate
from experiments.report.page import page
from experiments.report.texts import TEXTS
from experiments.sources import source_in
from experiments.texts import Language
from tests.experiments.report.example import NAN, PAIRS, assumptions, contrast, example
from tests.experiments.report.parsed import Element, parsed

LANGUAGES: tuple[Language, ...] = ("nl", "en")
HOSTILE = '"><script>alert(1)</script>{{ 7 * 7 }}{name}<img src=x onerror=alert(1)>&amp;'


def html(comparison: Comparison, lang: Language = "en") -> str:
    return page(comparison, lang, xlsx="numbers.xlsx", csv="numbers")


@cache
def source(lang: Language) -> str:
    return html(example(), lang)


@cache
def root(lang: Language) -> Element:
    return parsed(source(lang))


def section(tree: Element, id: str) -> Element:
    """The section whose heading has that id."""
    (found,) = [one for one in tree.all("section") if one.attributes["aria-labelledby"] == id]
    return found


def bare(**changed: object) -> Comparison:
    """A comparison of which nothing came."""
    nothing: dict[str, object] = dict.fromkeys(
        ("contrasts", "groups", "courses", "gaps", "costs", "spreads", "modes", "assumptions", "places", "warnings_nl"),
        (),
    )
    return example(**nothing | {"warnings_en": (), "run_keys": ()} | changed)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_loads_nothing(lang: Language) -> None:
    for element in root(lang).all():
        for key, value in element.attributes.items():
            assert not key.startswith("on")
            assert key not in {"src", "srcset", "data", "action", "poster", "background", "xlink:href"}
            assert key != "href" or value.startswith("#")
    assert not re.search(r"@import|url\(|https?:|//[a-z]", source(lang))
    assert not root(lang).all("script", "link", "iframe", "object", "embed", "img", "base", "form")
    (policy,) = [one for one in root(lang).all("meta") if "http-equiv" in one.attributes]
    assert policy.attributes["content"].startswith("default-src 'none'")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_its_structure_is_sound(lang: Language) -> None:
    tree = root(lang)
    assert source(lang).startswith("<!DOCTYPE html>\n")
    (top,) = tree.all("html")
    assert top.attributes["lang"] == lang
    assert len(tree.all("h1")) == len(tree.all("main")) == len(tree.all("header")) == 1
    assert tree.all("title")[0].text == tree.all("h1")[0].text
    levels = [int(one.tag[1]) for one in tree.all("h1", "h2", "h3")]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [one.attributes["id"] for one in tree.all() if "id" in one.attributes]
    assert len(ids) == len(set(ids)) > 30
    named = " ".join(one.attributes.get("aria-labelledby", "") for one in tree.all()).split()
    assert set(named) <= set(ids)
    assert {one.attributes["href"][1:] for one in tree.all("a")} <= set(ids)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tables_can_be_read_aloud(lang: Language) -> None:
    tables = root(lang).all("table")
    assert len(tables) > 20
    for table in tables:
        (caption,) = table.all("caption")
        assert caption.text
        scopes = {one.attributes.get("scope") for one in table.all("th")}
        assert scopes <= {"col", "row", "rowgroup"}
        assert {"col", "row"} <= scopes
        width = len(table.all("thead")[0].all("th"))
        for row in [row for body in table.all("tbody") for row in body.all("tr")]:
            assert sum(int(cell.attributes.get("colspan", 1)) for cell in row.all("td", "th")) == width
        (frame,) = [table.parent]
        assert frame is not None and frame.attributes["tabindex"] == "0"  # a wide one can be scrolled by keyboard
        assert frame.attributes["role"] == "group" and frame.attributes["aria-label"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pictures_have_words(lang: Language) -> None:
    pictures = [one for one in root(lang).all("svg") if one.attributes.get("aria-hidden") != "true"]
    assert len(pictures) == 2 * 12 + 3 + 6  # courses and their differences, maps, groups
    for picture in pictures:
        assert picture.attributes["role"] == "img"
        assert picture.all("title")[0].text
        assert len(picture.all("desc")[0].text) > 20
        assert picture.parent is not None and picture.parent.tag == "figure"
        assert picture.parent.all("figcaption")[0].text


def test_differences_stand_under_the_courses() -> None:
    trends = section(root("nl"), "trends")
    charts = [figure.all("svg") for figure in trends.all("figure")]
    assert [len(own) for own in charts] == [2] * 12
    wait = next(own[1] for own in charts if own[1].all("title")[0].text.startswith("Wachttijd voor"))
    assert wait.all("title")[0].text.endswith(": verschil met A")
    assert wait.all("desc")[0].text == "B: 0,0 in 2025, −1,3 in 2034. C: 0,00 in 2025, −0,88 in 2034."
    cells = [cell.text for row in trends.all("tr") if row.all("th")[0].text == "B min A" for cell in row.all("td")]
    assert "−1,3 (−1,7 tot −0,9)" in cells
    older = page(example(gaps=()), "nl", xlsx="x.xlsx", csv="numbers")  # one saved before there were differences
    assert "per paar</p>" not in older and "verschil met A" not in older


@pytest.mark.parametrize("lang", LANGUAGES)
def test_its_parts_come_in_the_order_that_was_asked(lang: Language) -> None:
    heads = [one.attributes["id"] for one in root(lang).all("h2")]
    assert heads == [
        "answer", "warnings", "reading", "contents", "scenarios", "assumptions", "results", "trends", "map", "groups",
        "cost", "spreads", "limits", "again",
    ]  # fmt: skip


def test_both_languages_say_the_same() -> None:
    dutch, english = root("nl"), root("en")
    assert [one.tag for one in dutch.all()] == [one.tag for one in english.all()]
    for key, both in TEXTS.items():
        assert set(both) == {"nl", "en"}
        fields = [sorted(re.findall(r"\{(\w+)\}", text)) for text in both.values()]
        assert fields[0] == fields[1], key


def test_every_text_is_used() -> None:
    folder = Path(experiments.report.__file__).parent
    code = "".join(file.read_text(encoding="utf-8") for file in [*folder.rglob("*.py"), *folder.rglob("*.html")])
    code = code.replace((folder / "texts.py").read_text(encoding="utf-8"), "")
    made = ("mode_", "key_", "by_", "better_", "sheet_", "code_", "noise", "undecided")  # put together from two parts
    unused = [key for key in TEXTS if not re.search(rf"[\"']{key}[\"']", code) and not key.startswith(made)]
    assert unused == []


def test_the_question_names_region_years_and_scenarios() -> None:
    assert root("nl").all("h1")[0].text == (
        "Wat doen ‘Deltaplan Twente’ en ‘Digitale voordeur’ vergeleken met ‘Twente, zoals het nu loopt’ in Twente, "
        "2025-2034?"
    )
    one = example(arms=example().arms[:1])
    assert parsed(html(one)).all("h1")[0].text == (
        "What does ‘Twente deltaplan’ do compared with ‘Twente, as things are’ in Twente, 2025-2034?"
    )


def test_the_answer_counts_names_and_prices() -> None:
    first, second, _ = (one.text for one in section(root("nl"), "answer").all("p"))
    assert "In 2032-2034 (gemiddeld) aantoonbaar beter dan A op 8 van de 12 maten" in first
    assert "mensen zonder huisarts van 9.412 naar 6.285 personen (3.127 lager, 95 %-interval 1.647 tot 4.607)" in first
    assert "Aantoonbaar slechter op 1: continuïteit: contacten met de vaste huisarts van 58,2 naar 56,3 %" in first
    assert "Op 1 is geen verschil aan te tonen (wachttijd aan de telefoon" in first
    assert "Op 1 is alles tot het laatste cijfer gelijk" in first
    assert "Over 10 jaar kosten de maatregelen" not in first
    assert "€ 39,8 miljoen meer dan in A (95 %-interval € 37,5 miljoen tot € 42,0 miljoen)" in first
    assert "€ 1.720 per jaar dat een extra inwoner een huisarts heeft (95 %-interval € 909 tot € 2.530)" in first
    assert "mensen zonder huisarts" in second.partition("geen verschil aan te tonen")[2]
    assert "Kosten per extra inwoner met een huisarts zijn niet te bepalen" in second
    assert "Over 1 van de maten is met zo weinig runs niets te zeggen" in second


def rows(table: Element) -> dict[str, list[str]]:
    """Cells of the body's rows by the text of the row's head."""
    return {
        row.all("th")[0].text: [cell.text for cell in row.all("td")]
        for body in table.all("tbody")
        for row in body.all("tr")
    }


def test_results_call_noise_noise() -> None:
    (plan, digital) = [one for one in section(root("en"), "results").all("table") if one.has("results")]
    found = rows(digital)
    noise = next(cells for name, cells in found.items() if name.startswith("People without a GP persons"))
    assert noise == [
        "9,412",
        "9,198",
        "−214",
        "−2,104 to +1,676 *",
        "59 %",
        "12",
        "≈ noise: no difference can be shown",
    ]
    unknown = next(cells for name, cells in found.items() if name.startswith("Seen in time"))
    assert unknown == ["-", "-", "-", "not known", "n/a", "1", "? too few runs to say"]
    different = next(cells for name, cells in found.items() if name.startswith("Out-of-hours contacts"))
    assert different[4:] == ["n/a", "12", "◆ different"]
    same = next(cells for name, cells in rows(plan).items() if name.startswith("Seen in time"))
    assert same[2:5] == ["0", "-", "-"] and same[-1] == "= exactly the same"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sources_are_in_the_language_of_the_report(lang: Language) -> None:
    shown = [
        cell.text for cell in section(root(lang), "assumptions").all("td") if cell.attributes.get("class") == "source"
    ]
    assert set(shown) == {source_in(one, lang) for one in assumptions()}
    assert any(one.startswith("Aanname" if lang == "nl" else "Assumption") for one in shown)
    assert not any(one.startswith("Assumption" if lang == "nl" else "Aanname") for one in shown)


def test_assumptions_are_marked_in_words_too() -> None:
    settings, shared = section(root("nl"), "assumptions").all("table")
    marked = [row for row in settings.all("tr") if row.has("assumed")]
    assert len(marked) > 20
    for row in marked:
        assert row.all("td")[0].text == "C aanname"
    (known,) = [row for row in settings.all("tr") if row.all("td") and not row.has("assumed")]
    assert known.all("td")[0].text == "A"
    assert "Zorgbemiddeling door de verzekeraar (in B, C)" in [one.text for one in settings.all("th")]
    parameters = sum(not one.arm for one in assumptions())
    assert len([row for row in shared.all("tr") if row.has("assumed")]) == parameters > 300
    assert shared.parent is not None and shared.parent.parent is not None
    assert shared.parent.parent.tag == "details"  # they do not bury the results


def test_scenarios_say_what_they_change() -> None:
    tables = section(root("nl"), "scenarios").all("table")
    first = rows(tables[0])
    intake = next(cells for name, cells in first.items() if name.startswith("Tweede instroommoment"))
    assert intake == ["1 september 2025", "meteen", "hele regio", "zoals standaard"]
    kept = next(cells for name, cells in first.items() if name.startswith("Behoud van opgeleide huisartsen nieuw"))
    assert kept[1] == "op volle sterkte na 12 maanden" and "0,3" in kept[3] and "(standaard 0,2)" in kept[3]
    coaches = next(cells for name, cells in first.items() if name.startswith("Welzijnscoach"))
    assert coaches[1:3] == ["60 % van de praktijken binnen 24 maanden", "Almelo, Enschede, Hengelo"]
    (other,) = rows(tables[2]).items()
    assert other[0].startswith("Niet verschenen (care.no_show") and other[1] == ["0,03", "0,05"]


def test_costs_say_when_a_price_is_not_defined() -> None:
    (table,) = section(root("nl"), "cost").all("table")
    last = list(rows(table).values())[-1]
    assert last == ["€ 1.720 (€ 909 tot € 2.530)", "niet bepaald: de winst is niet zeker groter dan nul"]
    assert rows(table)["Rijk"] == ["€ 14,8 miljoen", "€ 0"]
    assert rows(table)["Praktijk"][0] == "€ −612.000 (€ −852.000 tot € −372.000)"


def test_groups_show_people_without_a_gp_per_thousand() -> None:
    tables = section(root("nl"), "groups").all("table")
    assert len(tables) == 6
    enschede = rows(tables[0])["Enschede"]
    assert enschede[:4] == ["24,9", "−5,6", "−9,6 tot −1,6", "▲ beter"]
    losser = rows(tables[1])["Losser"]
    assert losser[-3:] == ["-", "niet bekend", "? niet te zeggen"]
    many = example(arms=(*example().arms, dataclasses.replace(example().arms[0], name="third", label_nl="Derde")))
    wide = section(parsed(html(many, "nl")), "groups").all("table")[0]
    assert [one.text for one in wide.all("thead")[0].all("th")] == ["Groep", "A", "B min A", "C min A", "D min A"]
    assert rows(wide)["Enschede"][-1] == "niet bekend"


def test_it_says_how_to_repeat_it() -> None:
    part = section(root("en"), "again")
    assert part.all("code")[0].text == example().command
    told = {div.all("dt")[0].text: div.all("dd")[0].text for div in part.all("div")}
    assert told["Scenario B, twente-deltaplan"] == "b2" * 32
    assert told["Seeds"] == "1-12"
    assert told["Made"] == "27 November 2026"
    assert told["Git commit"].startswith("0123")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_users_write_stays_text(lang: Language) -> None:
    plain = example()
    bad = Arm(HOSTILE, HOSTILE, HOSTILE, HOSTILE, {"interventions": [{"id": HOSTILE, HOSTILE: HOSTILE}]})
    bad = dataclasses.replace(
        bad, differs=tuple(dataclasses.replace(one, path=HOSTILE) for one in plain.arms[1].differs)
    )
    town = dataclasses.replace(plain.places[0], name=HOSTILE)
    told = html(
        example(
            base=dataclasses.replace(plain.base, label_nl=HOSTILE, label_en=HOSTILE),
            arms=(bad,),
            region_nl=HOSTILE,
            region_en=HOSTILE,
            contrasts=(dataclasses.replace(plain.contrasts[0], other=HOSTILE, indicator=HOSTILE, sentence_nl=HOSTILE),),
            courses=tuple(dataclasses.replace(one, indicator=HOSTILE) for one in plain.courses[:1]),
            groups=tuple(
                dataclasses.replace(
                    one, name_nl=HOSTILE, name_en=HOSTILE, contrast=dataclasses.replace(one.contrast, other=HOSTILE)
                )
                for one in plain.groups[:3]
            ),
            assumptions=(dataclasses.replace(plain.assumptions[0], arm=HOSTILE, part=HOSTILE, source=HOSTILE),),
            costs=(dataclasses.replace(plain.costs[0], arm=HOSTILE, by_payer={HOSTILE: Estimate(1.0, 0.0, 2.0, 3)}),),
            places=(town,),
            command=HOSTILE,
            code={HOSTILE: HOSTILE},
            capacity_mode=HOSTILE,
            warnings_nl=(HOSTILE,),
            warnings_en=(HOSTILE,),
            finished=HOSTILE,
        ),
        lang,
    )
    tree = parsed(told)
    assert told.count("&lt;script&gt;") > 20
    assert not tree.all("script", "img")
    assert "49" not in tree.all("h1")[0].text
    assert not [one for one in tree.all() if "onerror" in one.attributes]
    assert HOSTILE in [one.text for one in tree.all("code")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_known_is_said_and_does_not_fail(lang: Language) -> None:
    tree = parsed(html(bare(), lang))
    for id, key in (
        ("assumptions", "assumptions_none"),
        ("map", "map_none"),
        ("groups", "groups_none"),
        ("cost", "cost_none"),
    ):
        assert TEXTS[key][lang] in [one.text for one in section(tree, id).all("p")]
    assert not [one for one in tree.all("section") if one.attributes["aria-labelledby"] == "spreads"]
    assert len(tree.all("h1")) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_uncertainty_that_cannot_be_told_apart_is_said_to_be_so(lang: Language) -> None:
    unknown = tuple(dataclasses.replace(one, seeds=NAN, parameters=NAN) for one in example().spreads)
    own = section(parsed(html(example(sets=PAIRS, spreads=unknown), lang)), "spreads")
    assert TEXTS["spreads_together"][lang] in [one.text for one in own.all("p")] and not own.all("table")
    one_pair = parsed(html(example(pairs=1, sets=1, spreads=unknown), lang))
    assert "#spreads" not in [one.attributes["href"] for one in one_pair.all("a")]
    assert "spreads" not in [one.attributes.get("id") for one in one_pair.all("h2")]


def test_gaps_never_show_as_nan() -> None:
    gap = Estimate(NAN, NAN, NAN, 0)
    unknown = dataclasses.replace(contrast("without_gp", "digitaal", 1.0, None), base=gap)
    costs = tuple(
        dataclasses.replace(one, by_payer={"insurer": gap}, total=gap, care=gap, extra_registered=gap)
        for one in example().costs
    )
    groups = tuple(dataclasses.replace(one, contrast=unknown) for one in example().groups[:4])
    for lang in LANGUAGES:
        told = html(example(costs=costs, groups=groups, contrasts=(unknown,), assumptions=()), lang)
        assert not re.search(r"\bnan\b|\bNone\b|\binf\b", parsed(told).text)
        assert not re.search(r'="[^"]*\bnan\b', told)


def test_unknown_indicators_and_measures_keep_their_ids() -> None:
    arm = dataclasses.replace(
        example().arms[0], scenario={"interventions": [{"id": "x", "kind": "of_tomorrow", "dose": 4}]}
    )
    odd = dataclasses.replace(example().contrasts[0], indicator="of_tomorrow_too")
    tree = parsed(html(example(arms=(arm,), contrasts=(odd,), assumptions=())))
    assert "of_tomorrow (x) new" in rows(section(tree, "scenarios").all("table")[0])
    assert "of_tomorrow_too" in section(tree, "results").text


def luminance(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255.0 for k in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_ratio(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_text_stands_out_from_every_ground_it_may_stand_on() -> None:
    grounds = {colour for colour in re.findall(r"background: (#\w{6})", source("nl")) if luminance(colour) > 0.5}
    assert len(grounds) >= 4
    inks = set(re.findall(r"(?<!-)color: (#\w{6})", source("nl"))) | set(
        re.findall(r'<text [^>]*fill="(#\w{6})"', source("nl"))
    )
    assert len(inks - {"#ffffff"}) >= 6
    for ink in inks - {"#ffffff"}:
        for ground in grounds | {"#f4f6f8"}:
            assert contrast_ratio(ink, ground) >= 4.5, (ink, ground)
    assert contrast_ratio("#ffffff", "#8a3b00") >= 4.5  # the badge
    assert math.isclose(contrast_ratio("#000000", "#ffffff"), 21.0)


def test_it_prints_on_a4() -> None:
    style = root("nl").all("style")[0].text
    assert re.search(r"@page \{\s*size: A4; margin:", style)
    paper = style.partition("@media print")[2]
    for rule in ("thead { display: table-header-group; }", "break-inside: avoid", "break-after: avoid"):
        assert rule in paper
    short = page(example(), "nl", xlsx="numbers.xlsx", csv="numbers", paper=True)
    assert not parsed(short).all("details", "nav")
    assert len(short) < 0.7 * len(source("nl"))
