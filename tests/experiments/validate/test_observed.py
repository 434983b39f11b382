"""``--observed FILE``: what is read, and what each fault is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from experiments.validate.observed import ObservedError, read_observed

HEAD = "indicator,year,value,low,high,source\n"


def read(tmp_path: Path, text: str):  # type: ignore[no-untyped-def]
    file = tmp_path / "seen.csv"
    file.write_text(text, encoding="utf-8")
    return read_observed(file, 2013, 2024)


def test_series_by_indicator_in_order_of_time(tmp_path: Path) -> None:
    text = (
        "source,year,indicator,value,low,high\nA,2022,deaths,9.6,9,10\nB,2019,deaths,8.8,,\n\nA,2018,referrals,300,,\n"
    )
    deaths, referrals = read(tmp_path, text)
    assert [(one.year, one.value, one.low, one.high) for one in deaths.points] == [
        (2019, 8.8, 8.8, 8.8),
        (2022, 9.6, 9.0, 10.0),
    ]
    assert deaths.source == "A; B" and referrals.indicator == "referrals" and not deaths.index


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "row 1: the columns are -"),
        ("indicator,year,value\n", "row 1: the columns are indicator, year, value; write indicator,year,value,low"),
        (HEAD, "holds no rows"),
        (HEAD + "deaths,2019,8.8\n", "row 2: 3 cells, the header has 6"),
        (HEAD + "deths,2019,8.8,,,A\n", "row 2: no indicator 'deths' (did you mean 'deaths'?)"),
        (HEAD + "deaths,2019,8.8,,,A\ndeaths,1999,8.8,,,A\n", "row 3: year '1999' is not a whole number from 2013 to"),
        (HEAD + "deaths,2019.5,8.8,,,A\n", "row 2: year '2019.5'"),
        (HEAD + "deaths,2019,nan,,,A\n", "row 2: value 'nan' is not a number"),
        (HEAD + 'deaths,2019,"8,8",,,A\n', "row 2: value '8,8' is not a number; write it with a decimal point"),
        (HEAD + "deaths,2019,8.8,9,10,A\n", "row 2: value 8.8 does not lie between low 9.0 and high 10.0"),
        (HEAD + "deaths,2019,8.8,,,\n", "row 2: the source is missing"),
        (HEAD + "deaths,2019,8.8,,,A\ndeaths,2019,8.9,,,A\n", "row 3: deaths has a value for 2019 already"),
    ],
)
def test_faults_name_row_and_mend(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ObservedError) as raised:
        read(tmp_path, text)
    assert says in str(raised.value) and "\n" not in str(raised.value)
    assert raised.value.text("nl") != str(raised.value)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ObservedError, match="cannot be read"):
        read_observed(tmp_path / "none.csv", 2013, 2024)
