"""Plans to and from scenario files. What comes from outside is held to what a shipped scenario may say, and less."""

from __future__ import annotations

import re
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import tomlkit

from experiments.catalogue import packaged, scenario_file, scenario_names
from experiments.prepare import INPUT_ERRORS, Prepared, prepare
from experiments.texts import Language
from sim.interventions.registry import declared, kinds
from sim.parameters import load_parameters
from sim.scenario import check_scenario
from viz.plan.plan import Plan, plan_of
from viz.plan.texts import say

__all__ = ["MOST_BYTES", "MOST_YEARS", "PlanError", "baseline_of", "from_toml", "prepared", "slug", "to_toml"]

MOST_BYTES = 100_000
"""A scenario file is a few kilobytes."""
MOST_YEARS = 15
"""Longer runs would keep a room waiting; the command line allows more."""
_DATES = ("start", "end", "date")


class PlanError(ValueError):
    """A plan or an uploaded file cannot be used.

    Attributes:
        faults: what must be mended, one line each, by language.
    """

    def __init__(self, faults: Mapping[Language, tuple[str, ...]]) -> None:
        super().__init__(faults["en"][0])
        self.faults = dict(faults)

    @classmethod
    def of(cls, key: str, **values: object) -> PlanError:
        """The text ``key`` as a fault."""
        return cls({"nl": (say(key, "nl", **values),), "en": (say(key, "en", **values),)})


def slug(name: str) -> str:
    """A scenario's id from what the room calls its plan."""
    words = re.findall(r"[a-z0-9]+", name.lower())
    while len(words) > 1 and len("-".join(words)) > 40:
        words.pop()
    return "-".join(words)[:40] or "plan"


def baseline_of(region: str) -> str:
    """Name of a region's baseline: the shipped scenario that is called as the region.

    Raises:
        PlanError: there is none.
    """
    if scenario_file(region) is None:
        raise PlanError.of("no_baseline", region=region)
    return region


# out


def to_toml(plan: Plan, id: str | None = None) -> str:
    """The plan as a scenario file: only what differs from its base and from the declared defaults."""
    document = tomlkit.document()
    document.add("id", tomlkit.item(id if id is not None else slug(plan.name)))
    document.add("extends", tomlkit.item(plan.base))
    document.add("years", tomlkit.item(plan.years))
    label = tomlkit.table()
    label.add("nl", plan.name or "Eigen plan")
    label.add("en", plan.name or "Own plan")
    document.add("label", label)
    if plan.parameters:
        values = tomlkit.table()
        for name, value in plan.parameters.items():
            values[name] = value  # the name holds dots and is written in quotes
        document.add("parameters", values)
    for sort in ("interventions", "events"):
        if tables := getattr(plan, sort):
            whole = tomlkit.table(is_super_table=True)
            for name, table in tables.items():
                whole.add(name, _table(name, table))
            document.add(sort, whole)
    return tomlkit.dumps(document)


def _table(name: str, values: Mapping[str, Any]) -> Any:
    defaults = declared()[str(values.get("kind", name))].model.model_fields
    table = tomlkit.table()
    for key, value in values.items():
        if key == "kind" or key not in defaults or defaults[key].default != value:
            table.add(key, tomlkit.item(date.fromisoformat(value) if key in _DATES else value))
    return table


# in


def prepared(plan: Plan, *, seed: int = 1, share: float = 1.0) -> Prepared:
    """The plan ready to run, named after what it assumes: the same plan is the same run, whatever the room calls it.

    Raises:
        PlanError: it cannot be run; says what must be mended.
    """
    if plan.is_baseline:
        return prepare(plan.base, seed=seed, share=share, years=plan.years)
    found = _prepared(to_toml(plan, "plan"), "plan", seed, share)
    name = f"plan-{found.scenario_hash[:8]}"
    scenario = found.scenario.model_copy(update={"id": name})
    return replace(found, name=name, scenario=scenario, scenario_data=scenario.model_dump(mode="json"))


def _prepared(text: str, id: str, seed: int = 1, share: float = 1.0) -> Prepared:
    with tempfile.TemporaryDirectory(prefix="deltaplan-") as folder:
        file = Path(folder) / f"{id}.toml"
        file.write_text(text, encoding="utf-8")
        try:
            return prepare(str(file), seed=seed, share=share)
        except INPUT_ERRORS:
            found = check_scenario(file, packaged(), load_parameters(), kinds())
            if not found.faults:
                raise
            raise PlanError({lang: tuple(one.text(lang) for one in found.faults) for lang in ("nl", "en")}) from None


def from_toml(content: bytes, lang: Language) -> tuple[Plan, Prepared]:
    """The plan in an uploaded scenario file.

    It may extend shipped scenarios only, by name, and runs at most ``MOST_YEARS``.

    Args:
        content: of the file.
        lang: language of the plan's name.

    Raises:
        PlanError: it cannot be used; says what must be mended.
    """
    if len(content) > MOST_BYTES:
        raise PlanError.of("too_large", most=MOST_BYTES // 1000)
    try:
        text = content.decode("utf-8")
        data = tomllib.loads(text)
    except UnicodeDecodeError:
        raise PlanError.of("not_text") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise PlanError.of("not_toml", why=str(error)[:200]) from None
    id, base, years = data.get("id"), data.get("extends"), data.get("years", 0)
    if not isinstance(id, str) or not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,79}", id):
        raise PlanError.of("bad_id")
    if not isinstance(base, str) or scenario_file(base) is None:
        raise PlanError.of("bad_base", known=", ".join(scenario_names()))
    if isinstance(years, int) and years > MOST_YEARS:
        raise PlanError.of("too_long", most=MOST_YEARS)
    found = _prepared(text, id)
    plan = plan_of(found, baseline_of(found.region.id), lang)
    if plan.years > MOST_YEARS:
        raise PlanError.of("too_long", most=MOST_YEARS)
    return replace(plan, name=plan.name[:80]), found
