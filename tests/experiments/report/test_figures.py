"""Numbers in words: decimals that fit, the language's marks, a true minus, chances that claim no certainty."""

from __future__ import annotations

import math

import pytest

from experiments.report.figures import axis_number, chance, date, euro, fixed, interval, level, levels, plain, signed
from experiments.texts import Language


@pytest.mark.parametrize(("lang", "text"), [("nl", "−1.234,5"), ("en", "−1,234.5")])
def test_the_languages_marks(lang: Language, text: str) -> None:
    assert fixed(-1234.5, 1, lang) == text


def test_signs_and_zeros() -> None:
    assert fixed(0.04, 1, "en", sign=True) == "0.0"
    assert fixed(-0.04, 1, "en") == "0.0"  # no minus before a zero
    assert fixed(3.0, 0, "en", sign=True) == "+3"
    assert fixed(math.nan, 2, "en") == fixed(math.inf, 2, "en") == "-"


def test_a_difference_has_the_decimals_of_its_interval() -> None:
    assert signed(-0.263, -0.41, -0.11, "nl") == "−0,26"
    assert interval(-0.263, -0.41, -0.11, "nl") == "−0,41 tot −0,11"
    assert interval(-1203.0, -1890.0, 512.0, "en") == "−1,890 to +512"
    assert interval(-0.0123, -0.02, -0.004, "en") == "−0.020 to −0.004"
    assert interval(1.0, math.nan, math.nan, "nl") == "niet bekend"


def test_values_that_are_compared_line_up() -> None:
    assert levels([9.0, 24.91, math.nan], "nl") == ["9,0", "24,9", "-"]
    assert levels([0.0, 0.0], "en") == ["0", "0"]
    assert levels([1.43, 0.96], "nl") == ["1,43", "0,96"]
    assert level(-3.25, "nl") == "−3,25"


def test_a_chance_is_never_certain() -> None:
    assert [chance(value, "nl") for value in (1.0, 0.999, 0.0, 0.004, 0.87)] == [
        "> 99 %",
        "> 99 %",
        "< 1 %",
        "< 1 %",
        "87 %",
    ]
    assert chance(math.nan, "nl") == "n.v.t."


def test_euros() -> None:
    assert euro(39.75e6, "nl") == "€\u00a039,8\u00a0miljoen"
    assert euro(2.754e6, "en") == "€\u00a02.75\u00a0million"
    assert euro(-612_400.0, "nl") == "€\u00a0−612.000"
    assert euro(999_900.0, "nl") == "€\u00a01,00\u00a0miljoen"
    assert euro(1721.0, "en") == "€\u00a01,720"
    assert euro(45.2, "en") == "€\u00a045"
    assert euro(math.nan, "en") == "-"


def test_ticks_have_the_decimals_of_their_step() -> None:
    assert [axis_number(value, 0.25, "nl") for value in (0.0, 0.25)] == ["0,00", "0,25"]
    assert axis_number(10_000.0, 2000.0, "nl") == "10.000"
    assert axis_number(2.5e6, 5e5, "nl") == "2,5 mln"


def test_plain_data() -> None:
    assert plain("2025-09-01", "nl") == "1 september 2025"
    assert plain(True, "nl") == "ja"
    assert plain([0.1, 2.0], "nl") == "0,1, 2"
    assert plain(list(range(20)), "en") == "20 values, 0 to 19"
    assert plain({"a": -1.5}, "nl") == "a: −1,5"
    assert plain(None, "en") == "-"
    assert plain(1234567.0, "nl") == "1.234.567"
    assert date("soon", "en") == "soon"
