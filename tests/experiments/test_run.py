"""deltaplan run: what it prints and saves, overwriting, Ctrl-C, failures in the middle, same bytes."""

from __future__ import annotations

import datetime
import json
import signal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import experiments.store
from experiments.run import _days_in_month_from
from experiments.store import load_results
from tests.experiments import fake
from tests.experiments.conftest import Invoke


def test_run_prints_summary_and_saves(invoke: Invoke) -> None:
    result = invoke("run", "toy", "--out", "out")
    assert result.exit_code == 0, result.output
    assert "100 inhabitants of Toytown, 2 years" in result.stderr
    assert "2025 simulated, 50 %" in result.stderr and "2026 simulated, 100 %" in result.stderr
    lines = {line.split("  ")[0]: line for line in result.stdout.splitlines()}
    assert lines["Contacts per person"].split()[-6:] == ["4.70", "4.90", "4", "-", "5", "yes"]
    assert lines["Wait"].split()[-1] == "no"
    assert lines["Without a GP"].split()[-1] == "-"
    assert "1 of 2 first-year values lie in their published range" in result.stdout
    assert "rest on assumptions (grade C): compare scenarios" in " ".join(result.stdout.split())
    assert "Results: out" in result.stdout
    results = load_results("out")
    assert results.names == ["events", "region_week", "summary"]
    assert results.manifest["status"] == "complete"
    assert results.manifest["days_done"] == results.manifest["days_total"] == 730
    assert results.manifest["last_date"] == "2026-12-31"
    assert results.manifest["parameters"]["care.no_show"]["grade"] == "C"
    assert results.timing["cpu_seconds"] >= 0
    assert results.summary()[2]["low"] is None
    assert results.table("events").column("what").to_pylist() == ["list closed", "list opened"]
    assert results.table("region_week").schema.field("wait").metadata[b"unit"] == b"working days"


def test_default_folder_names_scenario_seed_and_key(invoke: Invoke) -> None:
    assert invoke("run", "toy", "--seed", "7", "--quiet").exit_code == 0
    (folder,) = Path("results").iterdir()
    assert folder.name == f"toy-seed7-{fake.prepared(seed=7).key[:8]}"


def test_a_share_is_another_run(invoke: Invoke) -> None:
    part = invoke("run", "toy", "--out", "part", "--share", "0.5")
    assert part.exit_code == 0 and "50 " in part.stderr
    invoke("run", "toy", "--out", "whole")
    one, other = (load_results(Path(name)).manifest for name in ("part", "whole"))
    assert (one["share"], other["share"]) == (0.5, 1.0) and one["key"] != other["key"]
    assert invoke("run", "toy", "--share", "0").exit_code == 2


def test_quiet_prints_only_the_folder(invoke: Invoke) -> None:
    assert invoke("run", "toy", "--out", "out", "--quiet").output == "out\n"


def test_dutch(invoke: Invoke) -> None:
    output = invoke("run", "toy", "--out", "out", "--lang", "nl").output
    assert "100 inwoners van Speelstad" in output
    assert "Zonder huisarts" in output and "1.234" in output and "4,70" in output
    assert "rusten op aannames (graad C): vergelijk scenario's" in " ".join(output.split())


def test_months_follow_the_calendar(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    plain = fake.FakeModel.advance
    monkeypatch.setattr(fake.FakeModel, "advance", lambda self, days: (seen.append(days), plain(self, days))[1])
    invoke("run", "toy", "--out", "out")
    assert seen[:3] == [31, 28, 31] and len(seen) == 24 and sum(seen) == 730


def test_month_length_from_the_middle() -> None:
    assert _days_in_month_from(datetime.date(2028, 2, 10)) == 20
    assert _days_in_month_from(datetime.date(2025, 12, 31)) == 1


@pytest.mark.parametrize("words", [[], ["--check"]])
def test_same_run_is_refused_until_forced(invoke: Invoke, words: list[str]) -> None:
    invoke("run", "toy", "--out", "out")
    before = Path("out/timing.json").stat().st_mtime_ns
    again = invoke("run", "toy", "--out", "out", *words)
    assert again.exit_code == 2
    assert len(again.stderr.strip().splitlines()) == 1
    assert "holds this very run already (complete)" in again.stderr and "--force" in again.stderr
    assert Path("out/timing.json").stat().st_mtime_ns == before
    assert invoke("run", "toy", "--out", "out", "--force").exit_code == 0
    assert Path("out/timing.json").stat().st_mtime_ns > before
    assert sorted(path.name for path in Path().iterdir()) == ["out"]


def test_another_run_is_never_overwritten(invoke: Invoke) -> None:
    invoke("run", "toy", "--out", "out")
    other = invoke("run", "toy", "--out", "out", "--seed", "2", "--force")
    assert other.exit_code == 2 and "another run" in other.stderr
    assert load_results("out").manifest["seed"] == 1


def test_a_folder_with_other_things_is_never_overwritten(invoke: Invoke) -> None:
    Path("mine").mkdir()
    Path("mine/letter.txt").write_text("dear", encoding="utf-8")
    result = invoke("run", "toy", "--out", "mine", "--force")
    assert result.exit_code == 2 and "holds no run" in result.stderr
    assert Path("mine/letter.txt").read_text(encoding="utf-8") == "dear"
    Path("file").write_text("x", encoding="utf-8")
    assert invoke("run", "toy", "--out", "file", "--force").exit_code == 2


def test_an_empty_folder_is_used(invoke: Invoke) -> None:
    Path("out").mkdir()
    assert invoke("run", "toy", "--out", "out").exit_code == 0
    assert load_results("out").manifest["status"] == "complete"


def test_ctrl_c_finishes_the_month_and_saves(invoke: Invoke) -> None:
    result = invoke("run", "toy", "--out", "out", interrupt_on=400)
    assert result.exit_code == 130
    manifest = load_results("out").manifest
    assert manifest["status"] == "interrupted"
    assert (manifest["last_date"], manifest["days_done"]) == ("2026-02-28", 365 + 31 + 28)
    assert load_results("out").table("region_week").num_rows == (365 + 31 + 28) // 7
    assert "Interrupted: results up to 2026-02-28" in result.stdout
    shown = invoke("show", "out")
    assert shown.exit_code == 0 and "Interrupted" in shown.stdout


def test_ctrl_c_in_the_first_year_leaves_a_readable_folder(invoke: Invoke) -> None:
    assert invoke("run", "toy", "--out", "out", interrupt_on=40).exit_code == 130
    assert load_results("out").summary() == []
    shown = invoke("show", "out")
    assert shown.exit_code == 0 and "No full year" in shown.stdout


def test_second_ctrl_c_stops_at_once_and_saves_nothing(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    def press_twice(self: fake.FakeModel, days: int) -> None:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)

    handler = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(fake.FakeModel, "advance", press_twice)
    result = invoke("run", "toy", "--out", "out")
    assert result.exit_code == 130 and "nothing saved" in result.stderr
    assert list(Path().iterdir()) == []
    assert signal.getsignal(signal.SIGINT) is handler


def test_a_broken_model_keeps_its_traceback_and_leaves_nothing(invoke: Invoke) -> None:
    result = invoke("run", "toy", "--out", "out", fail_on=100)
    assert isinstance(result.exception, RuntimeError)
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize("existing", [False, True])
def test_failure_while_writing_leaves_what_was_there(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch, existing: bool
) -> None:
    if existing:
        invoke("run", "toy", "--out", "out")
    plain = pq.write_table
    written = []

    def breaks_at_second(table: object, path: Path, **options: object) -> None:
        if written:
            raise OSError("disk full")
        written.append(path)
        plain(table, path, **options)

    monkeypatch.setattr(experiments.store.pq, "write_table", breaks_at_second)
    result = invoke("run", "toy", "--out", "out", "--force")
    assert isinstance(result.exception, OSError) and written
    monkeypatch.undo()
    assert [path.name for path in written[0].parents[2].iterdir()] == (["out"] if existing else [])
    if existing:
        assert load_results(written[0].parents[2] / "out").manifest["status"] == "complete"


def test_same_run_gives_the_same_bytes(invoke: Invoke) -> None:
    for name in ("one", "two"):
        assert invoke("run", "toy", "--out", name).exit_code == 0
    files = sorted(path.name for path in Path("one").iterdir())
    assert files == sorted(path.name for path in Path("two").iterdir())
    for name in files:
        if name != "timing.json":
            assert Path("one", name).read_bytes() == Path("two", name).read_bytes(), name
    invoke("run", "toy", "--out", "other", "--seed", "2")
    assert Path("one/region_week.parquet").read_bytes() != Path("other/region_week.parquet").read_bytes()


def test_key_names_the_run() -> None:
    key = fake.prepared().key
    assert key == fake.prepared().key
    others = [fake.prepared(seed=2), fake.prepared(years=3), fake.prepared(capacity_mode="hard")]
    others.append(fake.prepared(region_hash="other data"))
    changed = fake.prepared()
    object.__setattr__(changed, "parameters", fake.PARAMETERS.replace({"care.no_show": 0.04}))
    assert len({key, *(other.key for other in others), changed.key}) == 6


def test_manifest_says_which_code(invoke: Invoke) -> None:
    from sim.source import source_hash

    invoke("run", "toy", "--out", "out")
    manifest = json.loads(Path("out/manifest.json").read_text(encoding="utf-8"))
    assert manifest["code"]["source"] == source_hash()
    assert set(manifest["versions"]) == {"python", "mesa", "numba", "numpy", "pyarrow"}


@pytest.mark.parametrize("warm", [True, False])
def test_says_when_it_compiles(invoke: Invoke, monkeypatch: pytest.MonkeyPatch, warm: bool) -> None:
    import sim.source

    monkeypatch.setattr(sim.source, "COMPILED", True)
    monkeypatch.setattr(sim.source, "is_warm", lambda: warm)
    result = invoke("run", "toy", "--out", "out")
    assert ("Compiling the model: once, about a minute" in result.stderr) is not warm
