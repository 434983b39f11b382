"""Sentences of the faults in what a user gives for a new region, in English and Dutch; see `sim.texts.faults`."""

from __future__ import annotations

__all__ = ["NEW_REGION"]

NEW_REGION: dict[str, tuple[str, str]] = {
    "no_folder": (
        "there is no such folder; give one that holds at least places.csv",
        "deze map bestaat niet; geef een map met in elk geval places.csv",
    ),
    "stray_file": (
        "the file has an unknown name{hint}; known are {expected}",
        "het bestand heeft een onbekende naam{hint}; bekend zijn {expected}",
    ),
    "no_place_name": (
        "name {value} is empty; write names with a comma between them, such as Hulst,Axel",
        "naam {value} is leeg; schrijf namen met een komma ertussen, zoals Hulst,Axel",
    ),
    "all_or_none": (
        "{value} is empty; fill in all of {expected}, or none to take national figures",
        "{value} is leeg; vul {expected} allemaal in, of geen ervan voor landelijke cijfers",
    ),
    "post_nowhere": (
        "post {value} has neither a place nor lat and lon; fill in one of the two",
        "post {value} heeft geen place en geen lat en lon; vul een van beide in",
    ),
    "gps_part": (
        "gps is empty here and filled in in row {first}; fill it in everywhere or nowhere",
        "gps is hier leeg en in regel {first} ingevuld; vul het overal of nergens in",
    ),
    "gps_few": (
        "{value} GPs cannot run {expected} practices; each has at least one, so raise gps or lower practices",
        "{value} huisartsen is te weinig voor {expected} praktijken; elke heeft er minstens een, dus verhoog gps of "
        "verlaag practices",
    ),
    "bad_geojson": (
        "not a GeoJSON file with features that have properties; save the outlines again as GeoJSON",
        "geen GeoJSON-bestand met features die properties hebben; bewaar de grenzen opnieuw als GeoJSON",
    ),
    "no_outline": (
        "no feature is called {value}; add its outline or correct the name in its properties",
        "geen feature heet {value}; voeg de grens toe of verbeter de naam in de properties",
    ),
    "no_gazetteer": (
        "{value} has no {column}, and the library of places is not installed; fill it in, or install it with "
        "uv sync --extra places (pip: pip install '.[places]')",
        "{value} heeft geen {column}, en de plaatsenlijst is niet geïnstalleerd; vul het in, of installeer haar met "
        "uv sync --extra places (pip: pip install '.[places]')",
    ),
    "not_in_gazetteer": (
        "{value} is not among the places of 500 inhabitants and more{hint}; correct the name, or give lat, lon and "
        "population in places.csv",
        "{value} staat niet tussen de plaatsen met minstens 500 inwoners{hint}; verbeter de naam, of geef lat, lon en "
        "population in places.csv",
    ),
    "twice_in_gazetteer": (
        "there is a {value} in {expected}; name the province (column province, or {bare}/{first} after --places)",
        "er is een {value} in {expected}; noem de provincie (kolom province, of {bare}/{first} achter --places)",
    ),
    "twice_in_province": (
        "there is more than one {value} in {expected}; give lat, lon and population in places.csv",
        "er is meer dan een {value} in {expected}; geef lat, lon en population in places.csv",
    ),
    "no_inhabitants": (
        "the inhabitants of {value} are not known; fill in population",
        "het aantal inwoners van {value} is niet bekend; vul population in",
    ),
    "too_many_people": (
        "the places of {value} with a population have {found} inhabitants, which leaves none of its {expected} for "
        "{other}; correct one of them, or fill in population here",
        "de plaatsen van {value} met een population hebben {found} inwoners; van de {expected} blijft niets over voor "
        "{other}; verbeter een van beide, of vul hier population in",
    ),
    "region_exists": (
        "there is one already; choose another name or remove it first",
        "die is er al; kies een andere naam of verwijder haar eerst",
    ),
    "region_name": (
        "{value} cannot be the name of a region; use small letters, digits, - and _",
        "{value} kan geen naam van een regio zijn; gebruik kleine letters, cijfers, - en _",
    ),
}
