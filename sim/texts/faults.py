"""Faults in the user's files, each said in one line in English or Dutch: where, what is wrong, what would be right.

A fault is raised with the key of a sentence below and the values that fill it. ``str(fault)`` is English;
``fault.text("nl")`` the same in Dutch.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any, Literal

from sim.texts.new_region import NEW_REGION

__all__ = ["SENTENCES", "FaultError", "Language", "nearest", "show"]

Language = Literal["en", "nl"]

SENTENCES: dict[str, tuple[str, str]] = {
    # files and tables
    "no_file": (
        "the file is missing from the folder; add it{hint}",
        "het bestand ontbreekt in de map; voeg het toe{hint}",
    ),
    "empty_file": (
        "the file is empty; the first row must name the columns {expected}",
        "het bestand is leeg; de eerste regel moet de kolommen {expected} noemen",
    ),
    "no_rows": (
        "there are columns but no rows; add at least one row below the header",
        "er zijn kolommen maar geen regels; zet minstens een regel onder de kop",
    ),
    "not_utf8": (
        "byte {value} is not UTF-8 text; save the file again with encoding UTF-8",
        "byte {value} is geen UTF-8-tekst; bewaar het bestand opnieuw met codering UTF-8",
    ),
    "bad_csv": (
        "not readable as CSV ({value}); close every quotation mark and save as CSV with commas",
        "niet leesbaar als CSV ({value}); sluit elk aanhalingsteken en bewaar als CSV met komma's",
    ),
    "semicolons": (
        "the columns are separated by {value}; save the file as CSV with commas",
        "de kolommen zijn gescheiden door {value}; bewaar het bestand als CSV met komma's",
    ),
    "column_missing": (
        "column {value} is missing; add it (required: {expected})",
        "kolom {value} ontbreekt; voeg die toe (verplicht: {expected})",
    ),
    "column_unknown": (
        "unknown column {value}{hint}; allowed are {expected}",
        "onbekende kolom {value}{hint}; toegestaan zijn {expected}",
    ),
    "column_twice": (
        "column {value} occurs twice in the header; remove or rename one of the two",
        "kolom {value} staat twee keer in de kop; verwijder of hernoem er een",
    ),
    "cell_count": (
        "the row has {value} values but the header has {expected} columns; check the commas and quotation marks",
        "de regel heeft {value} waarden maar de kop heeft {expected} kolommen; controleer komma's en aanhalingstekens",
    ),
    "cell_empty": (
        "{column} is empty; fill it in",
        "{column} is leeg; vul het in",
    ),
    "not_number": (
        "{column} is {value}, not a number; write it like {expected}",
        "{column} is {value}, geen getal; schrijf het als {expected}",
    ),
    "not_choice": (
        "{column} is {value}{hint}; write one of {expected}",
        "{column} is {value}{hint}; schrijf een van {expected}",
    ),
    "out_of_range": (
        "{column} is {value}; it must lie between {low} and {high}",
        "{column} is {value}; het moet tussen {low} en {high} liggen",
    ),
    "swapped": (
        "lat {lat} and lon {lon} look swapped; in the Netherlands lat is about 50.7 to 53.6 and lon about 3.3 to 7.3",
        "lat {lat} en lon {lon} lijken verwisseld; in Nederland is lat ongeveer 50,7 tot 53,6 en lon "
        "ongeveer 3,3 tot 7,3",
    ),
    "range_order": (
        "{column} is {value} but its range is {low} to {high}; the value must lie within its range",
        "{column} is {value} maar het bereik is {low} tot {high}; de waarde moet binnen het bereik liggen",
    ),
    "duplicate": (
        "{column} {value} already stands in row {first}; remove or rename one of the two",
        "{column} {value} staat al in regel {first}; verwijder of hernoem er een",
    ),
    # region
    "unknown_municipality": (
        "municipality {value} is not in municipalities.csv{hint}; correct the name or add the municipality there",
        "gemeente {value} staat niet in municipalities.csv{hint}; verbeter de naam of voeg de gemeente daar toe",
    ),
    "no_places": (
        "municipality {value} has no place in places.csv; add at least one place with its {expected} inhabitants",
        "gemeente {value} heeft geen plaats in places.csv; voeg minstens een plaats toe met de {expected} inwoners",
    ),
    "places_sum": (
        "the places of {value} have {found} inhabitants together but municipalities.csv says {expected}; "
        "correct one of the two (difference {difference})",
        "de plaatsen van {value} hebben samen {found} inwoners maar municipalities.csv zegt {expected}; "
        "verbeter een van de twee (verschil {difference})",
    ),
    "ages_sum": (
        "the age fractions pop_0_14 to pop_85p of {value} add up to {found}; they must add up to 1 (within 0.005)",
        "de leeftijdsfracties pop_0_14 tot pop_85p van {value} tellen op tot {found}; ze moeten optellen tot 1 "
        "(binnen 0,005)",
    ),
    "far_place": (
        "{value} lies {found} km from the nearest other place of {municipality}; more than {expected} km is not "
        "believed, check lat and lon",
        "{value} ligt {found} km van de dichtstbijzijnde andere plaats van {municipality}; meer dan {expected} km "
        "wordt niet geloofd, controleer lat en lon",
    ),
    "far_municipality": (
        "{value} lies {found} km from the nearest place of another municipality; more than {expected} km is not "
        "believed within one region, check lat and lon",
        "{value} ligt {found} km van de dichtstbijzijnde plaats van een andere gemeente; meer dan {expected} km wordt "
        "binnen een regio niet geloofd, controleer lat en lon",
    ),
    "same_spot": (
        "{value} has the same coordinates as {other} in row {first}; move one of the two or merge them",
        "{value} heeft dezelfde coordinaten als {other} in regel {first}; verplaats een van de twee of voeg ze samen",
    ),
    "far_post": (
        "{value} lies {found} km from the nearest place; more than {expected} km is not believed, check lat and lon",
        "{value} ligt {found} km van de dichtstbijzijnde plaats; meer dan {expected} km wordt niet geloofd, "
        "controleer lat en lon",
    ),
    "unknown_organisation": (
        "organisation {value} is not in region.toml{hint}; write one of {expected} or add [organisations.{bare}] there",
        "organisatie {value} staat niet in region.toml{hint}; schrijf een van {expected} of voeg daar "
        "[organisations.{bare}] toe",
    ),
    "idle_organisation": (
        "organisation {value} has no post in posts.csv; add its post there or remove [organisations.{bare}]",
        "organisatie {value} heeft geen post in posts.csv; voeg daar de post toe of verwijder [organisations.{bare}]",
    ),
    "no_open_post": (
        "every post is closed, {value} too; write no under closed for one that is open",
        "alle posten zijn gesloten, ook {value}; schrijf no onder closed voor een post die open is",
    ),
    "known_practices": (
        "the file has {found} practices up to here, region.toml has {expected}; correct one of the two",
        "het bestand heeft tot hier {found} praktijken, region.toml {expected}; verbeter een van beide",
    ),
    "age_band": (
        "age {value} is not a five-year band; expected {expected} here",
        "leeftijd {value} is geen vijfjaarsklasse; hier wordt {expected} verwacht",
    ),
    "ages_open": (
        "the last age is {value}; the last row must be open-ended and start at 85 or later, such as 95+",
        "de laatste leeftijd is {value}; de laatste regel moet open zijn en bij 85 of later beginnen, zoals 95+",
    ),
    "ages_total": (
        "the persons add up to {found} but municipalities.csv has {expected} inhabitants; more than 5 % apart, "
        "check that both describe the same region",
        "de personen tellen op tot {found} maar municipalities.csv heeft {expected} inwoners; meer dan 5 % verschil, "
        "controleer of beide dezelfde regio beschrijven",
    ),
    "ages_shape": (
        "the share aged {value} is {found} but municipalities.csv gives {expected}; more than 0.03 apart, "
        "check both age tables",
        "het aandeel van leeftijd {value} is {found} maar municipalities.csv geeft {expected}; meer dan 0,03 verschil, "
        "controleer beide leeftijdstabellen",
    ),
    "unknown_place": (
        "place {value} is not in places.csv{hint}; correct the name (municipality/place if the name occurs twice)",
        "plaats {value} staat niet in places.csv{hint}; verbeter de naam (gemeente/plaats als de naam twee keer "
        "voorkomt)",
    ),
    "ambiguous_place": (
        "place {value} occurs in several municipalities; write one of {expected}",
        "plaats {value} komt in meerdere gemeenten voor; schrijf een van {expected}",
    ),
    "self_link": (
        "the link joins {value} to itself; name two different places",
        "de verbinding loopt van {value} naar zichzelf; noem twee verschillende plaatsen",
    ),
    "no_such_link": (
        "{value} and {other} are not neighbours in the network, so there is no link to remove; delete this row",
        "{value} en {other} zijn geen buren in het netwerk, dus er is geen verbinding om te verwijderen; "
        "haal deze regel weg",
    ),
    "link_needs": (
        "a link of kind {value} needs {column}; fill it in",
        "een verbinding van soort {value} heeft {column} nodig; vul het in",
    ),
    "disconnected": (
        "the network falls apart: {value} cannot be reached from {other}; add a link between the two parts "
        "to links.csv",
        "het netwerk valt uiteen: {value} is niet bereikbaar vanuit {other}; voeg een verbinding tussen de twee delen "
        "toe aan links.csv",
    ),
    "unknown_area": (
        "area {value} is neither national nor a municipality{hint}; correct the name",
        "gebied {value} is geen gemeente en niet national{hint}; verbeter de naam",
    ),
    "id_folder": (
        "id is {value} but the folder is called {expected}; make them equal",
        "id is {value} maar de map heet {expected}; maak ze gelijk",
    ),
    "source_unknown_file": (
        "file {value} is not a file of this region{hint}; write one of {expected}",
        "bestand {value} is geen bestand van deze regio{hint}; schrijf een van {expected}",
    ),
    "source_missing": (
        "no [[sources]] entry names {value}; add one with file, year, grade and text",
        "geen [[sources]] noemt {value}; voeg er een toe met file, year, grade en text",
    ),
    # TOML and keys
    "bad_toml": (
        "not readable as TOML: {value}; correct it there",
        "niet leesbaar als TOML: {value}; verbeter het daar",
    ),
    "key_missing": (
        "the key is missing; add it",
        "de sleutel ontbreekt; voeg die toe",
    ),
    "key_unknown": (
        "unknown key{hint}; allowed are {expected}",
        "onbekende sleutel{hint}; toegestaan zijn {expected}",
    ),
    "key_type": (
        "{value} is not {expected}; write {expected}",
        "{value} is niet {expected}; schrijf {expected}",
    ),
    "key_choice": (
        "{value} is not allowed{hint}; write one of {expected}",
        "{value} is niet toegestaan{hint}; schrijf een van {expected}",
    ),
    "key_range": (
        "{value} is out of range; write a value {expected}",
        "{value} valt buiten het bereik; schrijf een waarde {expected}",
    ),
    "key_other": (
        "{value} is not valid: {expected}",
        "{value} is niet geldig: {expected}",
    ),
    # scenario
    "unknown_scenario": (
        "there is no scenario {value}{hint}; choose one of: {expected}",
        "er is geen scenario {value}{hint}; kies een van: {expected}",
    ),
    "unknown_base": (
        "the base {value} does not exist{hint}; choose one of: {expected}",
        "de basis {value} bestaat niet{hint}; kies een van: {expected}",
    ),
    "extends_cycle": (
        "the chain of bases runs in a circle ({value}); remove one of these extends",
        "de keten van bases loopt rond ({value}); verwijder een van deze extends",
    ),
    "unknown_region": (
        "there is no region {value}{hint}; choose one of: {expected}",
        "er is geen regio {value}{hint}; kies een van: {expected}",
    ),
    "id_file": (
        "id is {value} but the file is called {expected}.toml; make them equal",
        "id is {value} maar het bestand heet {expected}.toml; maak ze gelijk",
    ),
    "start_fixed": (
        "{value} cannot be simulated: the region describes {expected}; write start = {expected}",
        "{value} kan niet worden gesimuleerd: de regio beschrijft {expected}; schrijf start = {expected}",
    ),
    "unknown_parameter": (
        "unknown parameter{hint}; `deltaplan evidence` lists all names",
        "onbekende parameter{hint}; `deltaplan evidence` noemt alle namen",
    ),
    "parameter_shape": (
        "{value} has the wrong shape; the parameter takes {expected}",
        "{value} heeft de verkeerde vorm; de parameter is {expected}",
    ),
    "parameter_range": (
        "{value} lies outside the range; write a value between {low} and {high} ({unit})",
        "{value} ligt buiten het bereik; schrijf een waarde tussen {low} en {high} ({unit})",
    ),
    "unknown_intervention": (
        "unknown intervention {value}{hint}; choose one of: {expected}",
        "onbekende interventie {value}{hint}; kies een van: {expected}",
    ),
    "unknown_event": (
        "unknown event {value}{hint}; choose one of: {expected}",
        "onbekende gebeurtenis {value}{hint}; kies een van: {expected}",
    ),
    "is_event": (
        "{value} is an event; write the table as [events.{bare}]",
        "{value} is een gebeurtenis; schrijf de tabel als [events.{bare}]",
    ),
    "is_intervention": (
        "{value} is an intervention; write the table as [interventions.{bare}]",
        "{value} is een interventie; schrijf de tabel als [interventions.{bare}]",
    ),
    "table_name": (
        "{value} cannot be the name of a table; use small letters, digits, - and _",
        "{value} kan geen naam van een tabel zijn; gebruik kleine letters, cijfers, - en _",
    ),
    "id_twice": (
        "the name {value} stands for {other} already; give this table another name",
        "de naam {value} staat al voor {other}; geef deze tabel een andere naam",
    ),
    "nothing_to_remove": (
        "there is no {value} in the base to remove; delete this table",
        "er is in de basis geen {value} om te verwijderen; haal deze tabel weg",
    ),
    "setting_range": (
        "{value} lies outside the bounds; write a value between {low} and {high} ({unit})",
        "{value} ligt buiten de grenzen; schrijf een waarde tussen {low} en {high} ({unit})",
    ),
    "date_outside": (
        "{value} lies outside the period; write a date from {low} to {high}",
        "{value} ligt buiten de periode; schrijf een datum van {low} tot en met {high}",
    ),
    "date_order": (
        "{value} does not come after the start ({expected}); write a later month",
        "{value} komt niet na het begin ({expected}); schrijf een latere maand",
    ),
    "date_month": (
        "{value} is not the first of a month; it takes effect on {expected}",
        "{value} is niet de eerste van een maand; het gaat in op {expected}",
    ),
    "idle_start": (
        "{value} is read only while the region is made, so what this does to it has no effect",
        "{value} wordt alleen gelezen bij het maken van de regio; wat dit eraan verandert heeft geen effect",
    ),
    "idle_local": (
        "{value} is read for the region as a whole, so what this does to it in a part of the region has no effect",
        "{value} wordt voor de regio als geheel gelezen; wat dit er in een deel van de regio aan verandert heeft geen "
        "effect",
    ),
    "cannot_act": (
        "{value} cannot act in region {region}: {why}; remove this table",
        "{value} kan in regio {region} niet werken: {why}; haal deze tabel weg",
    ),
    "no_such_municipality": (
        "region {region} has no municipality {value}{hint}; choose one of: {expected}",
        "regio {region} heeft geen gemeente {value}{hint}; kies een van: {expected}",
    ),
    "no_such_post": (
        "region {region} has no out-of-hours post {value}{hint}; choose one of: {expected}",
        "regio {region} heeft geen huisartsenpost {value}{hint}; kies een van: {expected}",
    ),
    "no_such_place": (
        "region {region} has no place {value}{hint}; take the name from places.csv",
        "regio {region} heeft geen plaats {value}{hint}; neem de naam uit places.csv",
    ),
    "no_such_practice": (
        "region {region} has no practice {value}; its practices have numbers from 0 to {expected}",
        "regio {region} heeft geen praktijk {value}; de praktijken hebben nummers van 0 tot en met {expected}",
    ),
    **NEW_REGION,
}

_DUTCH = {"row": "regel", "did you mean": "bedoelde u"}

_EXPECTED = {
    "a whole number": "een geheel getal",
    "a number": "een getal",
    "text between quotation marks": "tekst tussen aanhalingstekens",
    "true or false": "true of false",
    "a date such as 2025-01-01": "een datum zoals 2025-01-01",
    "a list in square brackets": "een lijst tussen vierkante haken",
    "a table of keys": "een tabel met sleutels",
    "one number": "een getal",
    "a list of ": "een lijst van ",
    " numbers": " getallen",
    "of at least ": "van minstens ",
    "above ": "boven ",
    "of at most ": "van hoogstens ",
    "below ": "onder ",
}
"""Words of ``expected`` in Dutch."""


def show(value: object, length: int = 60) -> str:
    """A value as it stands in the file, quoted, on one line and cut to `length` characters."""
    text = " ".join(repr(value).split())
    return text if len(text) <= length else text[: length - 3] + "..."


def nearest(name: object, known: Iterable[str]) -> str:
    """``" (did you mean 'x'?)"`` when a known name resembles `name`, else an empty string."""
    near = difflib.get_close_matches(str(name).lower(), {k.lower(): k for k in known}, n=1)
    if not near:
        return ""
    found = next(k for k in known if k.lower() == near[0])
    return f" (did you mean {found!r}?)"


class FaultError(ValueError):
    """One fault in one file.

    Attributes:
        key: key of the sentence in ``SENTENCES``.
        file: name of the file.
        place: row number (the header is row 1) or TOML key, or None when the whole file is meant.
        values: what the sentence's holes hold; a pair is a text in English and in Dutch.
    """

    def __init__(self, key: str, file: str, place: int | str | None = None, **values: Any) -> None:
        self.key, self.file, self.place, self.values = key, file, place, values
        super().__init__(self.text("en"))

    def text(self, language: Language = "en") -> str:
        """The whole message on one line."""
        values = {"hint": "", **self.values}
        for name, value in values.items():
            if isinstance(value, tuple):  # the same in both languages
                values[name] = value[0 if language == "en" else 1]
        if language == "nl" and self.key in {"key_type", "key_range", "parameter_shape"}:
            expected = str(values["expected"])
            for english, dutch in _EXPECTED.items():
                expected = expected.replace(english, dutch)
            values["expected"] = expected
        sentence = SENTENCES[self.key][0 if language == "en" else 1].format(**values)
        if language == "nl":
            sentence = sentence.replace("did you mean", _DUTCH["did you mean"])
        where = self.file
        if isinstance(self.place, int):
            where += f", {'row' if language == 'en' else _DUTCH['row']} {self.place}"
        elif self.place:
            where += f", {self.place}"
        return " ".join(f"{where}: {sentence}".split())

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.key, self.file, self.place, self.values)


def _rebuild(
    kind: type[FaultError], key: str, file: str, place: int | str | None, values: dict[str, Any]
) -> FaultError:
    return kind(key, file, place, **values)
