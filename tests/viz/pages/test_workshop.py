"""The workshop without a browser: predict, reveal, load a file, notes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from experiments.compare.wording import label
from experiments.texts import Language
from tests.viz.screen import Screen, screen, soon
from tests.viz.tiny import LANGUAGES, SHARE, asked, plan, room
from viz.figures.tiles import SIX
from viz.pages.progress import finished
from viz.pages.texts import say
from viz.pages.workshop import Workshop, outcome_rows
from viz.pages.workshop_texts import say as word
from viz.plan.file import MOST_BYTES, to_toml
from viz.shell import here
from viz.widgets.field import Upload

INVADER = "<script>alert('in')</script>"


def expect(page: Screen, lang: Language, value: str) -> None:
    """Type an expectation and fix it."""
    page.field(word("expected", lang, unit="").split("(")[0]).value = value
    page.press(word("fix", lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_predict_run_reveal(lang: Language) -> None:
    made, desk = room(lang)
    made.change(plan())
    with screen(Workshop(made, lang)) as page:
        assert word("nothing_expected", lang) in page.text and word("reveal", lang) not in page.buttons()
        page.choice(say("indicator", lang)).value = "gp_load"
        for wrong in ("", "veel", "nan", "inf"):
            expect(page, lang, wrong)
            assert word("give_number", lang) in page.text and not made.expected.value
        expect(page, lang, " 1,25 ")
        assert made.expected.value == {"gp_load": 1.25} and not made.revealed.value
        assert word("give_number", lang) not in page.text
        page.press(say("run", lang))
        desk.sure()
        soon(lambda: finished(3, SHARE, lang) in page.text)
        soon(lambda: word("now", lang, value="", unit="").split(":")[0] in page.text)
        assert page.markup.count("<td>?</td>") == 3
        page.press(word("reveal", lang))
        soon(lambda: "<td>?</td>" not in page.markup)
        assert made.revealed.value and word("hide", lang) in page.buttons()
        page.press(word("forget", lang))
        assert made.expected.value == {} and word("nothing_expected", lang) in page.text


def test_outcomes_beside_expectations() -> None:
    made, desk = room()
    found = asked(made, desk, [plan()])
    hidden = outcome_rows(found, {"wait_mean": 3.0}, False, "nl")
    assert hidden[0][1:] == ["3", "?", "?", "?"] and label("wait_mean", "nl") in str(hidden[0][0])
    shown = outcome_rows(found, dict.fromkeys(SIX, 1.0), True, "nl")
    assert len(shown) == 6 and not any("?" in row[2:] for row in shown)
    assert outcome_rows(None, {"wait_mean": 3.0}, True, "nl")[0][2:] == ["?", "?", "?"]
    alone = outcome_rows(asked(made, desk, [made.plan]), {"wait_mean": 3.0}, True, "en")
    assert alone[0][3:] == ["-", "Baseline"]


def give(page: Screen, content: str, size: int | None = None) -> None:
    """Hand over a file as the browser does."""
    (upload,) = page.of(Upload)
    count = int(str(upload.file.get("count", 0))) + 1
    told = len(content.encode()) if size is None else size
    upload.file = {"name": "plan.toml", "size": told, "text": content, "count": count}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_is_loaded_and_what_is_wrong_with_one_is_said(lang: Language) -> None:
    made, _ = room(lang)
    with screen(Workshop(made, lang)) as page:
        give(page, to_toml(replace(plan(), name=INVADER)))
        assert made.plan.same_content(plan()) and made.plan.name == INVADER
        assert say("loaded", lang, name=INVADER) in page.text and "<script" not in page.markup
        before = made.plan
        wrong = (("", MOST_BYTES + 1, "100 kB"), ("", 40, "UTF-8"), ("= 3", None, "TOML"),
                 ('id = "x"\nextends = "../twente"', None, "extends"))  # fmt: skip
        for content, size, said in wrong:
            give(page, content, size)
            assert said in page.text and 'role="alert"' in page.markup, said
            assert made.plan == before
        give(page, to_toml(plan()))
        assert 'role="alert"' not in page.markup and made.plan.name == "Groep 1"
        made.undo()
        assert made.plan == before


@pytest.mark.parametrize("lang", LANGUAGES)
def test_notes_stay_and_type_grows(lang: Language) -> None:
    made, _ = room(lang)
    here.large.value = False
    with screen(Workshop(made, lang)) as page:
        for step in range(1, 7):
            assert word(f"step_{step}", lang) in page.text
        notes = page.field(word("notes", lang))
        notes.value = "Groep 1 was verrast."
        assert made.notes.value == "Groep 1 was verrast." and notes.lines > 1
        page.press(word("large", lang))
        assert here.large.value and page.button(word("large", lang)).attributes["aria-pressed"] == "true"
    with screen(Workshop(made, lang)) as page:
        assert page.field(word("notes", lang)).value == "Groep 1 was verrast."
    here.large.value = False
