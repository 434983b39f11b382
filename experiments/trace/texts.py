"""What the chain behind a number says, in Dutch and English."""

from __future__ import annotations

from experiments.texts import Language, speaker

__all__ = ["TEXTS", "say"]

TEXTS: dict[str, dict[Language, str]] = {
    "report": {"en": "Report", "nl": "Rapport"},
    "made": {
        "en": "{folder}, made on {finished} by `{command}`",
        "nl": "{folder}, gemaakt op {finished} met `{command}`",
    },
    "what": {
        "en": "{region}, {start}, {years} years, {share} of the inhabitants, {pairs} pairs, capacity {mode}",
        "nl": "{region}, {start}, {years} jaar, {share} van de inwoners, {pairs} paren, capaciteit {mode}",
    },
    "ask": {"en": "Numbers that can be traced: {known}.", "nl": "Getallen die gevolgd kunnen worden: {known}."},
    "number": {"en": "Number: {name} ({id}), {unit}", "nl": "Getal: {name} ({id}), {unit}"},
    "defined": {
        "en": "{definition} Source of the definition: {source}.",
        "nl": "{definition} Bron van de definitie: {source}.",
    },
    "window": {
        "en": "Mean over the pairs of {first} to {last}.",
        "nl": "Gemiddelde over de paren van {first} tot en met {last}.",
    },
    "one_year": {"en": "Mean over the pairs in {last}.", "nl": "Gemiddelde over de paren in {last}."},
    "told": {
        "en": "{base_name} {base}, {name} {arm}, difference {difference} ({low} to {high}), in words: {verdict}",
        "nl": "{base_name} {base}, {name} {arm}, verschil {difference} ({low} tot {high}), in woorden: {verdict}",
    },
    "again_same": {
        "en": "Worked out again from the runs below: the same.",
        "nl": "Opnieuw uitgerekend uit de runs hieronder: hetzelfde.",
    },
    "again_other": {
        "en": "Worked out again from the runs below: {difference}, NOT what the report says.",
        "nl": "Opnieuw uitgerekend uit de runs hieronder: {difference}, NIET wat het rapport zegt.",
    },
    "not_again": {"en": "Not worked out again: {why}.", "nl": "Niet opnieuw uitgerekend: {why}."},
    "no_store": {"en": "there are no runs in {folder}", "nl": "er staan geen runs in {folder}"},
    "runs_missing": {
        "en": "{missing} of {runs} runs are not in {folder}",
        "nl": "{missing} van {runs} runs staan niet in {folder}",
    },
    "pairs": {"en": "Pairs", "nl": "Paren"},
    "seed": {"en": "seed", "nl": "seed"},
    "difference": {"en": "difference", "nl": "verschil"},
    "runs": {"en": "Runs", "nl": "Runs"},
    "run": {"en": "run", "nl": "run"},
    "scenario": {"en": "scenario", "nl": "scenario"},
    "draw": {"en": "parameter set", "nl": "parameterset"},
    "file": {"en": "file", "nl": "bestand"},
    "not_there": {"en": "not there", "nl": "niet aanwezig"},
    "scenarios": {"en": "Scenarios", "nl": "Scenario's"},
    "arm": {"en": "{name} ({label}): {hash}, {file}", "nl": "{name} ({label}): {hash}, {file}"},
    "differs": {"en": "  not as in {base}: {paths}", "nl": "  anders dan in {base}: {paths}"},
    "region": {"en": "Region data: {hash}", "nl": "Regiogegevens: {hash}"},
    "code": {"en": "Code", "nl": "Code"},
    "code_is": {
        "en": "version {version}, commit {commit}, source {source}",
        "nl": "versie {version}, commit {commit}, bron {source}",
    },
    "code_same": {
        "en": "This installation computes the same: the command above makes the same numbers.",
        "nl": "Deze installatie rekent hetzelfde: het commando hierboven geeft dezelfde getallen.",
    },
    "code_other": {
        "en": "This installation is another version; to make the numbers again, take the one above.",
        "nl": "Deze installatie is een andere versie; neem de versie hierboven om de getallen opnieuw te maken.",
    },
    "parameters": {
        "en": "Parameters ({count}; grade A {a}, B {b}, C, assumed, {c})",
        "nl": "Parameters ({count}; graad A {a}, B {b}, C, aangenomen, {c})",
    },
    "only_assumed": {
        "en": "The report comes from another version, so only the assumed ones, which it holds itself, are listed.",
        "nl": "Het rapport komt van een andere versie, dus alleen de aangenomen, die het zelf bevat, staan hier.",
    },
    "drawn": {"en": "Parameter sets lie over these: {files}.", "nl": "Parametersets liggen hieroverheen: {files}."},
    "settings": {"en": "Settings of interventions and events", "nl": "Instellingen van interventies en gebeurtenissen"},
    "name": {"en": "name", "nl": "naam"},
    "value": {"en": "value", "nl": "waarde"},
    "range": {"en": "range", "nl": "marge"},
    "unit": {"en": "unit", "nl": "eenheid"},
    "grade": {"en": "grade", "nl": "graad"},
    "source": {"en": "source", "nl": "bron"},
}

say = speaker(TEXTS)
