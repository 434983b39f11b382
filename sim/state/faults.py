"""What can be wrong with a state, each said in one line in English or Dutch."""

from __future__ import annotations

from typing import Any

from sim.texts.faults import Language

__all__ = ["SENTENCES", "StateError"]

SENTENCES: dict[str, tuple[str, str]] = {
    # saving
    "not_first": (
        "a state is saved on the first of a month, before its decisions; {date} is none, take {near}",
        "een stand wordt bewaard op de eerste van een maand, voor de besluiten ervan; {date} is dat niet, neem {near}",
    ),
    "outside": (
        "{date} does not lie within the run; a state is saved from {first} up to {last}",
        "{date} ligt niet in de run; een stand wordt bewaard van {first} tot en met {last}",
    ),
    "cannot_hold": (
        "cannot be saved: the model holds {what}; only types of sim and those in sim/state/allowed.py can",
        "kan niet worden bewaard: het model bevat {what}; alleen typen van sim en die in sim/state/allowed.py kunnen",
    ),
    "taken": (
        "exists already{what}; choose another folder, or replace a state of the same run with --force",
        "bestaat al{what}; kies een andere map, of vervang een stand van dezelfde run met --force",
    ),
    # reading
    "no_state": (
        "is no state ({what}); give a folder made by `deltaplan run --save-at`",
        "is geen stand ({what}); geef een map die `deltaplan run --save-at` heeft gemaakt",
    ),
    "damaged": (
        "is damaged: {what}; save the state again",
        "is beschadigd: {what}; bewaar de stand opnieuw",
    ),
    "other_format": (
        "has format {there}, this version reads format {here}; save the state again",
        "heeft formaat {there}, deze versie leest formaat {here}; bewaar de stand opnieuw",
    ),
    "other_code": (
        "was saved by another version of the model ({what} {there}, here {here}); save the state again",
        "is bewaard door een andere versie van het model ({what} {there}, hier {here}); bewaar de stand opnieuw",
    ),
    "foreign": (
        "names {what}, which a state may not hold; nothing was read from it",
        "noemt {what}, wat een stand niet mag bevatten; er is niets uit gelezen",
    ),
    # going on
    "other_world": (
        "holds {what} {there}, not {here}; a state goes on in its own world only",
        "bevat {what} {there}, niet {here}; een stand gaat alleen verder in zijn eigen wereld",
    ),
    "other_past": (
        "is of {date}, but the scenario differs before: {what} is {after}, was {before}, {since}; {mend}",
        "is van {date}, maar het scenario verschilt daarvoor: {what} is {after}, was {before}, {since}; {mend}",
    ),
    "ended": (
        "is of {date}, and the scenario ends on {last}; give it more years",
        "is van {date}, en het scenario eindigt op {last}; geef het meer jaren",
    ),
}

SINCE = ("which acts from the start of the run", "wat vanaf het begin van de run werkt")
SINCE_DATE = ("which acts from {date}", "wat vanaf {date} werkt")
MEND_PARAMETER = (
    "to change a figure from a date on, use an intervention or event that acts on it",
    "om een getal vanaf een datum te veranderen, gebruik een interventie of gebeurtenis die erop werkt",
)
MEND_DATE = (
    "let it begin on {date} or later, or take an earlier state",
    "laat het beginnen op {date} of later, of neem een eerdere stand",
)
MEND_RUN = ("run the scenario from its start", "draai het scenario vanaf het begin")


class StateError(Exception):
    """A state cannot be saved, read or gone on with; the message is one line that says where, what and the mend."""

    def __init__(self, key: str, where: object, **values: Any) -> None:
        """Fault ``key`` of a sentence; a value that is a pair of texts is English and Dutch."""
        self.key, self.where, self.values = key, str(where), values
        super().__init__(self.text("en"))

    def text(self, language: Language = "en") -> str:
        """The whole message."""
        k = 0 if language == "en" else 1
        values = {name: value[k] if isinstance(value, tuple) else value for name, value in self.values.items()}
        return " ".join(f"{self.where} {SENTENCES[self.key][k].format(**values)}".split())

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (self.key, self.where, self.values)


def _rebuild(key: str, where: str, values: dict[str, Any]) -> StateError:
    return StateError(key, where, **values)
