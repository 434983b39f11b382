"""A scenario file to start from."""

from __future__ import annotations

import re
from pathlib import Path

from experiments.catalogue import packaged
from experiments.texts import Language
from experiments.units import unit_in
from sim.interventions.base import Setting
from sim.interventions.registry import interventions
from sim.scenario import find_scenario
from sim.scenario.schema import NAME

__all__ = ["NewScenarioError", "write_scenario"]


class NewScenarioError(ValueError):
    """The file cannot be written; the message is one line."""


_COMMENTS: dict[str, dict[Language, str]] = {
    "top": {
        "en": "Only what differs from the base is written here. Check it with: deltaplan check {name}.toml",
        "nl": "Hier staat alleen wat van de basis afwijkt. Controleer het met: deltaplan check {name}.toml",
    },
    "id": {"en": "equal to the file's name", "nl": "gelijk aan de naam van het bestand"},
    "years": {"en": "1 to 30", "nl": "1 tot en met 30"},
    "mode": {"en": "elastic, bounded or hard", "nl": "elastic, bounded of hard"},
    "label": {"en": "What people read", "nl": "Wat mensen lezen"},
    "parameters": {
        "en": "Other values of parameters; `deltaplan evidence` lists them with their range.",
        "nl": "Andere waarden van parameters; `deltaplan evidence` noemt ze met hun bereik.",
    },
    "interventions": {
        "en": "A table for each intervention; `deltaplan intervention` lists them, and {id} with all its keys is:\n"
        "# deltaplan intervention {id}",
        "nl": "Een tabel voor elke interventie; `deltaplan intervention` noemt ze, en {id} met alle sleutels is:\n"
        "# deltaplan intervention {id}",
    },
    "remove": {
        "en": "Of the base, something may be left out:",
        "nl": "Iets van de basis kan worden weggelaten:",
    },
}


def write_scenario(name: str, extends: str, folder: Path, lang: Language) -> Path:
    """Write ``name.toml`` into a folder.

    Raises:
        NewScenarioError: the name is none, or there is such a file.
        ScenarioError: the base does not exist.
    """
    name = name.removesuffix(".toml")
    if not re.fullmatch(NAME.strip("^$"), name):
        raise NewScenarioError(f"{name!r} cannot be a scenario's name; use small letters, digits, - and _")
    find_scenario(extends, packaged())
    file = folder / f"{name}.toml"
    try:
        with file.open("x", encoding="utf-8") as out:
            out.write(_text(name, extends, lang))
    except FileExistsError:
        raise NewScenarioError(f"{file.name} exists; choose another name or remove it first") from None
    except OSError as error:
        raise NewScenarioError(f"{file.name}: {error.strerror}") from None
    return file


def _text(name: str, extends: str, lang: Language) -> str:
    def say(key: str, **values: str) -> str:
        return _COMMENTS[key][lang].format(**values)

    example = next(iter(interventions().values()))
    keys = [
        f"# {one.key} = {one.default:g}  # {one.en if lang == 'en' else one.nl} "
        f"({one.low:g} - {one.high:g} {unit_in(one.unit, lang)})"
        for one in example.settings
        if isinstance(one, Setting)
    ]
    lines = [
        f"# {say('top', name=name)}",
        f'id = "{name}"  # {say("id")}',
        f'extends = "{extends}"',
        f"# years = 10  # {say('years')}",
        f'# capacity_mode = "bounded"  # {say("mode")}',
        "",
        f"# {say('label')}",
        "[label]",
        f'nl = "{name}"',
        f'en = "{name}"',
        "",
        f"# {say('parameters')}",
        "# [parameters.care]",
        "# no_show = 0.03",
        "",
        f"# {say('interventions', id=example.id)}",
        f"# [interventions.{example.id}]",
        "# start = 2026-01-01",
        f"# adoption_months = {example.adoption_months}",
        *keys,
        "",
        f"# {say('remove')}",
        f"# [interventions.{example.id}]",
        "# remove = true",
    ]
    return "\n".join(lines) + "\n"
