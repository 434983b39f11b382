"""What is said when a store or a draw cannot be used, in English and Dutch."""

from __future__ import annotations

from experiments.bilingual import Sentences

__all__ = ["DRAW", "STORE"]

STORE: Sentences = {
    "other_kind": (
        "{path} is a store of {there}, not of {kind}; choose another folder with --out",
        "{path} is een opslag van {there}, niet van {kind}; kies een andere map met --out",
    ),
    "other_version": (
        "{path} was made by another version of the model or of numpy or numba, and runs of two versions do not go "
        "together; choose another folder with --out",
        "{path} is gemaakt door een andere versie van het model of van numpy of numba, en runs van twee versies gaan "
        "niet samen; kies een andere map met --out",
    ),
    "in_the_way": (
        "{path} exists and is no store; choose another folder with --out",
        "{path} bestaat en is geen opslag van runs; kies een andere map met --out",
    ),
    "no_store": (
        "{path} is no store of runs (store.json is missing)",
        "{path} is geen opslag van runs (store.json ontbreekt)",
    ),
    "damaged": ("{path}: store.json is damaged ({error})", "{path}: store.json is beschadigd ({error})"),
    "other_format": (
        "{path} is a store of format {there}; this version reads format {format}",
        "{path} is een opslag van formaat {there}; deze versie leest formaat {format}",
    ),
    "not_finished": ("{path} holds no finished run {key}", "{path} bevat geen voltooide run {key}"),
    "no_room": (
        "{path} cannot be written ({error}); what is finished is safe: make room and start again",
        "{path} kan niet geschreven worden ({error}); wat klaar is, is veilig: maak ruimte en begin opnieuw",
    ),
    "not_written": (
        "{path} cannot be written ({error}); choose another folder with --out",
        "{path} kan niet geschreven worden ({error}); kies een andere map met --out",
    ),
    "all_failed": ("every run failed; the first: {error}", "elke run is mislukt; de eerste: {error}"),
    "other_plan": (
        "{path} holds another plan: {lost} of its {before} runs are not in this one ({why}). A plan may be extended by "
        "scenarios, seeds, tables and points that leave the others as they are; for another plan choose another folder "
        "with --out",
        "{path} bevat een ander plan: {lost} van de {before} runs zitten niet in dit plan ({why}). Een plan mag worden "
        "uitgebreid met scenario's, seeds, tabellen en punten die de andere laten zoals ze zijn; kies voor een ander "
        "plan een andere map met --out",
    ),
    "plan_differs": ("different: {keys}", "anders: {keys}"),
    "scenario_differs": (
        "a scenario or its region has changed",
        "een scenario of de regio daarvan is veranderd",
    ),
    "out_of_reach": (
        "not every worker finds {path}; choose a folder that all of them share, or give --send-back",
        "niet elke werker vindt {path}; kies een map die ze allemaal delen, of geef --send-back",
    ),
}
"""Of stores."""

DRAW: Sentences = {
    "outside": (
        "{name} = {value:g} lies outside the range {least:g} to {most:g} ({unit})",
        "{name} = {value:g} ligt buiten het bereik {least:g} tot {most:g} ({eenheid})",
    ),
    "no_name": (
        "{name!r} is no name; write topic.key, topic.key[place] or interventions.id.setting",
        "{name!r} is geen naam; schrijf onderwerp.sleutel, onderwerp.sleutel[plaats] of interventions.id.instelling",
    ),
    "no_parameter": ("unknown parameter {name!r}{hint}", "onbekende parameter {name!r}{hint}"),
    "a_list": (
        "{name} is a list; name one place, such as {name}[{place}]",
        "{name} is een lijst; noem een plaats, zoals {name}[{place}]",
    ),
    "no_place": (
        "{name} has no place {place!r}{hint}; it has {places}",
        "{name} heeft geen plaats {place!r}{hint}; wel {places}",
    ),
    "no_places": (
        "{name} is one number and has no places; write {name}",
        "{name} is een enkel getal en heeft geen plaatsen; schrijf {name}",
    ),
    "no_setting_name": (
        "{name!r} is no name; write {table}.id.setting",
        "{name!r} is geen naam; schrijf {table}.id.instelling",
    ),
    "no_intervention": (
        "no intervention is called {id!r}{hint}",
        "geen interventie heet {id!r}{hint}",
    ),
    "no_event": ("no event is called {id!r}{hint}", "geen gebeurtenis heet {id!r}{hint}"),
    "no_number": (
        "{id} has no number {key!r}{hint}; it has {known}",
        "{id} heeft geen getal {key!r}{hint}; wel {known}",
    ),
}
"""Of draws."""
