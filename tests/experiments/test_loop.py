"""The loop test, on a region in which strain does known things: measures, saving, printing."""

from __future__ import annotations

import datetime
import functools
import math
import signal
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

import experiments.loop_report
import experiments.prepare
from experiments.cli import main
from experiments.executors.processes import local
from experiments.loop import MEASURES, OFF, ON, gain_columns, measure_names, read_measures
from experiments.pairs import differences, replicate, run_pairs
from experiments.prepare import Prepared, prepare
from experiments.progress import Counter
from experiments.run import new_model
from experiments.store import load_results
from sim.parameters import load_parameters
from sim.workforce.gain import coefficients, loop_gain
from tests.experiments import fake

PRACTICES = 4
FTE_LOST, LEFT = 5.0, 3
"""What strain costs in the region below, and how many of those who leave do so for it."""


class Region:
    """Practices whose FTE hangs on luck that both runs share; strain takes FTE and fills practices over the brim."""

    def __init__(self, prepared: Prepared) -> None:
        self.start = prepared.scenario.start
        self.days_total = (datetime.date(self.start.year + prepared.scenario.years, 1, 1) - self.start).days
        self.day = 0
        self.on = prepared.parameters.number("careers.strain_on") > 0.5
        rng = np.random.default_rng(prepared.seed)
        self.luck = rng.normal(0.0, 20.0)
        self.own = np.random.default_rng([prepared.seed, self.on]).normal(0.0, 100.0)
        self.ledger = SimpleNamespace(tables=self._tables)

    @property
    def today(self) -> datetime.date:
        return self.start + datetime.timedelta(days=self.day)

    def advance(self, days: int) -> None:
        self.day += days

    def _tables(self) -> dict[str, dict[str, Any]]:
        years = self.today.year - self.start.year
        months = np.array([f"{self.start.year + k // 12}-{k % 12 + 1:02d}" for k in range(12 * years)])
        n, late = months.size, np.arange(months.size) >= months.size - 36
        fte = 300.0 + self.luck - FTE_LOST * self.on
        month, practice = np.repeat(months, PRACTICES), np.tile(np.arange(PRACTICES), n)
        asked = np.where((practice == 0) & self.on, 112, 108)  # of 100 supplied
        zero = np.zeros(n, np.int64)
        return {
            "workforce_month": {
                "month": months,
                "fte_owner": np.full(n, 0.5 * fte),
                "fte_employed": np.full(n, 0.3 * fte),
                "fte_locum": np.full(n, 0.2 * fte),
                "heads_owner": np.full(n, 200),
                "heads_employed": np.full(n, 100),
                "heads_locum": np.full(n, 50),
                "practices_open": np.full(n, PRACTICES),
                "out_retired": zero + 1,
                "out_profession": zero,
                "out_moved": np.append(zero[:-1], LEFT * self.on),
                "out_sudden": zero,
                "out_due_to_strain": np.append(zero[:-1], LEFT * self.on),
            },
            "practice_month": {
                "month": month,
                "practice": practice,
                "list_size": np.full(month.size, 2000),
                "gp_asked_seconds": asked,
                "gp_available_seconds": np.full(month.size, 100),
            },
            "people_month": {"month": months, "without_gp": np.where(late, 400.0 + self.own, 9999.0)},
        }


def region_of(prepared: Prepared) -> Region:
    return Region(prepared)


def prepared(seed: int = 1, years: int = 5, parameters: Mapping[str, float | list[float]] | None = None) -> Prepared:
    return replace(fake.prepared(seed=seed, years=years), parameters=load_parameters().replace(parameters or {}))


def tables(on: bool, years: int = 5) -> dict[str, dict[str, Any]]:
    model = Region(prepared(years=years, parameters=ON if on else OFF))
    model.advance(model.days_total)
    found: dict[str, dict[str, Any]] = model.ledger.tables()
    return found


# measures -------------------------------------------------------------------------------------------------------------


def test_measures_of_known_tables() -> None:
    off, on = read_measures(tables(False)), read_measures(tables(True))
    assert list(off) == list(on) == measure_names() == [measure.name for measure in MEASURES]
    assert off["fte"] - on["fte"] == pytest.approx(FTE_LOST)
    assert (on["heads"], on["owners"], on["practices_open"]) == (350, 200, PRACTICES)
    assert off["load"] == pytest.approx(1.08) and on["load"] == pytest.approx((3 * 1.08 + 1.12) / 4)
    assert (off["in_busy_practices"], on["in_busy_practices"]) == (0, 2000)
    assert (off["departures"], on["departures"]) == (60, 60 + LEFT)
    assert (off["due_to_strain"], on["due_to_strain"]) == (0, LEFT)
    assert off["due_to_strain_share"] == 0 and on["due_to_strain_share"] == pytest.approx(100 * LEFT / (60 + LEFT))
    assert abs(off["without_gp"]) < 2000  # the last three years only


def test_load_is_of_the_last_year_and_of_lists_that_are_left() -> None:
    known = tables(False)
    table = known["practice_month"]
    year = np.char.startswith(table["month"], "2029")
    table["gp_asked_seconds"] = np.where(year, 100, 500)
    gone = (table["practice"] == 0) & (table["month"] > "2029-06")
    table["gp_asked_seconds"][year & (table["practice"] == 0)] = 120
    assert read_measures(known)["in_busy_practices"] == 2000
    known["practice_month"] = {name: column[~gone] for name, column in table.items()}
    found = read_measures(known)
    assert found["in_busy_practices"] == 0  # closed, so nobody is on its list
    assert found["load"] == pytest.approx((3 * 12 * 100 + 6 * 120) / (3 * 12 * 100 + 6 * 100))


def test_a_practice_without_gps_is_busy() -> None:
    known = tables(False)
    known["practice_month"]["gp_available_seconds"][known["practice_month"]["practice"] == 2] = 0
    assert read_measures(known)["in_busy_practices"] == 2000


def test_nobody_left() -> None:
    known = tables(False)
    known["workforce_month"]["out_retired"][:] = 0
    assert math.isnan(read_measures(known)["due_to_strain_share"])


def test_the_gain_table_holds_what_the_formulas_give() -> None:
    p = load_parameters()
    columns = gain_columns(p)
    row = next(k for k in range(12) if columns["level"][k] == "central" and columns["pull"][k] == 1.5)
    one = loop_gain(p, coefficients(p, "central"), 1.5)
    assert columns["total"][row] == one.total and columns["strain"][row] == one.strain
    assert len(columns["total"]) == 12


# the command ----------------------------------------------------------------------------------------------------------

Invoke = Callable[..., Result]


@pytest.fixture
def loop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Invoke:
    """Run ``deltaplan loop`` in an empty folder, with the region above behind it."""
    monkeypatch.chdir(tmp_path)

    def ready(scenario: str, *, seed: int, years: int, parameters: Mapping[str, float | list[float]]) -> Prepared:
        assert scenario == "toy"
        return prepared(seed, years, parameters)

    monkeypatch.setattr(experiments.prepare, "prepare", ready)
    execute = experiments.loop_report.execute

    def call(*words: str, build: Callable[[Prepared], Any] = region_of) -> Result:
        monkeypatch.setattr(experiments.loop_report, "execute", functools.partial(execute, build=build))
        return CliRunner().invoke(main, ["loop", "toy", "--jobs", "1", *words])

    return call


def row_of(output: str, name: str) -> str:
    return next(line for line in output.splitlines() if line.startswith(name))


def test_prints_and_saves(loop: Invoke) -> None:
    result = loop("--pairs", "12", "--out", "out")
    assert result.exit_code == 0, result.output
    assert "Toytown, 10 years from 2025-01-01, with strain switched off and on; pairs: 12" in result.stderr
    assert "24 of 24 runs simulated, 0 s left" in result.stderr
    saved = load_results("out")
    assert saved.names == ["differences", "gain", "pairs"]
    assert saved.manifest["kind"] == "loop" and saved.manifest["last_date"] == "2034-12-31"
    settings = saved.manifest["loop"]
    assert (settings["pairs"], settings["years"], settings["off"]) == (12, 10, {"careers.strain_on": 0.0})
    assert settings["off_key"] != saved.manifest["key"]
    assert saved.table("pairs").num_rows == 24
    found = {row["measure"]: row for row in saved.table("differences").to_pylist()}
    assert found["fte"]["mean"] == pytest.approx(-FTE_LOST) and found["fte"]["removed"] == pytest.approx(1.0)
    fte = row_of(result.stdout, "FTE of GPs").split()
    assert fte[-8:] == ["-5", "-5", "to", "-5", "yes", "100", "%", "12"]
    without = row_of(result.stdout, "People without a GP").split()
    assert found["without_gp"]["low"] < 0.0 < found["without_gp"]["high"] and without[-4] == "no"
    assert "50 to 100 pairs may be needed" in result.stdout and "used here: 12" in result.stdout


def test_prints_the_gain_with_its_range(loop: Invoke) -> None:
    shown = loop("--pairs", "2").stdout
    p = load_parameters()
    at = {pull: loop_gain(p, coefficients(p, "central"), pull).total for pull in (-1.0, 0.0, 1.5, 4.0)}
    central = row_of(shown, "central").split()
    assert central[-4:] == [f"{at[pull]:.2f}" for pull in (-1.0, 0.0, 1.5, 4.0)]
    assert row_of(shown, "low").split()[1:5] == ["0.00"] * 4
    assert "an assumption whose range goes through zero" in shown
    assert f"At central strain the gain is {at[-1.0]:.2f} at -1" in shown and f"and {at[4.0]:.2f} at +4" in shown
    assert "with pull 0" in shown and "with pull +1.5" in shown


def test_pull_goes_to_both_runs_and_to_the_table(loop: Invoke) -> None:
    seen: list[float] = []

    def build(prepared: Prepared) -> Region:
        seen.append(prepared.parameters.number("careers.pool_pull"))
        return Region(prepared)

    result = loop("--pairs", "1", "--pull", "-0.5", build=build)
    assert seen == [-0.5, -0.5] and "with pull -0.5" in result.stdout
    assert "One pair: how far others differ is not known." in result.stdout


def test_show_prints_it_again_in_both_languages(loop: Invoke) -> None:
    printed = loop("--pairs", "3", "--out", "out").stdout
    again = CliRunner().invoke(main, ["show", "out"]).stdout
    assert again and printed.startswith(again)
    dutch = CliRunner().invoke(main, ["show", "out", "--lang", "nl"]).stdout
    assert "Mensen zonder huisarts" in dutch and "aanname met een marge door nul" in dutch and "met trek +1,5" in dutch


def test_same_test_gives_the_same_bytes_and_is_refused_until_forced(loop: Invoke) -> None:
    for name in ("one", "two"):
        assert loop("--pairs", "2", "--out", name, "--quiet").output == f"{name}\n"
    for file in Path("one").iterdir():
        if file.name != "timing.json":
            assert file.read_bytes() == Path("two", file.name).read_bytes(), file.name
    again = loop("--pairs", "2", "--out", "one")
    assert again.exit_code == 2 and "--force" in again.stderr and len(again.stderr.strip().splitlines()) == 1
    assert loop("--pairs", "2", "--out", "one", "--quiet", "--force").exit_code == 0
    other = loop("--pairs", "2", "--out", "one", "--pull", "0")
    assert other.exit_code == 2 and "another run" in other.stderr


def test_default_folder(loop: Invoke) -> None:
    assert loop("--pairs", "1", "--quiet").exit_code == 0
    (folder,) = Path("results").iterdir()
    assert folder.name.startswith("toy-loop-seed1-")


def pressed(prepared: Prepared) -> Region:
    signal.raise_signal(signal.SIGINT)
    return Region(prepared)


def test_ctrl_c_saves_nothing(loop: Invoke) -> None:
    result = loop("--out", "out", build=pressed)
    assert result.exit_code == 130 and "nothing saved" in result.stderr
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize(
    ("words", "mend"),
    [
        (["--pairs", "0"], "1<=x<=1000"),
        (["--years", "31"], "1<=x<=30"),
        (["--pull", "9"], "careers.pool_pull"),
        (["--pull", "much"], "not a valid float"),
        (["--seed", str(2**32 - 1)], "no room for 12 seeds"),
    ],
)
def test_bad_input_is_one_line(loop: Invoke, words: list[str], mend: str) -> None:
    result = loop(*words)
    assert result.exit_code == 2 and len(result.stderr.strip().splitlines()) == 1 and mend in result.stderr


# the real region ------------------------------------------------------------------------------------------------------


def tiny(prepared: Prepared) -> Any:
    """A hundredth of the region."""
    return new_model(prepared, check=False, scale=0.01)


def test_a_real_pair_has_every_measure() -> None:
    off, on = (prepare("twente", seed=1, years=1, parameters=arm) for arm in (OFF, ON))
    with local(1) as workers:
        (pair,) = run_pairs(off, on, workers, Counter(), pairs=1, read=read_measures, build=tiny)
    again = replicate((1, on), read=read_measures, build=tiny)
    np.testing.assert_equal(again.values, dict(pair.second))  # NaN where nobody left
    assert list(pair.first) == measure_names()
    assert pair.first["due_to_strain"] == 0.0
    for values in (pair.first, pair.second):
        assert values["heads"] > 2 and 0.5 < values["fte"] / values["heads"] < 1.0
        assert 0.5 < values["load"] < 2.0 and values["without_gp"] >= 0.0
    assert differences([pair])[0].excludes_zero is None
