"""What the command line prints during and after a run, in Dutch and English."""

from __future__ import annotations

from typing import Literal

__all__ = ["Language", "number", "say"]

Language = Literal["nl", "en"]

TEXTS: dict[str, dict[Language, str]] = {
    "fixed_gps": {
        "en": "GPs stay as they are in this version: later years show growing demand meeting fixed supply.",
        "nl": "Huisartsen blijven in deze versie zoals ze zijn: latere jaren tonen groeiende vraag bij gelijk aanbod.",
    },
    "starting": {
        "en": "{scenario}: {people} inhabitants of {region}, {years} years from {start}, seed {seed}, {mode} capacity",
        "nl": "{scenario}: {people} inwoners van {region}, {years} jaar vanaf {start}, seed {seed}, capaciteit {mode}",
    },
    "building": {"en": "Building the region and its people ...", "nl": "Regio en inwoners worden opgebouwd ..."},
    "compiling": {
        "en": "Compiling the model: once, up to a minute; the next run starts at once.",
        "nl": "Het model wordt gecompileerd: eenmalig, hooguit een minuut; een volgende keer start het meteen.",
    },
    "interpreted": {
        "en": "No compiler for this run (numba is missing or switched off): expect it to be a hundred times slower.",
        "nl": "Zonder compiler (numba ontbreekt of staat uit): reken op honderd keer zo lang.",
    },
    "year": {
        "en": "{year} simulated, {percent} %, {left} left",
        "nl": "{year} gesimuleerd, {percent} %, nog {left}",
    },
    "left": {"en": "left", "nl": "te gaan"},
    "stopping": {
        "en": "Finishing this month; what is done will be saved. Ctrl-C again stops at once and saves nothing.",
        "nl": "Deze maand wordt afgemaakt en opgeslagen. Nog eens Ctrl-C stopt meteen, zonder opslaan.",
    },
    "interrupted": {"en": "Interrupted: results up to {date}.", "nl": "Onderbroken: resultaten tot en met {date}."},
    "saved": {
        "en": "Results: {folder}  ({seconds} s; again with: deltaplan show {folder})",
        "nl": "Resultaten: {folder}  ({seconds} s; opnieuw te zien met: deltaplan show {folder})",
    },
    "title": {
        "en": "{scenario}, seed {seed}: {region}, up to {date}",
        "nl": "{scenario}, seed {seed}: {region}, tot en met {date}",
    },
    "no_year": {
        "en": "No full year was simulated, so there are no yearly indicators.",
        "nl": "Er is geen heel jaar gesimuleerd, dus er zijn geen jaarcijfers.",
    },
    "indicator": {"en": "indicator", "nl": "indicator"},
    "unit": {"en": "unit", "nl": "eenheid"},
    "first": {"en": "first year", "nl": "eerste jaar"},
    "last": {"en": "last year", "nl": "laatste jaar"},
    "published": {"en": "published", "nl": "gepubliceerd"},
    "in_range": {"en": "in range", "nl": "erbinnen"},
    "yes": {"en": "yes", "nl": "ja"},
    "no": {"en": "no", "nl": "nee"},
    "name": {"en": "name", "nl": "naam"},
    "better": {"en": "better", "nl": "beter"},
    "better_lower": {"en": "lower", "nl": "lager"},
    "better_higher": {"en": "higher", "nl": "hoger"},
    "better_none": {"en": "-", "nl": "-"},
    "groups": {"en": "by", "nl": "naar"},
    "by_municipality": {"en": "municipality", "nl": "gemeente"},
    "by_place": {"en": "place", "nl": "plaats"},
    "by_age": {"en": "age", "nl": "leeftijd"},
    "by_deprivation": {"en": "deprivation", "nl": "achterstand"},
    "by_practice": {"en": "practice", "nl": "praktijk"},
    "by_post": {"en": "post", "nl": "post"},
    "by_title": {"en": "{scenario} by {by}, {year}", "nl": "{scenario} naar {by}, {year}"},
    "age": {"en": "age", "nl": "leeftijd"},
    "simulated": {"en": "simulated", "nl": "gesimuleerd"},
    "year_of": {"en": "year", "nl": "jaar"},
    "grade": {"en": "grade", "nl": "graad"},
    "source": {"en": "source", "nl": "bron"},
    "too_low": {"en": "no, low", "nl": "nee, laag"},
    "too_high": {"en": "no, high", "nl": "nee, hoog"},
    "targets_title": {
        "en": "{scenario}, seed {seed}: {region} in {year} against what is published",
        "nl": "{scenario}, seed {seed}: {region} in {year} naast wat gepubliceerd is",
    },
    "headline_mark": {"en": "* headline target", "nl": "* hoofddoel"},
    "targets_marks": {
        "en": "° the model is given this figure, so that it fits says little. Grade: A read at its "
        "source, B well known, C derived or assumed.",
        "nl": "° het model krijgt dit cijfer mee, dus dat het klopt zegt weinig. Graad: A bij de bron "
        "gelezen, B algemeen bekend, C afgeleid of aangenomen.",
    },
    "targets_tally": {
        "en": "{inside} of {known} targets within their range; headline {headline} of {headlines} ({rule}); of those "
        "that the model is not given {free} of {frees}.",
        "nl": "{inside} van {known} doelen binnen hun marge; hoofddoelen {headline} van {headlines} ({rule}); van wat "
        "het model niet meekrijgt {free} van {frees}.",
    },
    "targets_missing": {
        "en": "{missing} could not be worked out from this run.",
        "nl": "{missing} konden uit deze run niet worden berekend.",
    },
    "rule_met": {"en": "three quarters: met", "nl": "driekwart: gehaald"},
    "rule_missed": {"en": "three quarters: not met", "nl": "driekwart: niet gehaald"},
    "page_made": {
        "en": "Made by `deltaplan targets` from scenario {scenario}, seed {seed} (run {run}), not to be changed by "
        "hand. The targets and their ranges (`sim/indicators/targets.toml`) were listed before the model was fitted.",
        "nl": "Gemaakt door `deltaplan targets` uit scenario {scenario}, seed {seed} (run {run}); niet met de hand te "
        "wijzigen. De doelen en marges (`sim/indicators/targets.toml`) stonden vast voordat het model werd geijkt.",
    },
    "page_outside": {"en": "What does not fit", "nl": "Wat niet klopt"},
    "page_none": {"en": "Everything fits.", "nl": "Alles klopt."},
    "page_miss": {
        "en": "{name}: {simulated} against {low} - {high} ({unit}).",
        "nl": "{name}: {simulated} tegen {low} - {high} ({unit}).",
    },
    "page_headline": {"en": "Headline targets", "nl": "Hoofddoelen"},
    "page_other": {"en": "Other targets", "nl": "Andere doelen"},
    "written": {"en": "Written: {file}", "nl": "Geschreven: {file}"},
    "scenario": {"en": "scenario", "nl": "scenario"},
    "region": {"en": "region", "nl": "regio"},
    "region_line": {
        "en": "{label}: {municipalities} municipalities, {people} inhabitants",
        "nl": "{label}: {municipalities} gemeenten, {people} inwoners",
    },
    "tally": {
        "en": "{inside} of {known} first-year values lie in their published range.",
        "nl": "{inside} van {known} waarden van het eerste jaar liggen binnen wat gepubliceerd is.",
    },
}


def say(key: str, lang: Language, **values: object) -> str:
    """The text ``key`` in one language, filled in."""
    return TEXTS[key][lang].format(**values)


def number(value: float | None, lang: Language) -> str:
    """A number to about three digits with thousands and decimals as the language writes them; ``-`` for none."""
    if value is None or value != value:
        return "-"
    size = abs(value)
    decimals = 0 if size >= 100 or value == int(value) else 1 if size >= 10 else 2 if size >= 0.1 else 4
    text = f"{value:,.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,")) if lang == "nl" else text
