"""Words of the shell, in Dutch and English."""

from __future__ import annotations

from experiments.texts import Language, speaker

__all__ = ["TEXTS", "say"]

TEXTS: dict[str, dict[Language, str]] = {
    "title": {"en": "Primary care in", "nl": "Huisartsenzorg in"},
    "name": {"en": "Deltaplan explorer", "nl": "Deltaplan-verkenner"},
    "skip": {"en": "To the content", "nl": "Naar de inhoud"},
    "settings": {"en": "Display", "nl": "Weergave"},
    "language": {"en": "Language", "nl": "Taal"},
    "dutch": {"en": "Nederlands", "nl": "Nederlands"},
    "english": {"en": "English", "nl": "English"},
    "dark": {"en": "Dark", "nl": "Donker"},
    "large": {"en": "Large type", "nl": "Grote letters"},
    "pages": {"en": "Pages", "nl": "Pagina's"},
    "notice": {
        "en": "Synthetic people and practices: an exploration, not a forecast.",
        "nl": "Synthetische mensen en praktijken: een verkenning, geen voorspelling.",
    },
    "explore": {"en": "Explore", "nl": "Verkennen"},
    "compare": {"en": "Compare", "nl": "Vergelijken"},
    "why": {"en": "Why?", "nl": "Waarom?"},
    "assumptions": {"en": "Assumptions", "nl": "Aannames"},
    "workshop": {"en": "Workshop", "nl": "Werksessie"},
    "watch": {"en": "Watch", "nl": "Meekijken"},
    "lost": {
        "en": "The connection with the view was lost. Nothing that you do now has an effect.",
        "nl": "De verbinding met de verkenner is verbroken. Wat u nu doet heeft geen gevolg.",
    },
    "fault": {
        "en": "Something went wrong here (number {id}). The number leads to what happened in the log of who runs this "
        "view.",
        "nl": "Hier ging iets mis (nummer {id}). Met dat nummer is in het logboek te vinden wat er gebeurde.",
    },
    "again": {"en": "Try again", "nl": "Opnieuw proberen"},
}

say = speaker(TEXTS)
"""Says the texts above."""
