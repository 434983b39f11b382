"""What is said of an order whose reasons are known, and what is saved of it."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from experiments.prepare import Prepared
from experiments.questions.asking import Way
from experiments.rank.answer import Ranking, Support, tiers
from experiments.rank.components import COMPONENTS, weights_of
from experiments.rank.index import order_of
from experiments.rank.screen import print_ranking, print_support, save_ranking, sentence
from experiments.rank.texts import TEXTS
from tests.experiments import fake

PLACES = ("twente", "zeeland", "drenthe")
HIGH = np.array([0.2, 10.0, 4.0, 0.9, 0.3, 0.0, 10.0, 10.0])


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def region(id: str) -> Prepared:
    run = fake.prepared(seed=1, years=5)
    namespace = SimpleNamespace(**{**vars(run.region), "id": id, "label_nl": id.title(), "label_en": id.title()})
    return replace(run, region=namespace, share=1.0)


@pytest.fixture
def ranking() -> Ranking:
    """Drenthe has twice as many full practices, Zeeland waits longer; Twente is between them."""
    values = np.repeat(HIGH[None, None, :], 3, axis=0).repeat(2, axis=1)
    values[2, :, 1], values[0, :, 1], values[1, :, 2] = 40.0, 20.0, 4.4
    values[:, 0, :] *= 0.99
    values[:, 1, :] *= 1.01
    weights = weights_of(())
    regions = tuple(region(id) for id in PLACES)
    return Ranking(regions, values, np.ones(8), weights, order_of(values, weights), (2025, 2029))


def test_a_sentence_names_what_raises_and_what_lowers(ranking: Ranking) -> None:
    assert ranking.places == [2, 1, 0]
    told = sentence(ranking, 2, "en")
    assert "Drenthe: raised most by Practices that take no new patients, 2025 40 % against 23.3 % (+" in told
    assert "lowered most by Third-next-available appointment, 2025 4 against 4.13 (-" in told
    assert "Zeeland: het meest verhoogd door Derde vrije" in sentence(ranking, 1, "nl")


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_the_page_says_order_components_reasons_and_tiers(
    ranking: Ranking, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    print_ranking(ranking, Way(Path(), (1, 2), lang="nl" if lang == "nl" else "en"))
    text = " ".join(capsys.readouterr().out.split())
    for key in ("components", "why", "differs", "assumed"):
        assert TEXTS[key]["nl" if lang == "nl" else "en"] in text
    assert TEXTS["tier_3"]["nl" if lang == "nl" else "en"] in text
    assert TEXTS["part_seed"]["en"][:20] not in text
    for one in ranking.weights:
        assert f"{100 * one:g} %" in text or f"{100 * one:g} %".replace(".", ",") in text


def test_a_region_above_one_chosen_earlier_is_explained(ranking: Ranking, capsys: pytest.CaptureFixture[str]) -> None:
    assert tiers()["drenthe"] == 3 and tiers()["twente"] == tiers()["zeeland"] == 1
    print_ranking(ranking, Way(Path(), (1, 2)))
    text = capsys.readouterr().out
    told = text.split(TEXTS["differs"]["en"])[1]
    assert "Drenthe (not chosen) stands above Zeeland, Twente, chosen earlier" in told
    assert "Practices that take no new patients, 2025 40 % against" in told


def test_all_published_regions_have_a_tier() -> None:
    known = tiers()
    assert len(known) == 28
    assert [sum(tier == k for tier in known.values()) for k in (1, 2, 3)] == [4, 5, 19]
    assert {id for id, tier in known.items() if tier == 1} == {"twente", "zeeland", "friesland", "noord-holland-noord"}


def test_support_is_called_noise_or_nothing_where_it_is(ranking: Ranking, capsys: pytest.CaptureFixture[str]) -> None:
    way = Way(Path(), (1, 2))
    base = np.array([1000.0, 1100.0])
    print_support(ranking, [Support(0, base, base, 150_000.0)], way)
    assert "Twente: nothing changes" in capsys.readouterr().out
    print_support(ranking, [Support(0, base, base + [-50.0, 60.0], 150_000.0)], way)
    assert TEXTS["support_noise"]["en"] in capsys.readouterr().out
    print_support(ranking, [Support(k, base, base - [50.0, 52.0], 150_000.0) for k in (0, 1)], way)
    text = capsys.readouterr().out
    assert TEXTS["support_noise"]["en"] not in text and "Together: -102 people" in text and "300,000 euro" in text


def test_what_is_saved_can_be_read(ranking: Ranking, tmp_path: Path) -> None:
    save_ranking(ranking, [], tmp_path)
    rows = read(tmp_path / "ranking.csv")
    assert [row["region"] for row in rows] == [PLACES[k] for k in ranking.places]
    assert [int(row["rank"]) for row in rows] == [1, 2, 3]
    parts = read(tmp_path / "components.csv")
    assert len(parts) == 3 * 2 * len(COMPONENTS)
    for row in rows:
        adds = sum(float(one["adds"]) for one in parts if one["region"] == row["region"] and one["seed"] == "1")
        assert adds == pytest.approx(float(row["index"]))
    said = json.loads((tmp_path / "rank.json").read_text(encoding="utf-8"))
    assert cast("list[int]", said["years"]) == [2025, 2029] and len(said["weights"]) == len(COMPONENTS)
