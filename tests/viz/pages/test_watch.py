"""Watch without a browser, with a model that only counts weeks."""

from __future__ import annotations

import datetime
import json
import threading
from typing import ClassVar

import numpy as np
import pytest

from experiments.glance.glance import Happening
from experiments.texts import Language
from tests.viz.screen import screen, soon
from tests.viz.tiny import LANGUAGES, plan, room, runs
from viz.desk.live import Crowded, Frame
from viz.pages import watch
from viz.pages.texts import say
from viz.widgets.chart import Chart


class Weeks:
    """Stands in for a live model of so many weeks."""

    made: ClassVar[list[Weeks]] = []
    most = 9
    length = 100
    broken = False

    def __init__(self, prepared: object) -> None:
        if len([one for one in Weeks.made if not one.closed]) >= Weeks.most:
            raise Crowded("full")
        self.closed, self.week, self._gone = False, 0, threading.Event()
        Weeks.made.append(self)

    def step(self) -> Frame:
        if self.closed or Weeks.broken:
            raise RuntimeError("the inside of the model")
        self.week += 1
        facts = runs(True)[0][0].practices
        count = facts.number.size
        return Frame(
            (datetime.date(2025, 1, 1) + datetime.timedelta(weeks=self.week)).isoformat(), self.week >= Weeks.length,
            12_345, 67, facts.number, facts.municipality, facts.node, facts.lat, facts.lon,
            np.full(count, 2_000, np.int32), np.full(count, 2.0, np.float32), np.zeros(count, np.int32),
            {"needs": 10, "contacts": 7, "forgone": 2, "to_post": 1},
            (Happening("2025-01-05", "list closed", int(facts.number[0]), 0.0, -1, ""),),
        )  # fmt: skip

    def close(self) -> None:
        self.closed = True


@pytest.fixture(autouse=True)
def weeks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "Live", Weeks)
    for name, value in (("made", []), ("most", 9), ("length", 100), ("broken", False)):
        monkeypatch.setattr(Weeks, name, value)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_region_is_built_and_stepped(lang: Language) -> None:
    made, _ = room(lang)
    with screen(watch.Watch(made, lang, False)) as page:
        page.press(say("watch_begin", lang))
        soon(lambda: say("watch_date", lang, date="2025-01-08") in page.text)
        (chart,) = page.of(Chart)
        assert chart.table["rows"] and len(json.dumps(chart.option, allow_nan=False)) < 100_000
        assert "12.345" in page.text if lang == "nl" else "12,345" in page.text
        page.press(say("step", lang))
        soon(lambda: say("watch_date", lang, date="2025-01-15") in page.text)
        assert "2025-01-05" in page.text  # an event in words
        assert Weeks.made[0].week == 2
    assert Weeks.made[0].closed


def test_it_plays_until_it_is_paused_or_at_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Weeks, "length", 6)
    made, _ = room("en")
    with screen(watch.Watch(made, "en", False)) as page:
        page.press("Build the region")
        soon(lambda: "2025-01-08" in page.text)
        page.choice("Speed").value = "10"
        page.press("Play")
        soon(lambda: "2025-02-12" in page.text and "Play" in page.buttons())
        assert Weeks.made[0].week == 6


def test_beginning_anew_closes_the_model_before() -> None:
    made, _ = room()
    with screen(watch.Watch(made, "nl", False)) as page:
        page.press(say("watch_begin", "nl"))
        soon(lambda: "2025-01-08" in page.text)
        page.press(say("watch_again", "nl"))
        soon(lambda: len(Weeks.made) == 2 and Weeks.made[1].week == 1)
        assert Weeks.made[0].closed and not Weeks.made[1].closed


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_full_house_a_wrong_plan_and_a_broken_model_are_said(
    lang: Language, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    made, _ = room(lang)
    with screen(watch.Watch(made, lang, False)) as page:
        monkeypatch.setattr(Weeks, "most", 0)
        page.press(say("watch_begin", lang))
        assert say("watch_crowded", lang) in page.text
        monkeypatch.setattr(Weeks, "most", 9)
        made.change(plan().with_parameter("care.no_show", 9.0))
        page.press(say("watch_begin", lang))
        assert "care.no_show" in page.text and say("watch_crowded", lang) not in page.text
        made.change(plan())
        monkeypatch.setattr(Weeks, "broken", True)
        page.press(say("watch_begin", lang))
        soon(lambda: say("watch_failed", lang, id="").split("(")[0] in page.text)
        assert "inside" not in page.text and "the inside of the model" in caplog.text
        assert "care.no_show" not in page.text
