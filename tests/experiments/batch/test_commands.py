"""The commands batch, status and sql, with the toy model behind them."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import experiments.batch.drive
import experiments.cli_batch
from experiments.cli import main
from experiments.executors.processes import Here
from experiments.runs.perform import Build
from experiments.runs.store import Store
from tests.experiments.runs.toy import Breaks, content, toy

PLAN = """
scenarios = ["twente", "twente-deltaplan"]
runs = {runs}
years = 1
[parameters]
"care.no_show" = {{low = 0.02, high = {high}}}
[design]
method = "one at a time"
"""

type Call = Callable[..., Result]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Call:
    """Run ``deltaplan`` in an empty folder that holds a plan, in this process, with a toy instead of the model."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(experiments.cli_batch, "_executor", lambda *_: (Here(), "here"))
    write()
    carry = experiments.batch.drive.carry_out

    def run(*words: str, build: Build = toy) -> Result:
        def toys(*args: object, **settings: object) -> object:
            return carry(*args, **(settings | {"build": build}))  # type: ignore[arg-type]

        monkeypatch.setattr(experiments.batch.drive, "carry_out", toys)
        return CliRunner().invoke(main, list(words))

    return run


def write(runs: int = 2, high: float = 0.05) -> None:
    Path("plan.toml").write_text(PLAN.format(runs=runs, high=high), encoding="utf-8")


def test_batch_status_and_questions(call: Call) -> None:
    done = call("batch", "plan.toml")
    assert done.exit_code == 0, done.stderr
    assert "16 runs in results/plan: scenarios 2 x draws 4 x seeds 2; years: 1" in done.stderr
    assert "16 of 16 done, 0 failed" in done.stderr and "16 runs finished in results/plan" in done.stdout
    standing = call("status", "results/plan", "--lang", "nl")
    assert (
        "16 runs gepland, 16 gedaan, 0 mislukt, 0 ontbreken" in standing.stdout
        and "twente-deltaplan" in standing.stdout
    )
    query = "select place, avg(value) as no_show, count(*) as runs from design join runs using (draw) left join draws "
    answer = call("sql", "results/plan", query + "using (draw) group by place order by place", "--csv")
    rows = list(csv.DictReader(answer.stdout.splitlines()))
    assert [(row["place"], row["no_show"]) for row in rows] == [("0", ""), ("1", "0.02"), ("2", "0.035"), ("3", "0.05")]
    assert {row["runs"] for row in rows} == {"4"}
    views = call("sql", "results/plan").stdout
    assert all(name in views for name in ("region_week", "indicators", "groups", "planned", "dimension"))
    table = call(
        "sql", "results/plan", "select seed, 0.5 as half from runs order by all limit 1", "--lang", "nl"
    ).stdout
    assert table.split() == ["seed", "half", "1", "0,50"]


def test_the_second_time_nothing_is_done(call: Call, tmp_path: Path) -> None:
    call("batch", "plan.toml", "--quiet")
    before = content(tmp_path / "results" / "plan")
    again = call("batch", "plan.toml", build=Breaks(1, 2))
    assert (
        again.exit_code == 0
        and "16 are there already" in again.stderr
        and content(tmp_path / "results" / "plan") == before
    )


def test_failures_are_told_and_retried(call: Call) -> None:
    broken = call("batch", "plan.toml", "--out", "store", build=Breaks(2))
    assert broken.exit_code == 1 and "8 failed" in broken.stderr
    standing = call("status", "store").stdout
    assert "8 done, 8 failed, 0 missing" in standing and "RuntimeError: broken on purpose, seed 2" in standing
    assert call("batch", "plan.toml", "--out", "store").exit_code == 1
    assert call("batch", "plan.toml", "--out", "store", "--retry-failed").exit_code == 0
    assert "16 done, 0 failed" in call("status", "store").stdout


def test_a_plan_may_be_extended_not_changed(call: Call) -> None:
    call("batch", "plan.toml")
    write(runs=3)
    assert "24 of 24 done" in call("batch", "plan.toml").stderr
    write(runs=3, high=0.06)
    refused = call("batch", "plan.toml")
    assert (
        refused.exit_code == 2 and "holds another plan" in refused.stderr and "different: parameters" in refused.stderr
    )
    assert len(refused.stderr.strip().splitlines()) == 1
    assert "bevat een ander plan" in call("batch", "plan.toml", "--lang", "nl").stderr
    assert "24 runs planned, 24 done" in call("status", "results/plan").stdout


SET = """
[[sets]]
id = "{id}"
[sets.values]
"care.no_show" = {value}
"""


def test_accepted_sets_as_draws(call: Call) -> None:
    Path("plan.toml").write_text('scenarios = ["twente"]\nyears = 1\nruns = 2\n', encoding="utf-8")
    sets, more = Path("sets.toml"), SET.format(id="b", value=0.05)
    sets.write_text("format = 1\n" + SET.format(id="a", value=0.02), encoding="utf-8")
    words = ("batch", "plan.toml", "--sets", "sets.toml")
    assert "2 of 2 done" in call(*words).stderr
    sets.write_text(sets.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert "2 are there already" in call(*words).stderr
    rows = call("sql", "results/plan", "select draw, seed, value from runs join draws using (draw)", "--csv").stdout
    assert sorted(rows.split()[1:]) == ["a,1,0.02", "a,2,0.02", "b,1,0.05", "b,2,0.05"]
    sets.write_text("format = 1\n" + SET.format(id="a", value=0.03) + more, encoding="utf-8")
    refused = call(*words)
    assert refused.exit_code == 2 and "different: sets" in refused.stderr
    wrong = call("batch", "plan.toml", "--out", "new", "--sets", "nowhere.toml")
    assert wrong.exit_code == 2 and "--sets: nowhere.toml cannot be read" in wrong.stderr and not Path("new").exists()


def test_shards_share_a_store(call: Call) -> None:
    for k in (1, 2, 3):
        result = call("batch", "plan.toml", "--shard", f"{k}/3", "--out", f"file://{Path.cwd()}/shared")
        assert result.exit_code == 0 and f"Shard {k} of 3" in result.stderr
    assert "16 done, 0 failed, 0 missing" in call("status", "shared").stdout


def test_dry_run_leaves_nothing(call: Call) -> None:
    result = call("batch", "plan.toml", "--dry-run")
    assert result.exit_code == 0 and "16 runs" in result.stderr and not Path("results").exists()
    script = call("batch", "plan.toml", "--dry-run", "--slurm", "queue=rome,cores=2,memory=4GiB,walltime=01:00:00")
    assert "#SBATCH -p rome" in script.stdout and "--nworkers 2" in script.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--jobs", "0"], "--jobs"),
        (["--runs", "0"], "--runs"),
        (["--jobs", "2", "--scheduler", "tcp://x:1"], "one of --jobs, --scheduler and --slurm"),
        (["--send-back"], "--send-back goes with"),
        (["--shard", "4/3"], "--shard 4/3: write which part of how many"),
        (["--out", "s3://bucket/x"], "a path or file:///path"),
        (["--slurm", "queu=rome"], "did you mean 'queue'"),
        (["--slurm", "queue=rome"], "lacks cores"),
        (["--slurm", "cores=many,memory=1GiB"], "must be a whole number"),
    ],
)
def test_nonsense_is_one_line_before_anything_runs(call: Call, words: list[str], said: str) -> None:
    result = call("batch", "plan.toml", *words)
    assert result.exit_code == 2 and said in result.stderr and len(result.stderr.strip().splitlines()) == 1
    assert not Path("results").exists()


def test_every_fault_of_a_plan_has_its_line(call: Call) -> None:
    Path("plan.toml").write_text("scenarios = []\nruns = 0\n", encoding="utf-8")
    result = call("batch", "plan.toml")
    assert result.exit_code == 2 and len(result.stderr.strip().splitlines()) == 2


def test_refusals_are_in_the_language(call: Call) -> None:
    assert "nowhere is geen opslag van runs" in call("status", "nowhere", "--lang", "nl").stderr
    assert "--shard 4/3: schrijf welk deel" in call("batch", "plan.toml", "--shard", "4/3", "--lang", "nl").stderr
    Path("plan.toml").write_text("scenarios = []\nruns = 0\n", encoding="utf-8")
    lines = call("batch", "plan.toml", "--lang", "nl").stderr.strip().splitlines()
    assert len(lines) == 2 and lines[1].endswith("runs: moet minstens 1 zijn, niet 0 (runs, elk een seed)")


def test_wrong_questions_and_folders(call: Call, tmp_path: Path) -> None:
    assert "is no store" in call("status", "nowhere").stderr and "is no store" in call("sql", "nowhere").stderr
    call("batch", "plan.toml", "--quiet")
    wrong = call("sql", "results/plan", "select * from rnus")
    assert wrong.exit_code == 2 and 'Did you mean "runs"' in wrong.stderr
    file = tmp_path / "results" / "plan" / "store.json"
    code = json.loads(file.read_text(encoding="utf-8"))["code"]
    file.write_text(file.read_text(encoding="utf-8").replace(code, "0" * 16), encoding="utf-8")
    assert "another version of the model" in call("batch", "plan.toml").stderr
    assert "it can be read" in call("status", "results/plan").stdout


def test_tables_of_one_run_can_be_asked(call: Call, tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "manifest.json").write_text("{}", encoding="utf-8")
    pq.write_table(pa.table({"week": [1, 2, 3]}), tmp_path / "run" / "region_week.parquet")
    assert call("sql", "run", "select sum(week) as total from region_week").stdout.split() == ["total", "6"]


def test_answers_are_cut_on_the_screen_only(call: Call) -> None:
    call("batch", "plan.toml", "--quiet")
    assert "200 of 300 rows" in call("sql", "results/plan", "select * from range(300)").stdout
    assert len(call("sql", "results/plan", "select * from range(300)", "--csv").stdout.splitlines()) == 301


@pytest.mark.parametrize("command", ["batch", "status", "sql"])
def test_help_has_an_example(command: str) -> None:
    result = CliRunner().invoke(main, [command, "--help"])
    assert result.exit_code == 0 and f"Example: deltaplan {command} " in result.stdout


def test_packs_answer_the_same(call: Call) -> None:
    call("batch", "plan.toml", "--quiet")
    store = Store.open("results/plan")
    question = "select key, week, wait from region_week order by all"
    loose = store.query(question)
    assert not (store.folder / "packs").exists()
    assert store.pack(at_least=2) > 0 and store.query(question) == loose and len(store.finished()) == 16
    assert len(store.query("select * from indicators")) == len(
        store.query("select * from indicators join runs using (key)")
    )
    gone = next(iter(store.finished()))
    (store.folder / "runs" / f"{gone}.parquet").unlink()
    left = store.query("select distinct key from region_week")
    assert len(left) == 15 and gone not in left["key"].to_pylist()
