"""Plan files: what is refused and how it is said; designs drawn within their ranges."""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import numpy as np
import pytest

from experiments.batch.designs import Factor, draw_rows
from experiments.batch.drive import Shard, shard_of
from experiments.batch.expand import expand
from experiments.batch.faults import PLAN, RULES
from experiments.batch.plan import Design, Plan, PlanError, load_plan
from experiments.catalogue import packaged
from experiments.questions.accepted import AcceptedError, load_sets
from experiments.runs.draw import PLAIN, Bounds
from experiments.runs.faults import DRAW, STORE

BASE = 'scenarios = ["twente"]\nyears = 1\n'


def plan(folder: Path, text: str) -> Path:
    file = folder / "plan.toml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "scenarios: missing"),
        ("scenarios = []", "scenarios: "),
        (BASE + "runs = 0", "runs: must be greater than or equal to 1, not 0 (runs, each a seed)"),
        (BASE + "yaers = 3", "yaers: unknown key; did you mean 'years'?"),
        (BASE + "share = 2", "share: must be less than or equal to 1, not 2 (share of the inhabitants)"),
        (BASE + 'capacity_mode = "soft"', "capacity_mode: must be 'elastic', 'bounded' or 'hard', not 'soft'"),
        (BASE + "[parameters]\n", ""),
        (BASE + '[parameters]\n"care.no_show" = "evidence"', "add a table [design]"),
        (BASE + '[design]\nmethod = "morris"\nsize = 4', "needs a table [parameters]"),
        (BASE + '[design]\nmethod = "sobol"\nsize = 6', "design: the size of 'sobol' must be a power of 2, such as 8"),
        (BASE + '[design]\nmethod = "morris"\nsize = 4\nlevels = 3', "takes an even number of levels"),
        (BASE + '[design]\nmethod = "latin hypercube"', "needs a size"),
        (BASE + '[design]\nmethod = "one at a time"\nsize = 4', "has no size"),
        (BASE + '[parameters]\n"care.no_show" = {low = 0.05, high = 0.02}', "low (0.05) must lie below high (0.02)"),
        (BASE + '[parameters]\n"care.no_show" = {low = 0.05, hihg = 0.06}', "hihg: unknown key; did you mean 'high'?"),
        (BASE + "first_seed = 4294967295\nruns = 2", "leaves no room for 2 seeds"),
        ('scenarios = ["twente", "twente"]', "a scenario is named twice"),
        ("scenarios = [", "not TOML"),
        (BASE + 'sets = "a"\n[parameters]\n"care.no_show" = {}\n[design]\nmethod = "one at a time"', "give sets, or"),
        (BASE + "sets = 3", "sets: must be a valid string, not 3"),
    ],
)
def test_faults_are_said_with_file_place_and_mend(text: str, said: str, tmp_path: Path) -> None:
    file = plan(tmp_path, text)
    if not said:
        assert load_plan(file).parameters == {}
        return
    with pytest.raises(PlanError) as caught:
        load_plan(file)
    assert said in str(caught.value) and all(line.startswith(str(file)) for line in str(caught.value).splitlines())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "scenarios: ontbreekt"),
        (BASE + "runs = 0", "runs: moet minstens 1 zijn, niet 0 (runs, elk een seed)"),
        (BASE + "share = 2", "share: moet hoogstens 1 zijn, niet 2 (deel van de inwoners)"),
        (BASE + "yaers = 3", "yaers: onbekende sleutel; bedoelde u 'years'?"),
        (BASE + 'capacity_mode = "soft"', "capacity_mode: moet 'elastic', 'bounded' of 'hard' zijn, niet 'soft'"),
        (
            BASE + '[design]\nmethod = "sobol"\nsize = 6',
            "design: de size van 'sobol' moet een macht van 2 zijn, zoals 8",
        ),
        (BASE + '[parameters]\n"care.no_show" = {low = 0.05, high = 0.02}', "low (0.05) moet onder high (0.02) liggen"),
        (BASE + 'sets = "none.toml"', "sets: "),
        (BASE + '[parameters]\n"care.no_shw" = {}\n[design]\nmethod = "one at a time"', "(bedoelde u 'care.no_show'?)"),
        (
            BASE + '[parameters]\n"care.no_show" = [0.02, 0.5]\n[design]\nmethod = "full factorial"',
            "care.no_show = 0.5 ligt buiten het bereik 0.01 tot 0.06 (aandeel van de geboekte consulten)",
        ),
        ('scenarios = ["twent"]', "bedoelde u 'twente'?"),
        ("scenarios = [", "geen TOML"),
    ],
)
def test_faults_are_said_in_dutch(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(PlanError) as caught:
        expand(load_plan(plan(tmp_path, text)), tmp_path)
    assert said in caught.value.text("nl"), caught.value.text("nl")
    assert "did you mean" not in caught.value.text("nl")


def test_every_sentence_has_the_same_holes_in_both_languages() -> None:
    tables = (PLAN, RULES, STORE, DRAW, AcceptedError.SENTENCES)
    for key, (english, dutch) in (pair for table in tables for pair in table.items()):
        holes = [
            {
                str(name).replace("eenheid", "unit").partition("[")[0]
                for _, name, _, _ in Formatter().parse(text)
                if name
            }
            for text in (english, dutch)
        ]
        assert holes[0] == holes[1], key


def test_all_faults_at_once_and_no_file(tmp_path: Path) -> None:
    with pytest.raises(PlanError) as caught:
        load_plan(plan(tmp_path, "scenarios = []\nruns = 0\nwhat = 1"))
    assert len(str(caught.value).splitlines()) == 3
    with pytest.raises(PlanError, match="no such file"):
        load_plan(tmp_path / "nowhere.toml")


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ('"care.no_shw" = "evidence"', "did you mean 'care.no_show'"),
        ('"care.no_show" = {low = 0.001, high = 0.05}', "0.001 lies outside the range 0.01 to 0.06 (share"),
        ('"care.no_show" = [0.02, 0.5]', "0.5 lies outside the range 0.01 to 0.06 (share"),
        ('"interventions.housing.projects" = "evidence"', "none of the scenarios has the intervention 'housing'"),
        ('"nothing.*" = "evidence"', "matches no parameter"),
        ('"care.no_show" = "evidence"\n"care.no_s*" = "evidence"', "care.no_show is named twice"),
        ('"care.follow_up" = "evidence"', "is a list; name one place"),
    ],
)
def test_names_and_ranges_are_checked_against_declarations(parameters: str, said: str, tmp_path: Path) -> None:
    text = f'{BASE}[parameters]\n{parameters}\n[design]\nmethod = "full factorial"'
    with pytest.raises(PlanError) as caught:
        expand(load_plan(plan(tmp_path, text)), tmp_path)
    assert said in str(caught.value)


def test_a_reach_has_no_evidence(tmp_path: Path) -> None:
    text = 'scenarios = ["twente-deltaplan"]\n[parameters]\n"interventions.link_workers.reach" = {}\n'
    with pytest.raises(PlanError, match=r"no range of evidence; give one within 0 to 1 \(share of practices\)"):
        expand(load_plan(plan(tmp_path, text + '[design]\nmethod = "one at a time"')), tmp_path)


def test_unknown_scenario_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="twent"):
        expand(load_plan(plan(tmp_path, 'scenarios = ["twent"]')), tmp_path)


def test_a_plan_is_scenarios_times_draws_times_seeds(tmp_path: Path) -> None:
    text = (
        'scenarios = ["twente", "twente-deltaplan"]\nruns = 3\nfirst_seed = 7\nyears = 2\nshare = 0.5\n'
        'tables = ["gp_year"]\n[parameters]\n"care.no_show" = [0.02, 0.05]\n[design]\nmethod = "full factorial"'
    )
    found = expand(load_plan(plan(tmp_path, text)), tmp_path, tables=["practice_year"])
    assert len(found.tasks) == len({task.key for task in found.tasks}) == 12
    assert {task.prepared.seed for task in found.tasks} == {7, 8, 9}
    assert {(task.prepared.share, task.prepared.scenario.years) for task in found.tasks} == {(0.5, 2)}
    assert {"gp_year", "practice_year", "indicators"} <= set(found.tasks[0].tables)
    parts = [shard_of(found.tasks, Shard.parse(f"{k}/5")) for k in range(1, 6)]
    assert sorted(task.key for part in parts for task in part) == sorted(task.key for task in found.tasks)
    assert {len(part) for part in parts} == {2, 3}


@pytest.mark.parametrize("text", ["0/3", "4/3", "1", "a/b", "-1/3", "1/0"])
def test_shards_that_do_not_exist(text: str) -> None:
    with pytest.raises(PlanError, match="3/10"):
        Shard.parse(text)


# designs


def factor(name: str, low: float, high: float, value: float, whole: bool = False) -> Factor:
    known = Bounds(name, value, low, high, low, high, "x", "C", name, name, whole)
    return Factor(known, low, high)


FACTORS = {"a": factor("a", 0.0, 1.0, 0.5), "b": factor("b", 10.0, 20.0, 12.0), "c": factor("c", 1, 4, 2, whole=True)}


def rows(**design: object) -> list[dict[str, float]]:
    return draw_rows(Design.model_validate(design), FACTORS)


@pytest.mark.parametrize(
    ("design", "count"),
    [
        ({"method": "latin hypercube", "size": 20}, 20),
        ({"method": "sobol", "size": 16}, 16),
        ({"method": "morris", "size": 5}, 5 * 4),
        ({"method": "saltelli", "size": 8}, 8 * 5),
        ({"method": "saltelli", "size": 8, "second_order": True}, 8 * 8),
        ({"method": "full factorial", "levels": 3}, 27),
    ],
)
def test_designs_stay_within_ranges_and_repeat(design: dict[str, object], count: int) -> None:
    found = rows(**design)
    assert len(found) == count and found == rows(**design)
    for row in found:
        assert 0.0 <= row["a"] <= 1.0 and 10.0 <= row["b"] <= 20.0 and row["c"] in {1.0, 2.0, 3.0, 4.0}
    spread = np.array([[row[name] for name in "abc"] for row in found]).std(axis=0)
    assert (spread > 0.0).all()
    if design["method"] in {"latin hypercube", "sobol", "morris", "saltelli"}:
        assert found != rows(**design, seed=2)


def test_latin_hypercube_has_one_point_in_every_slice() -> None:
    slices = sorted(int(row["a"] * 20) for row in rows(method="latin hypercube", size=20))
    assert slices == list(range(20))


def test_morris_changes_one_parameter_a_step() -> None:
    found = rows(method="morris", size=5)
    for k in range(0, len(found), 4):
        for step in range(3):
            before, after = found[k + step], found[k + step + 1]
            assert sum(before[name] != after[name] for name in ("a", "b")) <= 1


def test_one_at_a_time_leaves_the_rest_as_it_is() -> None:
    found = rows(method="one at a time", levels=3)
    assert found[0] == {} and all(len(row) == 1 for row in found[1:])
    assert {"a": 0.0} in found and {"a": 0.5} not in found and {"b": 15.0} in found


@pytest.mark.parametrize("method", ["saltelli", "sobol"])
def test_a_larger_size_extends(method: str) -> None:
    small, large = (rows(method=method, size=size) for size in (8, 16))
    assert large[: len(small)] == small


def test_values_do_not_go_with_samples_and_factorials_have_an_end() -> None:
    named = {"a": Factor(FACTORS["a"].known, 0.1, 0.2, (0.1, 0.2))}
    with pytest.raises(PlanError, match="cannot take values"):
        draw_rows(Design(method="sobol", size=8, seed=1), named)
    assert draw_rows(Design(method="full factorial", seed=1), named) == [{"a": 0.1}, {"a": 0.2}]
    many = {f"p{k}": factor(f"p{k}", 0.0, 1.0, 0.5) for k in range(20)}
    with pytest.raises(PlanError, match="full factorial of 20 parameters"):
        draw_rows(Design(method="full factorial", seed=1), many)


def test_a_plan_needs_scenarios() -> None:
    assert Plan.model_validate({"scenarios": ["twente"]}).runs == 1


SETS = """format = 1
[[sets]]
id = "1-4"
[sets.values]
"care.no_show" = 0.02
"careers.exit_hazard[55-59]" = 0.03
[[sets]]
id = "1-9"
[sets.values]
"care.no_show" = 0.05
"""


def test_accepted_sets_are_draws(tmp_path: Path) -> None:
    (tmp_path / "sets.toml").write_text(SETS, encoding="utf-8")
    written = load_plan(plan(tmp_path, BASE + 'runs = 2\nsets = "sets.toml"'))
    expanded = expand(written, tmp_path)
    assert [draw.id for draw in expanded.draws] == ["1-4", "1-9"] and expanded.factors == {}
    assert [(task.draw.id, task.prepared.seed) for task in expanded.tasks] == [
        ("1-4", 1), ("1-4", 2), ("1-9", 1), ("1-9", 2)
    ]  # fmt: skip
    assert expanded.tasks[0].run.parameters.number("care.no_show") == 0.02
    other = tmp_path / "other.toml"
    other.write_text(SETS.replace("1-9", "2-1"), encoding="utf-8")
    assert [draw.id for draw in expand(written, tmp_path, sets=str(other)).draws] == ["1-4", "2-1"]
    assert [draw.id for draw in expand(written, tmp_path, sets="shipped").draws] == [PLAIN]


def test_the_accepted_sets_of_the_region_are_draws_when_asked_for(tmp_path: Path) -> None:
    accepted = load_sets(Path(str(packaged())) / "accepted" / "twente.toml")
    assert expand(load_plan(plan(tmp_path, BASE + 'sets = "accepted"')), tmp_path).draws == accepted
    without = load_plan(plan(tmp_path, BASE))
    assert [draw.id for draw in expand(without, tmp_path).draws] == [PLAIN]
    assert expand(without, tmp_path, sets="accepted").draws == accepted


@pytest.mark.parametrize(
    ("scenarios", "said"),
    [
        ('["twente", "zeeland"]', "sets: accepted sets are of one region, and the scenarios are of twente, zeeland"),
        ('["zeeland"]', "sets: no accepted parameter sets of region zeeland"),
    ],
)
def test_accepted_sets_that_are_not_there_are_refused(scenarios: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=said):
        expand(load_plan(plan(tmp_path, f'scenarios = {scenarios}\nsets = "accepted"')), tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            SETS.replace("0.05", "0.5"),
            r"sets: .*sets.toml, set 2: care.no_show = 0.5 is not a number within \[0.01, 0.06\]",
        ),
        (SETS.replace("no_show", "no_shaw"), "sets: .*set 1: unknown parameter 'care.no_shaw'"),
        ("format = 2", "sets: .*format 2"),
        (None, "sets: .*sets.toml cannot be read"),
    ],
)
def test_a_wrong_file_of_sets_is_refused(text: str | None, said: str, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / "sets.toml").write_text(text, encoding="utf-8")
    with pytest.raises(PlanError, match=said):
        expand(load_plan(plan(tmp_path, BASE + 'sets = "sets.toml"')), tmp_path)
    with pytest.raises(PlanError, match="--" + said):
        expand(load_plan(plan(tmp_path, BASE)), tmp_path, sets=str(tmp_path / "sets.toml"))


def test_sets_given_beside_a_design_are_refused(tmp_path: Path) -> None:
    text = BASE + '[parameters]\n"care.no_show" = {}\n[design]\nmethod = "one at a time"'
    with pytest.raises(PlanError, match="--sets: the plan has"):
        expand(load_plan(plan(tmp_path, text)), tmp_path, sets=str(tmp_path / "sets.toml"))
