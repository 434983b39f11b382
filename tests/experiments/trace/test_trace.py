"""One number followed from the report down to the runs, the scenario, the code and the parameters, and back up."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from experiments.cli import main
from experiments.compare.comparison import load_comparison
from experiments.compare.execute import execute
from experiments.compare.request import Request
from experiments.compare.stopping import Rule
from experiments.manifest import code_key
from experiments.runs.store import Store
from experiments.trace.chain import chain_of
from experiments.trace.screen import _why, parameter_rows
from experiments.trace.texts import TEXTS
from sim.parameters import load_parameters
from tests.experiments.compare.worlds import World, scenario

ID = "wait_mean"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A comparison of two pairs."""
    folder = tmp_path_factory.mktemp("trace") / "report"
    request = Request((scenario("twente"), scenario("twente-deltaplan")), (), Rule(2, 2), 1)
    build = World(effect=0.2, own=0.05)
    assert execute(request, command=["deltaplan", "compare"], jobs=1, out=folder, quiet=True, build=build) == 0
    return folder


def trace(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["trace", *map(str, words)], env={"COLUMNS": "250"})


def test_a_number_is_followed_to_the_end(made: Path) -> None:
    chain = chain_of(made / "report-en.html", ID)
    (again,) = chain.again
    store = Store.open(made)
    # by hand, from the files that the chain names
    values = {}
    for run in chain.runs:
        rows = pq.read_table(made / "tables" / "indicators" / f"{run.key}.parquet").to_pylist()
        (values[run.arm, run.pair],) = [row["value"] for row in rows if row["id"] == ID]
        record = store.record(run.key)
        assert (record["scenario"], record["seed"]) == (run.arm, 1 + run.pair) and record["code"] == code_key()
        held = json.loads((made / "scenarios" / f"{record['scenario_hash']}.json").read_text(encoding="utf-8"))
        assert held["id"] == run.arm
    by_hand = [values["twente-deltaplan", pair] - values["twente", pair] for pair in range(2)]
    assert np.mean(by_hand) == pytest.approx(again.told.difference.mean, rel=1e-12)
    assert [pair.arm - pair.base for pair in again.pairs] == pytest.approx(by_hand, rel=1e-12)
    assert again.same and again.told.difference.mean != 0.0


def test_the_chain_is_printed(made: Path) -> None:
    result = trace(made, ID)
    assert result.exit_code == 0, result.output
    text = result.output
    chain = chain_of(made, ID)
    assert all(run.key in text for run in chain.runs)
    assert "Worked out again from the runs below: the same." in text
    assert all(one.scenario_hash in text for one in chain.comparison.all_arms)
    assert str(chain.comparison.code["source"]) in text and "This installation computes the same" in text
    assert "interventions.link_workers" in text and "careers.wish_to_own" in text


def test_a_changed_number_is_found_out(made: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(made, tmp_path / "copy")
    text = (folder / "comparison.json").read_text(encoding="utf-8")
    mean = chain_of(folder, ID).told[0].difference.mean
    assert text.count(str(mean)) >= 1
    (folder / "comparison.json").write_text(text.replace(str(mean), str(mean * 1.01)), encoding="utf-8")
    (again,) = chain_of(folder, ID).again
    assert not again.same and again.found.difference.mean == pytest.approx(mean, rel=1e-12)
    assert "NIET wat het rapport zegt" in trace(folder, ID, "--lang", "nl").output


def test_a_lost_run_is_said(made: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(made, tmp_path / "copy")
    key = chain_of(folder).runs[0].key
    (folder / "runs" / f"{key}.parquet").unlink()
    chain = chain_of(folder, ID)
    assert chain.missing == (key,) and chain.again == ()
    assert _why(chain, "en") == f"1 of 4 runs are not in {folder}"


def test_the_whole_report_without_an_indicator(made: Path) -> None:
    chain = chain_of(made)
    assert chain.told == () and chain.again == () and len(chain.runs) == 4 and not chain.missing


def test_parameters_of_a_scenario_are_those_in_force(made: Path) -> None:
    comparison = load_comparison(made)
    comparison.base.scenario["parameters"] = {"care.no_show": 0.05}
    rows = {row[0]: row for row in parameter_rows(comparison, True, "en")}
    assert rows.keys() == set(load_parameters()) and rows["care.no_show"][1] == "0.0500"
    shipped = load_parameters()["care.call_minutes"]
    assert rows["care.call_minutes"][4:] == [shipped.grade, shipped.source]
    assumed = parameter_rows(comparison, False, "en")
    assert {row[4] for row in assumed} == {"C"} and 0 < len(assumed) < len(rows)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("nowhere",), "there is no nowhere"),
        (("{made}", "wait_maen"), "did you mean 'wait_mean'"),
        (("{made}", "--scenario", "twente-deltaplam"), "did you mean 'twente-deltaplan'"),
        (("{alone}",), "lies apart from comparison.json"),
        (("{empty}",), "no comparison"),
    ],
)
def test_nonsense_is_one_line(made: Path, tmp_path: Path, words: tuple[str, ...], says: str) -> None:
    alone = tmp_path / "report-en.html"
    alone.write_text("<html></html>", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    result = trace(*(word.format(made=made, alone=alone, empty=tmp_path / "empty") for word in words))
    assert result.exit_code == 2 and says in " ".join(result.stderr.split())
    assert len(result.stderr.strip().splitlines()) == 1


def test_texts_are_in_both_languages() -> None:
    assert all(set(one) == {"en", "nl"} for one in TEXTS.values())
