"""Words of tiles, tables and the diagram of causes, in Dutch and English."""

from __future__ import annotations

from experiments.texts import Language, speaker

__all__ = ["TEXTS", "say"]

TEXTS: dict[str, dict[Language, str]] = {
    "baseline": {"en": "baseline", "nl": "basispad"},
    "verdict_better": {"en": "better", "nl": "gunstiger"},
    "verdict_worse": {"en": "worse", "nl": "ongunstiger"},
    "verdict_different": {"en": "different", "nl": "anders"},
    "verdict_noise": {"en": "no clear difference", "nl": "geen duidelijk verschil"},
    "verdict_same": {"en": "the same", "nl": "hetzelfde"},
    "verdict_unknown": {"en": "first impression", "nl": "eerste indruk"},
    "indicator": {"en": "Indicator", "nl": "Maat"},
    "unit": {"en": "Unit", "nl": "Eenheid"},
    "difference": {"en": "Difference", "nl": "Verschil"},
    "interval": {"en": "95 % interval", "nl": "95%-interval"},
    "chance": {"en": "Chance better", "nl": "Kans op beter"},
    "judgement": {"en": "Judgement", "nl": "Oordeel"},
    "amount": {"en": "Amount", "nl": "Bedrag of aantal"},
    "stage": {"en": "Stage", "nl": "Stap"},
    "group": {"en": "Group", "nl": "Groep"},
    "by_municipality": {"en": "by municipality", "nl": "naar gemeente"},
    "by_age": {"en": "by age", "nl": "naar leeftijd"},
    "by_deprivation": {"en": "by deprivation", "nl": "naar achterstand"},
    "cost_total": {"en": "Cost of the plan over the period", "nl": "Kosten van het plan over de periode"},
    "cost_extra": {
        "en": "Per extra person with a GP, a year",
        "nl": "Per extra persoon met een huisarts, per jaar",
    },
    "cost_people": {"en": "More people with a GP than in the baseline", "nl": "Meer mensen met een huisarts"},
    "cost_care": {"en": "Change in what insurers pay for GP care", "nl": "Verschil in wat verzekeraars betalen"},
    "not_surely": {"en": "no sure gain", "nl": "geen zekere winst"},
    "euro": {"en": "{n} euro", "nl": "{n} euro"},
    "people": {"en": "{n} people", "nl": "{n} mensen"},
    # the diagram of causes
    "stage_measures": {"en": "What is changed", "nl": "Wat er verandert"},
    "stage_demand": {"en": "What people ask", "nl": "Wat mensen vragen"},
    "stage_work": {"en": "Work and room", "nl": "Werk en ruimte"},
    "stage_access": {"en": "Access", "nl": "Toegang"},
    "stage_elsewhere": {"en": "What the day passes on", "nl": "Wat de dag doorschuift"},
    "stage_gps": {"en": "GPs", "nl": "Huisartsen"},
    "stage_practices": {"en": "Practices and lists", "nl": "Praktijken en lijsten"},
    "why_title": {
        "en": "From the plan to its outcomes: the last year, against the baseline",
        "nl": "Van plan naar uitkomst: het laatste jaar, vergeleken met het basispad",
    },
    "why_none": {"en": "nothing: this is the baseline", "nl": "niets: dit is het basispad"},
}

say = speaker(TEXTS)
"""Says the texts above."""
