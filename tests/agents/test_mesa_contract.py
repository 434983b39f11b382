from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import mesa
import pytest
from mesa.agentset import _HardKeyAgentSet

import sim.agents
from sim.agents.mesa_bridge import contract

PRIVATE = {
    "_all_agents", "_agents_by_type", "_HardKeyAgentSet", "_has_subscribers", "_event_list", "_event_generators",
    "_new_agenttype_reporter", "_record_agenttype", "_record_agents", "_datasets", "_user_step", "_wrapped_step",
    "_do_step", "_advance_time", "_default_schedule", "_mesa_notify",
}  # fmt: skip
PRIVATE_BUT_COMMON = {"_agents", "_update", "_events", "_ids"}
"""Names that other code may well use for things of its own; looked for among the agents only."""


def test_installed_mesa_is_the_one_this_was_written_for() -> None:
    assert not contract(), "Mesa has changed: " + "; ".join(contract())


@pytest.mark.parametrize(
    ("owner", "name", "value", "sentence"),
    [
        (mesa, "__version__", "3.6.0", "Mesa 3.6.0 is installed, this code was written for 3.5.1"),
        (mesa.DataCollector, "_record_agenttype", lambda self, model: None, "DataCollector._record_agenttype is gone"),
        (mesa.Model, "agents", property(lambda self: []), "Model.agents no longer returns _all_agents"),
        (mesa.Model, "_has_subscribers", None, "Model._has_subscribers is gone"),
        (_HardKeyAgentSet, "_update", None, "_HardKeyAgentSet._update is gone"),
        (mesa.agentset.AgentSet, "shuffle_do", lambda self, method: None, "AgentSet.shuffle_do takes"),
        (mesa.time.Event, "_ids", 5, "Event._ids no longer numbers the events"),
        (mesa.Agent, "remove", None, "Agent.remove is gone"),
    ],
)
def test_a_change_in_mesa_is_told_in_words(
    monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, value: Any, sentence: str
) -> None:
    monkeypatch.setattr(owner, name, value)
    assert any(sentence in found for found in contract()), contract()


def test_private_names_of_mesa_stay_in_the_bridge() -> None:
    folder = Path(next(iter(sim.agents.__path__))).parent
    for file in sorted(folder.rglob("*.py")):
        if file.name == "mesa_bridge.py":
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        names |= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.alias)}
        looked_for = PRIVATE | PRIVATE_BUT_COMMON if file.parent.name == "agents" else PRIVATE
        assert not names & looked_for, f"{file.name} uses {names & looked_for}"
