"""A comparison as a real one would be: Twente against two plans, twelve indicators, groups, gaps and noise."""

from __future__ import annotations

import json
import math
from functools import cache
from typing import Any

from experiments.compare.comparison import (
    Arm,
    Assumption,
    Comparison,
    Contrast,
    Costs,
    Course,
    Difference,
    Estimate,
    GroupContrast,
    Mode,
    Place,
    Spread,
    Verdict,
)
from sim.indicators.catalogue import INDICATORS
from sim.interventions.base import Setting
from sim.interventions.registry import declared
from sim.parameters import load_parameters

PAIRS = 12
YEARS = tuple(range(2025, 2035))
NAN = math.nan

# id: base in the last years, and (difference, half-width) of the two plans; None: nothing known
FIGURES: dict[str, tuple[float, tuple[float, float], tuple[float, float] | None]] = {
    "without_gp": (9412.0, (-3127.0, 1480.0), (-214.0, 1890.0)),
    "without_gp_share": (1.43, (-0.47, 0.22), (-0.03, 0.29)),
    "wait_mean": (6.82, (-1.31, 0.42), (-0.88, 0.35)),
    "third_next_available": (5.94, (-1.12, 0.51), (-0.61, 0.44)),
    "seen_in_3_days": (41.3, (5.2, 1.9), (3.1, 1.6)),
    "gp_load": (1.061, (-0.043, 0.012), (-0.021, 0.011)),
    "list_per_fte": (2412.0, (-96.0, 41.0), (18.0, 39.0)),
    "fte_all": (318.4, (9.7, 4.4), (-1.2, 4.6)),
    "post_contacts": (268.0, (-4.1, 1.7), (3.2, 1.4)),
    "usual_gp_share": (58.2, (-1.9, 0.8), (0.3, 0.9)),
    "phone_wait": (4.71, (0.08, 0.31), (0.92, 0.37)),
    "post_in_norm": (88.1, (0.0, 0.0), None),
}
TOWNS: dict[str, tuple[float, float, int, float]] = {  # km east, km north, inhabitants, without a GP per 1,000
    "Almelo": (-8.6, 8.4, 73155, 16.2),
    "Borne": (-2.8, 2.2, 24007, 8.8),
    "Dinkelland": (10.9, 9.9, 26594, 7.3),
    "Enschede": (7.2, -7.0, 160640, 24.9),
    "Haaksbergen": (-3.4, -13.8, 24268, 6.1),
    "Hellendoorn": (-23.1, 11.4, 35940, 9.0),
    "Hengelo": (0.2, -1.7, 81476, 14.7),
    "Hof van Twente": (-12.6, -5.5, 35056, 7.9),
    "Losser": (14.8, -3.0, 23084, 10.3),
    "Oldenzaal": (9.4, 3.4, 31741, 9.9),
    "Rijssen-Holten": (-20.0, 3.2, 38231, 5.2),
    "Tubbergen": (-1.0, 14.6, 21364, 4.4),
    "Twenterand": (-14.9, 17.3, 33718, 21.3),
    "Wierden": (-13.0, 8.7, 24643, 6.6),
}
AGES = ("0-4", "5-17", "18-44", "45-64", "65-74", "75-84", "85+")
DEPRIVED = (("minste achterstand", "least deprived"), ("midden", "middle"), ("meeste achterstand", "most deprived"))


def estimate(mean: float, half: float, n: int = PAIRS) -> Estimate:
    return Estimate(mean, mean - half, mean + half, n)


def contrast(indicator: str, other: str, base: float, gap: tuple[float, float] | None) -> Contrast:
    if gap is None:
        nothing = Estimate(NAN, NAN, NAN, 1)
        return Contrast(indicator, other, nothing, nothing, nothing, NAN, -1, "unknown", NAN, False)
    mean, half = gap
    better = INDICATORS[indicator].better
    good = mean < 0 if better == "lower" else mean > 0
    verdict: Verdict
    if mean == half == 0.0:
        verdict = "same"
    elif abs(mean) <= half:
        verdict = "noise"
    else:
        verdict = "different" if better == "none" else "better" if good else "worse"
    sure = 0.5 * (1.0 + math.erf(abs(mean) / half * 1.39)) if half else 0.5
    label = INDICATORS[indicator]
    return Contrast(
        indicator=indicator,
        other=other,
        base=estimate(base, 0.06 * base),
        arm=estimate(base + mean, 0.05 * base),
        difference=estimate(mean, half),
        chance_better=NAN if better == "none" else sure if good else 1.0 - sure,
        pairs_better=-1 if better == "none" else round(PAIRS * (sure if good else 1.0 - sure)),
        verdict=verdict,
        reduction=87.0,
        precise=half < 0.05 * base or half < abs(mean) / 4,
        sentence_nl=f"{label.nl}: {mean:g} met {other} ({verdict}).",
        sentence_en=f"{label.en}: {mean:g} with {other} ({verdict}).",
    )


def table(kind: str, **changed: Any) -> dict[str, Any]:
    """The table of an intervention as a scenario holds it, all defaults filled in."""
    one = declared()[kind]
    return {"id": kind, "kind": kind, **one.model.model_validate_json(json.dumps(changed)).model_dump(mode="json")}


def scenario(id: str, *tables: dict[str, Any], **more: Any) -> dict[str, Any]:
    plain = {"id": id, "region": "twente", "start": "2025-01-01", "years": 10, "capacity_mode": "bounded"}
    return {**plain, "parameters": {}, "interventions": list(tables), "events": [], **more}


@cache
def arms() -> tuple[Arm, Arm, Arm]:
    base = Arm("twente", "Twente, zoals het nu loopt", "Twente, as things are", "a1" * 32, scenario("twente"))
    plan = (
        table("training_intake", start="2025-09-01"),
        table("training_retention", start="2026-01-01", home_first=0.3),
        table("practice_nurses", start="2025-07-01"),
        table("link_workers", start="2025-07-01", municipalities=["Almelo", "Enschede", "Hengelo"]),
        table("insurer_mediation"),
    )
    digital = (table("digital_triage", start="2026-01-01", reach=0.4), table("insurer_mediation"))
    no_shows = {"care.no_show": 0.05}
    return (
        base,
        Arm(
            "twente-deltaplan",
            "Deltaplan Twente: tweede instroommoment, taakherschikking, welzijn, zorgbemiddeling",
            "Twente deltaplan: second intake, task shifting, link workers, mediation",
            "b2" * 32,
            scenario("twente-deltaplan", *plan),
            tuple(Difference(f"interventions.{one['id']}", None, one) for one in plan),
        ),
        Arm(
            "digitaal",
            "Digitale voordeur",
            "Digital front door",
            "c3" * 32,
            scenario("digitaal", *digital, parameters=no_shows),
            (
                *(Difference(f"interventions.{one['id']}", None, one) for one in digital),
                Difference("parameters.care.no_show", None, 0.05),
            ),
        ),
    )


@cache
def contrasts() -> tuple[Contrast, ...]:
    return tuple(
        contrast(id, arm, base, gaps[place])
        for place, arm in enumerate(("twente-deltaplan", "digitaal"))
        for id, (base, *gaps) in FIGURES.items()
    )


@cache
def courses() -> tuple[Course, ...]:
    found = []
    for id, (base, *gaps) in FIGURES.items():
        for arm, gap in zip(("twente", "twente-deltaplan", "digitaal"), ((0.0, 0.0), *gaps), strict=True):
            if gap is None:
                nothing = (NAN,) * len(YEARS)
                found.append(Course(id, arm, YEARS, nothing, nothing, nothing))
                continue
            begin = 0.72 * base if INDICATORS[id].better == "lower" else 1.06 * base
            share = [k / (len(YEARS) - 1) for k in range(len(YEARS))]
            mean = [
                begin + s * (base + gap[0] * min(1.0, 1.3 * s) - begin) + 0.006 * base * math.sin(9 * s) for s in share
            ]
            half = [base * (0.01 + 0.05 * s) for s in share]
            if id == "usual_gp_share":
                mean[0] = half[0] = NAN
            low = tuple(a - b for a, b in zip(mean, half, strict=True))
            high = tuple(a + b for a, b in zip(mean, half, strict=True))
            found.append(Course(id, arm, YEARS, tuple(mean), low, high))
    return tuple(found)


@cache
def gaps() -> tuple[Course, ...]:
    found = []
    for id, (_, *known) in FIGURES.items():
        for arm, gap in zip(("twente-deltaplan", "digitaal"), known, strict=True):
            share = [k / (len(YEARS) - 1) for k in range(len(YEARS))]
            mean, half = ([NAN] * len(YEARS), NAN) if gap is None else ([gap[0] * s for s in share], gap[1])
            low, high = (tuple(m + side * half * s for m, s in zip(mean, share, strict=True)) for side in (-1, 1))
            found.append(Course(id, arm, YEARS, tuple(mean), low, high))
    return tuple(found)


@cache
def groups() -> tuple[GroupContrast, ...]:
    found = []
    names: dict[str, list[tuple[str, str]]] = {
        "municipality": [(town, town) for town in TOWNS],
        "age": [(age, age) for age in AGES],
        "deprivation": list(DEPRIVED),
    }
    for place, arm in enumerate(("twente-deltaplan", "digitaal")):
        for by, own in names.items():
            for key, (nl, en) in enumerate(own):
                level = list(TOWNS.values())[key][3] / 10.0 if by == "municipality" else 0.6 + 0.4 * key
                wave = math.sin(2.1 * key + place)
                gaps: dict[str, tuple[float, tuple[float, float] | None]] = {
                    "without_gp_share": (level, (-0.22 * level * (1 + wave) / (1 + place), 0.1 + 0.12 * level)),
                    "wait_mean": (5.0 + wave, (-0.7 - 0.8 * wave, 0.5)),
                    "forgone": (31.0, (1.5 * wave, 1.1)),
                }
                if by == "municipality" and en == "Losser" and place:
                    gaps["wait_mean"] = (5.0, None)
                for id, (base, gap) in gaps.items():
                    found.append(GroupContrast(by, key, nl, en, contrast(id, arm, base, gap)))
    return tuple(found)


@cache
def assumptions() -> tuple[Assumption, ...]:
    found = [
        Assumption(
            arm.name, one["kind"], item.key, item.nl, item.en, one[item.key], item.unit, item.low, item.high,
            item.grade, item.source, item.source_nl,
        )
        for arm in arms()
        for one in arm.scenario["interventions"]
        for item in declared()[one["kind"]].numbers
        if isinstance(item, Setting)
    ]  # fmt: skip
    parameters = load_parameters()
    for name in sorted(parameters):
        row = parameters[name]
        if row.grade == "C":
            low = min(row.low) if isinstance(row.low, list) else row.low
            high = max(row.high) if isinstance(row.high, list) else row.high
            found.append(
                Assumption(
                    "", "", name, row.nl, row.en, row.value, row.unit, low, high, row.grade, row.source, row.source_nl
                )
            )
    return tuple(found)


def example(**changed: Any) -> Comparison:
    """The comparison; keyword arguments replace parts of it."""
    base, *others = arms()
    nothing = Estimate(NAN, NAN, NAN, PAIRS)
    parts: dict[str, Any] = {
        "base": base,
        "arms": tuple(others),
        "region": "twente",
        "region_nl": "Twente",
        "region_en": "Twente",
        "start": "2025-01-01",
        "years": 10,
        "first_year": 2025,
        "last_year": 2034,
        "window": 3,
        "share": 1.0,
        "capacity_mode": "bounded",
        "pairs": PAIRS,
        "seeds": tuple(range(1, PAIRS + 1)),
        "sets": 4,
        "contrasts": contrasts(),
        "groups": groups(),
        "courses": courses(),
        "gaps": gaps(),
        "costs": (
            Costs(
                "twente-deltaplan",
                {
                    "insurer": estimate(21.3e6, 1.9e6),
                    "state": estimate(14.85e6, 0.0),
                    "municipality": estimate(4.21e6, 0.32e6),
                    "practice": estimate(-612_000.0, 240_000.0),
                },
                estimate(39.75e6, 2.2e6),
                estimate(2310.0, 1120.0),
                estimate(1721.0, 812.0),
                estimate(-3.4e6, 4.1e6),
            ),
            Costs(
                "digitaal",
                {"insurer": estimate(2.75e6, 0.11e6), "practice": estimate(8.9e6, 0.4e6)},
                estimate(11.65e6, 0.45e6),
                estimate(160.0, 1240.0),
                nothing,
                estimate(1.2e6, 2.9e6),
            ),
        ),
        "spreads": tuple(
            Spread(id, arm, abs(half) * 1.1, NAN if id == "wait_mean" else abs(half) * 1.7)
            for place, arm in enumerate(("twente-deltaplan", "digitaal"))
            for id, (_, *gaps) in list(FIGURES.items())[:6]
            for _, half in [gaps[place] or (NAN, NAN)]
        ),
        "modes": tuple(
            Mode(mode, tuple(one for one in contrasts() if one.indicator in {"without_gp", "wait_mean", "gp_load"}))
            for mode in ("elastic", "bounded", "hard")
        ),
        "assumptions": assumptions(),
        "places": tuple(
            Place(number, town, x, y, people) for number, (town, (x, y, people, _)) in enumerate(TOWNS.items())
        ),
        "code": {"version": "0.1.0", "source": "9f3c" * 4, "commit": "0123456789abcdef0123456789abcdef01234567"},
        "command": "deltaplan compare twente twente-deltaplan digitaal.toml --runs 12 --capacity all",
        "finished": "2026-11-27",
        "warnings_nl": ("Het aandeel inwoners zonder huisarts is na 12 paren nog niet zo nauwkeurig als beoogd.",),
        "warnings_en": ("After 12 pairs the share of inhabitants without a GP is not yet as precise as aimed at.",),
        "run_keys": tuple(f"{k:016x}" for k in range(3)),
    }
    return Comparison(**{**parts, **changed})
