"""What is said when a plan cannot be used, in English and Dutch."""

from __future__ import annotations

from typing import Any

from experiments.bilingual import BilingualError, Sentences

__all__ = ["PlanError", "RuleError", "said_of"]

PLAN: Sentences = {
    "at": ("{place}: {error}", "{place}: {error}"),
    "no_file": ("{file}: there is no such file", "{file}: dat bestand is er niet"),
    "unreadable": ("{file}: cannot be read ({error})", "{file}: kan niet gelezen worden ({error})"),
    "not_toml": ("{file}: not TOML: {error}", "{file}: geen TOML: {error}"),
    "many_runs": (
        "the plan has {total:,} runs, more than {most:,}",
        "het plan heeft {total:,} runs, meer dan {most:,}",
    ),
    "same_name": (
        "scenarios: two are called {name!r}; give one another id",
        "scenarios: twee heten {name!r}; geef er een een ander id",
    ),
    "sets_and_design": (
        "--sets: the plan has [parameters] with a [design]; give one of the two: a set is a draw as it is",
        "--sets: het plan heeft [parameters] met een [design]; geef een van beide: een set is een trekking op zich",
    ),
    "sets_of_regions": (
        "{place}: accepted sets are of one region, and the scenarios are of {regions}; make a plan for each",
        "{place}: aanvaarde sets horen bij één regio, en de scenario's zijn van {regions}; maak voor elk een plan",
    ),
    "twice": (
        "parameters: {name} is named twice, also by {pattern!r}",
        "parameters: {name} wordt twee keer genoemd, ook door {pattern!r}",
    ),
    "no_match": (
        "parameters: {pattern!r} matches no parameter that is one number with a range",
        "parameters: op {pattern!r} past geen parameter die een enkel getal met een bereik is",
    ),
    "none_has_interventions": (
        "parameters.{name}: none of the scenarios has the intervention {id!r}",
        "parameters.{name}: geen van de scenario's heeft de interventie {id!r}",
    ),
    "none_has_events": (
        "parameters.{name}: none of the scenarios has the event {id!r}",
        "parameters.{name}: geen van de scenario's heeft de gebeurtenis {id!r}",
    ),
    "no_range": (
        "parameters.{name} has no range: it is {value:g} ({unit})",
        "parameters.{name} heeft geen bereik: het is {value:g} ({eenheid})",
    ),
    "no_evidence": (
        "parameters.{name} has no range of evidence; give one within {least:g} to {most:g} ({unit}), such as "
        "{{low = {least:g}, high = {most:g}}}",
        "parameters.{name} heeft geen bereik uit onderzoek; geef er een binnen {least:g} tot {most:g} ({eenheid}), "
        "zoals {{low = {least:g}, high = {most:g}}}",
    ),
    "many_points": (
        "design: a full factorial of {parameters} parameters has {count:,} points, more than {most:,}; take fewer "
        "levels or another method",
        "design: een full factorial van {parameters} parameters heeft {count:,} punten, meer dan {most:,}; neem minder "
        "niveaus of een andere methode",
    ),
    "takes_no_values": (
        "parameters.{name}: the method {method!r} draws between low and high, it cannot take values",
        "parameters.{name}: de methode {method!r} trekt tussen low en high en neemt geen losse waarden",
    ),
    "no_salib": (
        "design.method: Morris and Saltelli need SALib; install deltaplan[analysis]",
        "design.method: Morris en Saltelli hebben SALib nodig; installeer deltaplan[analysis]",
    ),
    "shard": (
        "--shard {text}: write which part of how many, such as 3/10, from 1/10 to 10/10",
        "--shard {text}: schrijf welk deel van hoeveel, zoals 3/10, van 1/10 tot 10/10",
    ),
    "out": (
        "--out {out}: a store lies in a folder, given as a path or file:///path; for workers that do not reach it add "
        "--send-back",
        "--out {out}: een opslag ligt in een map, gegeven als pad of file:///pad; geef --send-back als werkers er niet "
        "bij kunnen",
    ),
    "slurm_pair": (
        "--slurm {pair!r}: write KEY=VALUE with a key of {known}{hint}",
        "--slurm {pair!r}: schrijf SLEUTEL=WAARDE met een sleutel uit {known}{hint}",
    ),
    "slurm_number": (
        "--slurm {key} must be a whole number from 1, not {value!r}",
        "--slurm {key} moet een geheel getal vanaf 1 zijn, niet {value!r}",
    ),
    "slurm_lacks": (
        "--slurm lacks {key}, that of one job, such as cores=16,memory=28GiB",
        "--slurm mist {key}, die van een enkele taak, zoals cores=16,memory=28GiB",
    ),
    "unknown_key": (
        "{place}: unknown key; did you mean {near!r}?",
        "{place}: onbekende sleutel; did you mean {near!r}?",
    ),
    "strange_key": ("{place}: unknown key; known are {known}", "{place}: onbekende sleutel; bekend zijn {known}"),
    "missing": ("{place}: missing", "{place}: ontbreekt"),
    "wrong": ("{place}: {error}, not {given!r}", "{place}: {error}, niet {given!r}"),
    "wrong_unit": (
        "{place}: {error}, not {given!r} ({unit[0]})",
        "{place}: {error}, niet {given!r} ({unit[1]})",
    ),
}

RULES: Sentences = {
    "both_ends": ("give low and high, or neither", "geef low en high, of geen van beide"),
    "range_or_values": ("give low and high, or values", "geef low en high, of waarden"),
    "order": ("low ({low:g}) must lie below high ({high:g})", "low ({low:g}) moet onder high ({high:g}) liggen"),
    "no_levels": ("the method {method!r} has no levels", "de methode {method!r} heeft geen niveaus (levels)"),
    "even": (
        "Morris takes an even number of levels, such as 4, not {levels}",
        "Morris neemt een even aantal niveaus (levels), zoals 4, niet {levels}",
    ),
    "needs_size": ("the method {method!r} needs a size", "de methode {method!r} heeft een size nodig"),
    "no_size": (
        "the method {method!r} has no size; it follows from parameters and levels",
        "de methode {method!r} heeft geen size; die volgt uit parameters en levels",
    ),
    "power_of_two": (
        "the size of {method!r} must be a power of 2, such as {near}",
        "de size van {method!r} moet een macht van 2 zijn, zoals {near}",
    ),
    "no_room": (
        "first_seed {first} leaves no room for {runs} seeds",
        "na first_seed {first} is geen plaats voor {runs} seeds",
    ),
    "scenario_twice": ("a scenario is named twice", "een scenario wordt twee keer genoemd"),
    "sets_or_design": (
        "give sets, or [parameters] with a [design], not both: a set is a draw as it is",
        "geef sets, of [parameters] met een [design], niet beide: een set is een trekking op zich",
    ),
    "no_design": (
        "parameters are given but no design; add a table [design] with a method",
        "er zijn parameters maar geen ontwerp; voeg een tabel [design] met een method toe",
    ),
    "no_parameters": (
        "the design {method!r} needs a table [parameters]",
        "het ontwerp {method!r} heeft een tabel [parameters] nodig",
    ),
}

TYPES: dict[str, str] = {
    "greater_than_equal": "moet minstens {ge} zijn",
    "less_than_equal": "moet hoogstens {le} zijn",
    "less_than": "moet kleiner dan {lt} zijn",
    "literal_error": "moet {expected} zijn",
    "finite_number": "moet een eindig getal zijn",
    "bool_type": "moet true of false zijn",
    "string_type": "moet tekst zijn",
    "string_too_short": "mag niet leeg zijn",
    "int_type": "moet een geheel getal zijn",
    "int_parsing": "moet een geheel getal zijn",
    "int_from_float": "moet een geheel getal zijn",
    "float_type": "moet een getal zijn",
    "float_parsing": "moet een getal zijn",
    "tuple_type": "moet een lijst zijn",
    "dict_type": "moet een tabel zijn",
    "model_type": "moet een tabel zijn",
    "too_short": "moet er minstens {min_length} hebben",
}
"""What pydantic finds wrong with a value in Dutch, by its type of error."""


class PlanError(BilingualError):
    """A plan is wrong; the message has one line a fault, each with the file, the place and what would be right."""

    SENTENCES = PLAN


class RuleError(BilingualError, ValueError):
    """A rule of a plan is broken; pydantic collects it with the place."""

    SENTENCES = RULES


def said_of(error: Any) -> BilingualError:
    """What is wrong, of one error of pydantic; of a type that ``TYPES`` lacks in English only."""
    context = error.get("ctx", {})
    if isinstance(context.get("error"), BilingualError):
        return context["error"]  # type: ignore[no-any-return]
    text = str(error["msg"]).removeprefix("Value error, ").replace("Input should be", "must be")
    dutch = TYPES.get(error["type"])
    if dutch is not None:
        words = {key: f"{value:g}" if isinstance(value, float) else str(value) for key, value in context.items()}
        dutch = dutch.format(**words).replace("' or '", "' of '")
    return BilingualError(text[:1].lower() + text[1:], dutch)
