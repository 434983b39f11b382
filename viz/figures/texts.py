"""Words on charts, maps and levers, in Dutch and English."""

from __future__ import annotations

from experiments.texts import Language, speaker

__all__ = ["TEXTS", "say"]

TEXTS: dict[str, dict[Language, str]] = {
    "practices": {"en": "Practices", "nl": "Praktijken"},
    "practice": {"en": "Practice {number} in {place}", "nl": "Praktijk {number} in {place}"},
    "posts": {"en": "Out-of-hours posts", "nl": "Huisartsenposten"},
    "post": {"en": "Out-of-hours post", "nl": "Huisartsenpost"},
    "spot_list": {"en": "{n} people on its list", "nl": "{n} ingeschrevenen"},
    "spot_load": {"en": "Load {n} (1 = exactly full)", "nl": "Belasting {n} (1 = precies vol)"},
    "spot_wait": {
        "en": "Third next available appointment: {n} working days",
        "nl": "Derde vrije afspraak: over {n} werkdagen",
    },
    "list_open": {"en": "Open for registration", "nl": "Open voor inschrijving"},
    "list_conditional": {"en": "Open for some only", "nl": "Beperkt open voor inschrijving"},
    "list_closed": {"en": "List closed", "nl": "Patiëntenstop"},
    "list_unknown": {"en": "-", "nl": "-"},
    "town_people": {"en": "{n} inhabitants", "nl": "{n} inwoners"},
    "town_without": {"en": "{n} without a GP ({share} %)", "nl": "{n} zonder huisarts ({share} %)"},
    "map_who": {"en": "Municipality or practice", "nl": "Gemeente of praktijk"},
    "map_people": {"en": "Inhabitants or list", "nl": "Inwoners of ingeschrevenen"},
    "map_without": {"en": "Without a GP, or load", "nl": "Zonder huisarts, of belasting"},
    "map_list": {"en": "List", "nl": "Inschrijving"},
    "group_interventions": {"en": "Measures", "nl": "Maatregelen"},
    "group_events": {"en": "Setbacks and events", "nl": "Tegenslag en gebeurtenissen"},
    "more_settings": {"en": "All settings", "nl": "Alle instellingen"},
    "delay": {
        "en": "All who take part do so after {months} months.",
        "nl": "Na {months} maanden doet iedereen mee die meedoet.",
    },
    "grade": {"en": "Grade {grade}. {source}", "nl": "Graad {grade}. {source}"},
    "grade_c": {"en": "Grade C, an assumption. {source}", "nl": "Graad C, een aanname. {source}"},
    "month": {"en": "Month", "nl": "Maand"},
}

say = speaker(TEXTS)
"""Says the texts above."""
