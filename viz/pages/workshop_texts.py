"""Words of the workshop, in Dutch and English."""

from __future__ import annotations

from experiments.texts import Language, speaker

__all__ = ["TEXTS", "say"]

TEXTS: dict[str, dict[Language, str]] = {
    "title": {"en": "Deltaplan workshop", "nl": "Deltaplan-werksessie"},
    "intro": {
        "en": "First say what you expect, then look. What surprises you is worth talking about: is it the model, "
        "or the world?",
        "nl": "Zeg eerst wat u verwacht, en kijk dan. Wat u verrast is het gesprek waard: ligt het aan het model, "
        "of aan de wereld?",
    },
    "predict": {"en": "1. Predict", "nl": "1. Voorspel"},
    "predict_about": {
        "en": "What will the last year be like with the plan that is set in Explore?",
        "nl": "Hoe is het in het laatste jaar, met het plan dat bij Verkennen staat ingesteld?",
    },
    "now": {"en": "First year, baseline: {value} {unit}", "nl": "Eerste jaar, basispad: {value} {unit}"},
    "expected": {"en": "We expect ({unit})", "nl": "Wij verwachten ({unit})"},
    "give_number": {"en": "Give a number, such as 12.5.", "nl": "Geef een getal, zoals 12,5."},
    "fix": {"en": "Fix the expectation", "nl": "Leg de verwachting vast"},
    "forget": {"en": "Forget all expectations", "nl": "Vergeet alle verwachtingen"},
    "reveal_title": {"en": "2. Run and reveal", "nl": "2. Reken door en onthul"},
    "nothing_expected": {
        "en": "Nothing is expected yet, so nothing is hidden.",
        "nl": "Er is nog niets voorspeld, dus er is niets verborgen.",
    },
    "reveal": {"en": "Reveal", "nl": "Onthul"},
    "hide": {"en": "Hide again", "nl": "Verberg weer"},
    "you": {"en": "The room", "nl": "De zaal"},
    "model": {"en": "The model", "nl": "Het model"},
    "change": {"en": "Against the baseline", "nl": "Tegenover het basispad"},
    "judgement": {"en": "Judgement", "nl": "Oordeel"},
    "load": {"en": "Load a plan", "nl": "Laad een plan"},
    "script": {"en": "For who leads it", "nl": "Voor wie de werksessie leidt"},
    "step_1": {
        "en": "Show the baseline in Explore: where are people without a GP, and what becomes of it if nothing is done?",
        "nl": "Laat bij Verkennen het basispad zien: waar zijn mensen zonder huisarts, en wat wordt dat als er "
        "niets gebeurt?",
    },
    "step_2": {
        "en": "Let each group set one plan, and say what it is to do, before anything is run.",
        "nl": "Laat elke groep een plan instellen en zeggen wat het moet doen, voordat er iets wordt doorgerekend.",
    },
    "step_3": {
        "en": "Fix what each group expects of one or two figures here; results stay covered.",
        "nl": "Leg hier vast wat elke groep van een of twee cijfers verwacht; de uitkomsten blijven bedekt.",
    },
    "step_4": {
        "en": "Run, wait for the whole region, and reveal. Is the difference larger than the noise?",
        "nl": "Reken door, wacht op de hele regio, en onthul. Is het verschil groter dan het toeval?",
    },
    "step_5": {
        "en": "Look at Why?: which step does the group not believe? See which assumption it rests on, and change it.",
        "nl": "Kijk bij Waarom?: welke stap gelooft de groep niet? Zoek de aanname erachter, en verander die.",
    },
    "step_6": {
        "en": "Put the groups' plans side by side in Compare, agree on one, and take its file and report home.",
        "nl": "Zet de plannen van de groepen naast elkaar bij Vergelijken, kies er een, en neem bestand en rapport "
        "mee.",
    },
    "notes": {"en": "Notes (stay in this window)", "nl": "Aantekeningen (blijven in dit venster)"},
    "large": {"en": "Large type for the projector", "nl": "Grote letters voor de projector"},
}

say = speaker(TEXTS)
"""Says the texts above."""
