"""What the ranking prints, in Dutch and English."""

from __future__ import annotations

from experiments.texts import Language, speaker

__all__ = ["TEXTS", "say"]

TEXTS: dict[str, dict[Language, str]] = {
    "starting": {
        "en": "{regions} regions x {seeds} seeds, {years} years, {share} of the inhabitants; processes: {jobs}",
        "nl": "{regions} regio's x {seeds} seeds, {years} jaar, {share} van de inwoners; processen: {jobs}",
    },
    "title": {
        "en": "Urgency of {regions} regions, {first} to {last}",
        "nl": "Urgentie van {regions} regio's, {first} tot en met {last}",
    },
    "rank": {"en": "rank", "nl": "plaats"},
    "region": {"en": "region", "nl": "regio"},
    "index": {"en": "index", "nl": "index"},
    "by_chance": {"en": "by chance", "nl": "door toeval"},
    "first": {"en": "first", "nl": "eerste"},
    "by_weights": {"en": "other weights", "nl": "andere gewichten"},
    "tier": {"en": "2020-2021", "nl": "2020-2021"},
    "tier_1": {"en": "first four", "nl": "eerste vier"},
    "tier_2": {"en": "next five", "nl": "volgende vijf"},
    "tier_3": {"en": "not chosen", "nl": "niet gekozen"},
    "read": {
        "en": "Index: 0 is the mean of these regions, higher is more urgent; it says nothing of regions that are not "
        "here. By chance: 90 % of the ranks over other worlds of the same assumptions. First: chance of being the most "
        "urgent. Other weights: 90 % of the ranks if nobody knows the weights. 2020-2021: when the national support "
        "programme chose the region, on the labour-market study of 2018, its update, and what regions did and wished.",
        "nl": "Index: 0 is het gemiddelde van deze regio's, hoger is urgenter; hij zegt niets over regio's die er niet "
        "bij zijn. Door toeval: 90 % van de plaatsen in andere werelden met dezelfde aannames. Eerste: kans de meest "
        "urgente te zijn. Andere gewichten: 90 % van de plaatsen als niemand de gewichten kent. 2020-2021: wanneer het "
        "landelijke steunprogramma de regio koos, op grond van het arbeidsmarktonderzoek van 2018, de actualisatie, en "
        "wat regio's deden en wensten.",
    },
    "one_seed": {
        "en": "One seed: chance is not known; use --seeds 2 or more.",
        "nl": "Eén seed: het toeval is onbekend; gebruik --seeds 2 of meer.",
    },
    "part_seed": {
        "en": "Only {share} of the inhabitants was simulated: levels can be far off.",
        "nl": "Slechts {share} van de inwoners is gesimuleerd: niveaus kunnen er ver naast zitten.",
    },
    "components": {"en": "What the index is made of", "nl": "Waar de index uit bestaat"},
    "component": {"en": "component", "nl": "onderdeel"},
    "weight": {"en": "weight", "nl": "gewicht"},
    "when_now": {"en": "{name}, {first}", "nl": "{name}, {first}"},
    "when_end": {"en": "{name}, {last}", "nl": "{name}, {last}"},
    "when_change": {"en": "{name}, change {first} to {last}", "nl": "{name}, verandering {first} tot {last}"},
    "assumed": {
        "en": "The components and weights are an assumption (--weight changes them): the programme published none.",
        "nl": "De onderdelen en gewichten zijn een aanname (--weight verandert ze): het programma publiceerde er geen.",
    },
    "why": {"en": "Why", "nl": "Waarom"},
    "place": {"en": "{rank}. {region}: {parts}.", "nl": "{rank}. {region}: {parts}."},
    "part": {"en": "{name} {value} against {mean} ({add})", "nl": "{name} {value} tegenover {mean} ({add})"},
    "up": {"en": "raised most by {parts}", "nl": "het meest verhoogd door {parts}"},
    "down": {"en": "lowered most by {parts}", "nl": "het meest verlaagd door {parts}"},
    "level": {"en": "all regions are equal", "nl": "alle regio's zijn gelijk"},
    "differs": {"en": "Where the order is not that of 2020-2021", "nl": "Waar de volgorde niet die van 2020-2021 is"},
    "higher": {
        "en": "{region} ({tier}) stands above {others}, chosen earlier: {parts}",
        "nl": "{region} ({tier}) staat boven {others}, eerder gekozen: {parts}",
    },
    "not_sure": {
        "en": "their ranks overlap by chance, so this is no difference",
        "nl": "hun plaatsen overlappen door toeval, dus dit is geen verschil",
    },
    "agrees": {
        "en": "Nowhere: no region stands above one that was chosen earlier.",
        "nl": "Nergens: geen regio staat boven een die eerder gekozen is.",
    },
    "basis": {
        "en": "The programme looked ahead from 2018, asked practices what they expected, and weighed what a region did "
        "and wished; the model looks at worlds that begin in {start} from published staff and lists.",
        "nl": "Het programma keek vooruit vanaf 2018, vroeg praktijken wat ze verwachtten, en woog wat een regio deed "
        "en wenste; het model kijkt naar werelden die in {start} beginnen met gepubliceerde bezetting en lijsten.",
    },
    "support": {
        "en": "Support in the {count} most urgent regions",
        "nl": "Ondersteuning in de {count} meest urgente regio's",
    },
    "support_line": {
        "en": "{region}: people without a GP in {last} {base} -> {with_it}, difference {difference} ({low} to {high})",
        "nl": "{region}: mensen zonder huisarts in {last} {base} -> {with_it}, verschil {difference} ({low} tot "
        "{high})",
    },
    "support_nothing": {
        "en": "{region}: nothing changes: the support finds nothing to do in these worlds.",
        "nl": "{region}: er verandert niets: de ondersteuning vindt in deze werelden niets te doen.",
    },
    "support_total": {
        "en": "Together: {difference} people without a GP ({low} to {high}), for {cost} euro a year.",
        "nl": "Samen: {difference} mensen zonder huisarts ({low} tot {high}), voor {cost} euro per jaar.",
    },
    "support_noise": {
        "en": "Noise: the interval holds no effect at all too.",
        "nl": "Ruis: ook geen enkel effect valt binnen het interval.",
    },
    "support_about": {
        "en": "What the support team does is an assumption (`deltaplan intervention regional_support`).",
        "nl": "Wat het steunteam doet is een aanname (`deltaplan intervention regional_support`).",
    },
    "and_more": {"en": "{labels} and {more} more", "nl": "{labels} en nog {more}"},
    "saved": {"en": "Order and components: {folder}", "nl": "Volgorde en onderdelen: {folder}"},
}


say = speaker(TEXTS)
