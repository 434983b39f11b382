"""What is said of plans and uploaded files, in Dutch and English."""

from __future__ import annotations

from experiments.texts import Language, speaker

__all__ = ["TEXTS", "say"]

TEXTS: dict[str, dict[Language, str]] = {
    "too_large": {
        "en": "The file is larger than {most} kB; a scenario file is a few kB.",
        "nl": "Het bestand is groter dan {most} kB; een scenariobestand is enkele kB.",
    },
    "not_text": {
        "en": "The file is no UTF-8 text; choose a scenario file (.toml).",
        "nl": "Het bestand is geen UTF-8-tekst; kies een scenariobestand (.toml).",
    },
    "not_toml": {
        "en": "The file cannot be read as TOML: {why}",
        "nl": "Het bestand is niet te lezen als TOML: {why}",
    },
    "bad_id": {
        "en": "id is missing or wrong; use small letters, digits, - and _",
        "nl": "id ontbreekt of is onjuist; gebruik kleine letters, cijfers, - en _",
    },
    "bad_base": {
        "en": "extends must name a scenario that comes with the model: {known}",
        "nl": "extends moet een scenario noemen dat bij het model hoort: {known}",
    },
    "too_long": {
        "en": "years is too large; on the screen at most {most}",
        "nl": "years is te groot; op het scherm hooguit {most}",
    },
    "no_baseline": {
        "en": "The region {region} has no baseline scenario.",
        "nl": "De regio {region} heeft geen basisscenario.",
    },
}

say = speaker(TEXTS)
"""Says the texts above."""
