"""The words of the event log in Dutch and English."""

from __future__ import annotations

from experiments.texts import Language

__all__ = ["CAUSES", "KINDS", "cause_text", "event_text"]

KINDS: dict[str, dict[Language, str]] = {
    "list open": {"en": "list open ({value} people)", "nl": "open voor inschrijving ({value} mensen)"},
    "list conditional": {
        "en": "list open for some only ({value} people)",
        "nl": "beperkt open voor inschrijving ({value} mensen)",
    },
    "list closed": {"en": "list closed ({value} people)", "nl": "patiëntenstop ({value} mensen)"},
    "owner announces stop": {
        "en": "owner announces to stop in {value} months",
        "nl": "praktijkhouder kondigt aan te stoppen over {value} maanden",
    },
    "vacancy opens": {"en": "search for {value} FTE begins", "nl": "zoeken naar {value} fte begint"},
    "successor signs": {
        "en": "successor signs after {value} months of searching",
        "nl": "opvolger tekent na {value} maanden zoeken",
    },
    "practice handed over": {"en": "successor begins as owner", "nl": "opvolger begint als praktijkhouder"},
    "search fails": {
        "en": "search given up after {value} months",
        "nl": "zoeken opgegeven na {value} maanden",
    },
    "temporary management begins": {"en": "temporary management begins", "nl": "tijdelijk beheer begint"},
    "temporary management ends": {"en": "temporary management ends", "nl": "tijdelijk beheer eindigt"},
    "practice closes": {"en": "practice closes ({value} people)", "nl": "praktijk sluit ({value} mensen)"},
    "practice merges": {
        "en": "practice merges into practice {other} ({value} people)",
        "nl": "praktijk gaat op in praktijk {other} ({value} mensen)",
    },
    "practice opens": {
        "en": "practice opens, for {value} people in time",
        "nl": "praktijk opent, op den duur voor {value} mensen",
    },
    "people move to practice": {
        "en": "{value} people of practice {practice} go to practice {other}",
        "nl": "{value} mensen van praktijk {practice} gaan naar praktijk {other}",
    },
    "GP arrives": {"en": "GP comes to the region ({value} FTE)", "nl": "huisarts komt naar de regio ({value} fte)"},
    "GP leaves": {"en": "GP leaves", "nl": "huisarts gaat weg"},
    "GP leaves due to strain": {
        "en": "would not have left without strain",
        "nl": "was zonder overbelasting niet weggegaan",
    },
    "GP falls ill": {"en": "GP ill for {value} months", "nl": "huisarts {value} maanden ziek"},
    "GP comes back": {"en": "GP back at work", "nl": "huisarts weer aan het werk"},
    "GP reduces hours": {"en": "GP works {value} FTE less", "nl": "huisarts werkt {value} fte minder"},
    "GP adds hours": {"en": "GP works {value} FTE more", "nl": "huisarts werkt {value} fte meer"},
    "role changes": {"en": "GP changes role", "nl": "huisarts wisselt van functie"},
    "trainee begins": {"en": "trainee begins", "nl": "huisarts in opleiding begint"},
    "trainee drops out": {"en": "trainee drops out", "nl": "huisarts in opleiding stopt"},
    "trainee graduates": {"en": "trainee graduates", "nl": "huisarts in opleiding studeert af"},
    "premises ready": {"en": "premises ready: {value}", "nl": "praktijkruimten klaar: {value}"},
    "chain takes people on": {
        "en": "commercial chain takes on {value} people without a GP",
        "nl": "commerciële keten neemt {value} mensen zonder huisarts aan",
    },
    "chain fails": {
        "en": "commercial chain fails ({value} people lose it)",
        "nl": "commerciële keten valt om ({value} mensen raken haar kwijt)",
    },
    "post closes": {"en": "out-of-hours post {value} closes", "nl": "huisartsenpost {value} sluit"},
    "post closes at night": {
        "en": "out-of-hours post {value} closes at night",
        "nl": "huisartsenpost {value} sluit 's nachts",
    },
    "post opens at night": {
        "en": "out-of-hours post {value} opens at night again",
        "nl": "huisartsenpost {value} opent 's nachts weer",
    },
    "post opens": {"en": "out-of-hours post {value} opens", "nl": "huisartsenpost {value} opent"},
    "post stays open": {
        "en": "out-of-hours post {value} stays open",
        "nl": "huisartsenpost {value} blijft open",
    },
    "new homes filled": {"en": "{value} people move into new homes", "nl": "{value} mensen betrekken nieuwe woningen"},
    "refugees arrive": {"en": "{value} refugees come to live here", "nl": "{value} vluchtelingen komen hier wonen"},
    "visitors come": {"en": "{value} visitors come", "nl": "{value} bezoekers komen"},
    "older people settle": {"en": "{value} older people settle", "nl": "{value} ouderen vestigen zich"},
    "visitors go": {"en": "{value} visitors go", "nl": "{value} bezoekers vertrekken"},
}
"""Text by kind of event. Holes: ``value``, ``practice`` that it happened to, ``other`` practice that takes part."""

_FROM_ELSEWHERE: dict[str, dict[Language, str]] = {
    "people move to practice": {
        "en": "{value} people come from practice {practice}",
        "nl": "{value} mensen komen van praktijk {practice}",
    },
    "practice merges": {
        "en": "practice {practice} merges into this one ({value} people)",
        "nl": "praktijk {practice} gaat op in deze ({value} mensen)",
    },
}
"""The same, told by the practice that takes part."""

CAUSES: dict[str, dict[Language, str]] = {
    "": {"en": "", "nl": ""},
    "retires": {"en": "retires", "nl": "pensioen"},
    "leaves the profession": {"en": "leaves the profession", "nl": "stopt met het vak"},
    "moves away": {"en": "moves away", "nl": "vertrekt naar elders"},
    "shock": {"en": "stress test", "nl": "stresstest"},
    "sudden loss": {"en": "sudden loss", "nl": "onverwacht weggevallen"},
    "announced": {"en": "announced stop", "nl": "aangekondigd stoppen"},
    "sudden": {"en": "sudden loss of the owner", "nl": "onverwacht wegvallen van de praktijkhouder"},
    "steps back": {"en": "owner steps back", "nl": "praktijkhouder treedt terug"},
    "second seat": {"en": "the seat becomes two", "nl": "de plek wordt er twee"},
    "at the start": {"en": "open since before the run", "nl": "open van voor de run"},
    "no successor": {"en": "no successor", "nl": "geen opvolger"},
    "chain fails": {"en": "its commercial chain fails", "nl": "de commerciële keten valt om"},
    "last post at night": {
        "en": "it is the last one of its organisation at night",
        "nl": "het is 's nachts de laatste van de organisatie",
    },
    "last post": {"en": "it is the last one", "nl": "het is de laatste"},
    "shell practice": {"en": "in a shell practice", "nl": "in een nulpraktijk"},
    "without a GP": {"en": "without a GP", "nl": "zonder huisarts"},
    "settles": {"en": "settles here", "nl": "vestigt zich hier"},
    "goes elsewhere": {"en": "goes elsewhere", "nl": "gaat elders werken"},
    "trainee": {"en": "trained here", "nl": "hier opgeleid"},
    "graduate": {"en": "newly trained elsewhere", "nl": "pas elders opgeleid"},
    "mover": {"en": "settled GP from elsewhere", "nl": "gevestigd huisarts van elders"},
    "locum": {"en": "locum from elsewhere", "nl": "waarnemer van elders"},
    "owner-to-be": {"en": "owner-to-be from elsewhere", "nl": "aanstaand praktijkhouder van elders"},
    "owner to employed": {"en": "owner to employed", "nl": "van praktijkhouder naar dienstverband"},
    "employed to locum": {"en": "employed to locum", "nl": "van dienstverband naar waarnemer"},
    "locum to employed": {"en": "locum to employed", "nl": "van waarnemer naar dienstverband"},
    "employed to owner": {"en": "employed to owner", "nl": "van dienstverband naar praktijkhouder"},
}
"""Text by cause; the words of the log where there is none (names of municipalities)."""


def event_text(kind: str, lang: Language, *, value: str, practice: int, other: int, arrives: bool = False) -> str:
    """What happened; the words of the log for a kind without a text.

    Args:
        kind: of the event.
        lang: language.
        value: its number as it is to be shown.
        practice: practice that it happened to.
        other: practice that takes part.
        arrives: tell it from the side of the practice that takes part.
    """
    texts = _FROM_ELSEWHERE.get(kind) if arrives else None
    texts = texts or KINDS.get(kind)
    return texts[lang].format(value=value, practice=practice, other=other) if texts else kind


def cause_text(cause: str, lang: Language) -> str:
    """Why it happened."""
    return CAUSES[cause][lang] if cause in CAUSES else cause
