"""deltaplan benchmark: the floor, the idiomatic model, the parts and the report, at small size."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from experiments.benchmark import parts, report
from experiments.benchmark.floor import _four_days, _read_once, measure_floor
from experiments.benchmark.idiomatic_mesa import Patient, Practice, Region, measure_idiomatic
from sim.agents.people import NO_PRACTICE, People
from sim.parameters import load_parameters
from sim.randomness.philox import words
from tests.experiments import fake


@pytest.fixture(scope="module")
def people() -> People:
    """Four thousand people on three lists, and a hundred without a practice."""
    n = 4000
    rng = np.random.default_rng(1)
    people = People(n)
    practice = rng.integers(0, 3, n)
    practice[:100] = NO_PRACTICE
    people.add(
        n,
        uid=np.arange(1, n + 1, dtype=np.uint64),
        birth_month=1500 - rng.integers(0, 1080, n),
        rate_day=rng.gamma(2, 0.2, n),
        rate_ooh=0.02,
        practice=practice,
    )
    return people


def test_floor_draws_are_keyed_uniforms(people: People) -> None:
    uid = people.uid[: people.n]
    limit = np.full(people.n, 2**30, np.uint64)
    expected = sum(int((words(5, 20, uid, time=block) < 2**30).sum()) for block in range(3))
    assert sum(int(_four_days(5, 20, block, uid, limit)) for block in range(3)) == expected


def test_floor_meets_the_expected_number_of_needs(people: People) -> None:
    found = measure_floor(people, days=40)
    assert abs(found["needs"] - found["needs_expected"]) < 4 * found["needs_expected"] ** 0.5
    assert found["draws_ns"] > 0
    assert found["all_columns_ns"] > found["streaming_ns"] > 0


def test_streaming_reads_every_word() -> None:
    columns = [np.arange(1000, dtype=np.uint64), np.array([7, 9], np.uint64)]
    whole = _read_once(columns)
    columns[0][500] ^= np.uint64(64)
    assert _read_once(columns) == whole ^ 64


def test_idiomatic_model_is_mesa_and_loses_nothing(people: People) -> None:
    model = Region(people, load_parameters())
    patients, practices = model.agents_by_type[Patient], model.agents_by_type[Practice]
    assert (len(patients), len(practices)) == (4000, 3)
    assert sum(patient.practice is None for patient in patients) == 100
    for _ in range(21):
        model.step()
    assert model.contacts == model.advised + model.served + model.waiting
    # needs felt are those of the columns; follow-ups come on top
    felt = (people.rate_day[: people.n].sum() + people.rate_ooh[: people.n].sum()) * 12 / 365 * 21
    assert 0.85 * felt < model.contacts < 1.6 * felt
    assert model.served > 0


def test_idiomatic_queues_are_first_in_first_out(people: People) -> None:
    model = Region(people, load_parameters())
    practice = next(iter(model.agents_by_type[Practice]))
    patient = next(iter(model.agents_by_type[Patient]))
    practice.asked_a_day = 1.0
    practice.queue.extend((patient, complaint, 0) for complaint in (0, 1, 2))
    practice.step()
    assert [complaint for _, complaint, _ in practice.queue] == [1, 2]
    assert model.served == 1


def test_idiomatic_measure(people: People) -> None:
    found = measure_idiomatic(people, load_parameters(), days=3)
    assert found["inhabitants"] == 4000
    assert found["contacts"] > 0
    assert found["step_ns"] > 0


def test_run_part_counts_contacts_by_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "prepare", lambda scenario, seed, years: fake.prepared(seed, years))
    scales: list[float] = []

    def new_model(prepared: Any, *, check: bool, scale: float) -> fake.FakeModel:
        scales.append(scale)
        return fake.FakeModel(prepared)

    monkeypatch.setattr(parts, "new_model", new_model)
    found = parts.measure_run("toy", years=4, scale=0.5)
    assert scales == [parts.WARM_SCALE, 0.5]
    assert found["days"] == 365 * 3 + 366
    assert found["inhabitants"] == 100
    assert len(found["year_seconds"]) == 4
    assert found["year_contacts"] == [365 * 4, 365 * 4, 365 * 4, 366 * 4]
    assert found["peak_mb"] > 10


def _taken(part: str, **arguments: Any) -> dict[str, Any]:
    scale = arguments["scale"]
    if part == "floor":
        return {"draws_ns": 1.5, "streaming_ns": 0.5, "all_columns_ns": 6.0}
    if part == "idiomatic":
        return {"step_ns": 2000.0, "peak_mb": 900.0}
    years = arguments["years"]
    return {
        "inhabitants": int(1_000_000 * scale),
        "days": 365 * years,
        "build_seconds": 0.5,
        "year_seconds": [scale] * (years - 1) + [1.05 * scale],
        "year_contacts": [int(4_000_000 * scale)] * years,
        "wall_seconds": 12.0,
        "peak_mb": 300.0,
    }


def test_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "deep" / "speed.json"
    report.run_benchmark(years=10, quick=False, file=file, take=_taken)
    content = json.loads(file.read_text(encoding="utf-8"))
    lines = {line["name"]: line for line in content["figures"]}
    whole = lines["whole run, CPU (build + simulate)"]
    assert whole["value"] == pytest.approx(10.55)
    assert whole["limit"] == pytest.approx(12.0)  # 0.3 microseconds a contact is more than 10 s here
    assert whole["met"] is True
    own = 10.55 / 3650e6 * 1e9
    assert lines["run over floor"]["value"] == pytest.approx(own / 2)
    assert lines["idiomatic Mesa over run"]["value"] == pytest.approx(2000 / own)
    assert lines["idiomatic Mesa over run"]["met"] is True
    assert lines["per contact, last year over second year"]["value"] == pytest.approx(1.05)
    assert lines["per inhabitant-day, largest region over this one"]["value"] == pytest.approx(1.0)
    assert [row["inhabitants"] for row in content["growth"]] == [100_000, 300_000, 1_000_000, 3_000_000, 8_000_000]
    printed = capsys.readouterr().out
    assert "at least 500" in printed
    assert "8,000,000" in printed


def test_quick_report_judges_nothing() -> None:
    lines = report.figures(
        _taken("run", years=3, scale=0.1), _taken("floor", scale=0.1), _taken("idiomatic", scale=0.1), full=False
    )
    assert all(line.met is None for line in lines)


def test_a_missed_aim_is_said() -> None:
    assert report.Figure("x", 11.0, "s", 10.0).met is False
    assert report.Figure("x", 11.0, "s", 10.0, upper=False).met is True


def test_a_failing_part_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="part nonsense"):
        report.measure("nonsense")
