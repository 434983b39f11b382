"""What the run of the country prints, in Dutch and English."""

from __future__ import annotations

from experiments.texts import Language, speaker

__all__ = ["TEXTS", "say"]

TEXTS: dict[str, dict[Language, str]] = {
    "starting": {
        "en": "The Netherlands: {regions} labour-market regions, {people} inhabitants, {years} years from {start}, "
        "seed {seed}, {share} of the inhabitants; processes: {jobs}",
        "nl": "Nederland: {regions} arbeidsmarktregio's, {people} inwoners, {years} jaar vanaf {start}, seed {seed}, "
        "{share} van de inwoners; processen: {jobs}",
    },
    "stopped": {
        "en": "Stopped. What is finished is kept in {folder}; the same command goes on from there.",
        "nl": "Gestopt. Wat klaar is, staat in {folder}; hetzelfde commando gaat daar verder.",
    },
    "title": {"en": "The Netherlands, {first} to {last}", "nl": "Nederland, {first} tot en met {last}"},
    "by_region": {"en": "By region, {first} and {last}", "nl": "Per regio, {first} en {last}"},
    "region": {"en": "region", "nl": "regio"},
    "people": {"en": "inhabitants", "nl": "inwoners"},
    "without": {"en": "without a GP, %", "nl": "zonder huisarts, %"},
    "full": {"en": "practices full, %", "nl": "praktijken vol, %"},
    "wait": {"en": "wait, working days", "nl": "wachttijd, werkdagen"},
    "fte": {"en": "FTE of GPs", "nl": "fte huisartsen"},
    "pool": {"en": "GPs who change regions", "nl": "Huisartsen die van regio wisselen"},
    "year": {"en": "year", "nl": "jaar"},
    "graduates_left": {"en": "graduates who leave", "nl": "opgeleiden die vertrekken"},
    "graduates_came": {"en": "graduates who come", "nl": "opgeleiden die komen"},
    "graduates_factor": {"en": "times inflow", "nl": "maal instroom"},
    "experienced_left": {"en": "others who leave", "nl": "anderen die vertrekken"},
    "experienced_came": {"en": "others who come", "nl": "anderen die komen"},
    "experienced_factor": {"en": "times inflow", "nl": "maal instroom"},
    "pool_read": {
        "en": "Persons a year. Times inflow: what the inflow of each region is multiplied by in that year. How many "
        "come for each one who leaves is not published; the first year says it, in which every region draws what it is "
        "fitted to, and from the third year on it is kept, with a year's lag.",
        "nl": "Personen per jaar. Maal instroom: waarmee de instroom van elke regio in dat jaar wordt vermenigvuldigd. "
        "Hoeveel er komen op elke vertrekker is niet gepubliceerd; het eerste jaar zegt het, waarin elke regio "
        "aantrekt waarop zij is geijkt, en vanaf het derde jaar blijft dat zo, met een jaar vertraging.",
    },
    "no_exchange": {
        "en": "Nothing was settled between regions (that begins in the third year, without --no-exchange): each draws "
        "on a rest of the country that stays as it is.",
        "nl": "Er is niets tussen regio's verrekend (dat begint in het derde jaar, zonder --no-exchange): elk put uit "
        "een rest van het land die blijft zoals hij is.",
    },
    "assumed": {
        "en": "One seed; outside the five regions with files of their own, practices and GPs follow national "
        "densities, and villages are put into municipalities by distance (docs/country.md).",
        "nl": "Een seed; buiten de vijf regio's met eigen bestanden volgen praktijken en huisartsen landelijke "
        "dichtheden, en zijn dorpen op afstand over gemeenten verdeeld (docs/country.md).",
    },
    "saved": {
        "en": "Saved in {folder}: country.csv, regions.csv, exchange.csv and a scenario of each region; one of them "
        "alone, the same to the bit: {command}",
        "nl": "Bewaard in {folder}: country.csv, regions.csv, exchange.csv en een scenario van elke regio; een ervan "
        "alleen, tot op de bit gelijk: {command}",
    },
}

say = speaker(TEXTS)
