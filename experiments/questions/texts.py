"""What the questions print, in Dutch and English."""

from __future__ import annotations

from experiments.texts import Language

__all__ = ["say"]

TEXTS: dict[str, dict[Language, str]] = {
    # common
    "compiling": {
        "en": "Compiling the model: once, up to two minutes; the next run starts at once.",
        "nl": "Het model wordt gecompileerd: eenmalig, hooguit twee minuten; een volgende keer start het meteen.",
    },
    "stopped": {
        "en": "Stopped. What is finished is in {folder}; the same command goes on from there.",
        "nl": "Gestopt. Wat klaar is staat in {folder}; dezelfde opdracht gaat vandaar verder.",
    },
    # sensitivity
    "sensitivity_starting": {
        "en": "{scenario}: {factors} assumptions vary{groups} over the ranges of their evidence; {points} points x "
        "{seeds} seeds = {runs} runs of {years} years with {share} of the inhabitants; processes: {jobs}",
        "nl": "{scenario}: {factors} aannames variëren{groups} over de marges van hun onderbouwing; {points} punten x "
        "{seeds} seeds = {runs} runs van {years} jaar met {share} van de inwoners; processen: {jobs}",
    },
    "in_groups": {"en": ", in {groups} groups by topic,", "nl": ", in {groups} groepen naar onderwerp,"},
    "group": {"en": "{name} ({count} assumptions)", "nl": "{name} ({count} aannames)"},
    "sensitivity_title": {
        "en": "{indicator} ({unit}), {scenario} in {year}: what it hangs on",
        "nl": "{indicator} ({unit}), {scenario} in {year}: waar het van afhangt",
    },
    "sensitivity_spread": {
        "en": "Over all points: median {middle}, 90 % between {low} and {high}.",
        "nl": "Over alle punten: mediaan {middle}, 90 % tussen {low} en {high}.",
    },
    "head_factor": {"en": "assumption", "nl": "aanname"},
    "head_effect": {"en": "effect of its range", "nl": "effect van de marge"},
    "head_interval": {"en": "95 %", "nl": "95 %"},
    "head_direction": {"en": "direction", "nl": "richting"},
    "head_depends": {"en": "hangs on others", "nl": "hangt van andere af"},
    "head_chance": {"en": "chance alone", "nl": "alleen toeval"},
    "head_range": {"en": "range", "nl": "marge"},
    "head_first": {"en": "alone", "nl": "alleen"},
    "head_total": {"en": "with others", "nl": "met andere"},
    "head_pawn": {"en": "any influence", "nl": "enige invloed"},
    "sensitivity_more": {
        "en": "{more} more with smaller effects are in the CSV file.",
        "nl": "Nog {more} met kleinere effecten staan in het CSV-bestand.",
    },
    "morris_read": {
        "en": "Effect: mean change of the outcome, up or down, when an assumption goes through its whole range. {told} "
        "of {factors} are told apart from chance (their interval lies above what chance alone gives).",
        "nl": "Effect: gemiddelde verandering van de uitkomst, op of neer, als een aanname haar hele marge doorloopt. "
        "{told} van {factors} zijn van toeval te onderscheiden (het interval ligt boven wat toeval alleen geeft).",
    },
    "morris_one_seed": {
        "en": "Effect: mean change of the outcome, up or down, when an assumption goes through its whole range. One "
        "seed: what chance alone gives is not known; use --seeds 2 or more.",
        "nl": "Effect: gemiddelde verandering van de uitkomst, op of neer, als een aanname haar hele marge doorloopt. "
        "Eén seed: wat toeval alleen geeft is niet bekend; gebruik --seeds 2 of meer.",
    },
    "morris_groups": {
        "en": 'Look into a topic with --parameters "{first}.*".',
        "nl": 'Bekijk een onderwerp nader met --parameters "{first}.*".',
    },
    "sobol_read": {
        "en": "Shares of the variance of the outcome over these ranges: by an assumption alone, and with its part in "
        "what it does together with others. {rest} of it comes from assumptions together.",
        "nl": "Aandelen van de variantie van de uitkomst over deze marges: van een aanname alleen, en met haar deel in "
        "wat zij samen met andere doet. {rest} ervan komt van aannames samen.",
    },
    "given_read": {
        "en": "Alone: share of the variance of the outcome. Any influence: how far fixing it moves the outcome's "
        "distribution (0 to 1); an assumption without any gets {chance} by chance, {told} of {factors} get more.",
        "nl": "Alleen: aandeel van de variantie van de uitkomst. Enige invloed: hoe ver vastzetten de verdeling van de "
        "uitkomst verschuift (0 tot 1); een aanname zonder invloed krijgt door toeval {chance}, {told} van {factors} "
        "krijgen meer.",
    },
    "sensitivity_saved": {
        "en": "Saved in {folder}: sensitivity.csv, a chart for each indicator (SVG), and the runs "
        "(`deltaplan sql {folder}`).",
        "nl": "Opgeslagen in {folder}: sensitivity.csv, per indicator een grafiek (SVG), en de runs "
        "(`deltaplan sql {folder}`).",
    },
    "chart_morris": {
        "en": "{scenario} in {year}: mean change over the range of each assumption (Morris); share {share}, seeds {seeds}",
        "nl": "{scenario} in {year}: gemiddelde verandering over de marge van elke aanname (Morris); deel {share}, "
        "seeds {seeds}",
    },
    "chart_sobol": {
        "en": "{scenario} in {year}: share of the variance with interactions (Sobol); share {share}, seeds {seeds}",
        "nl": "{scenario} in {year}: aandeel van de variantie met interacties (Sobol); deel {share}, seeds {seeds}",
    },
    "chart_given": {
        "en": "{scenario} in {year}: distance that fixing it moves the outcome (PAWN); share {share}, seeds {seeds}",
        "nl": "{scenario} in {year}: hoe ver vastzetten de uitkomst verschuift (PAWN); deel {share}, seeds {seeds}",
    },
    "chart_note_morris": {
        "en": "Line: 95 % interval. Dashed: what chance alone gives. Assumptions (grade C) are no findings.",
        "nl": "Lijn: 95 %-interval. Gestreept: wat toeval alleen geeft. Aannames (graad C) zijn geen bevindingen.",
    },
    "chart_note_sobol": {
        "en": "Line: 95 % interval. Assumptions (grade C) are no findings.",
        "nl": "Lijn: 95 %-interval. Aannames (graad C) zijn geen bevindingen.",
    },
    "chart_note_given": {
        "en": "Dashed: what an assumption without any influence gets by chance.",
        "nl": "Gestreept: wat een aanname zonder invloed door toeval krijgt.",
    },
    "raises": {"en": "a higher value raises it", "nl": "een hogere waarde verhoogt het"},
    "lowers": {"en": "a higher value lowers it", "nl": "een hogere waarde verlaagt het"},
}


def say(key: str, lang: Language, **values: object) -> str:
    """The text ``key`` in one language, filled in."""
    return TEXTS[key][lang].format(**values)
