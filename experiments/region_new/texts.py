"""What `deltaplan region new` prints, and what it writes into the region's files, in Dutch and English."""

from __future__ import annotations

from experiments.texts import Language, speaker

__all__ = ["FILLED", "say"]

FILLED: dict[str, dict[Language, str]] = {
    "positions": {
        "en": "position of places from GeoNames (CC BY 4.0): {count}",
        "nl": "ligging van plaatsen uit GeoNames (CC BY 4.0): {count}",
    },
    "municipalities": {
        "en": "no municipalities given: the places' own, or each place for itself: {count}",
        "nl": "geen gemeenten gegeven: die van de plaatsen, of elke plaats op zich: {count}",
    },
    "inhabitants": {
        "en": "inhabitants of places from GeoNames (often old), scaled to the municipality where that is given: "
        "{count}",
        "nl": "inwoners van plaatsen uit GeoNames (vaak oud), geschaald naar de gemeente waar die gegeven is: {count}",
    },
    "sums": {
        "en": "inhabitants of municipalities are the sum of their places: {count}",
        "nl": "inwoners van gemeenten zijn de som van hun plaatsen: {count}",
    },
    "town_ages": {
        "en": "municipalities with the ages of the Netherlands (CBS, 1 January 2025): {count}",
        "nl": "gemeenten met de leeftijden van Nederland (CBS, 1 januari 2025): {count}",
    },
    "deprived": {
        "en": "municipalities with the national share in deprived areas, 8.5 % (5.5 to 12): {count}",
        "nl": "gemeenten met het landelijke aandeel in achterstandsgebieden, 8,5 % (5,5 tot 12): {count}",
    },
    "without_gp": {
        "en": "municipalities with the national share without a GP, 0.67 % (0.25 to 1.1): {count}",
        "nl": "gemeenten met het landelijke aandeel zonder huisarts, 0,67 % (0,25 tot 1,1): {count}",
    },
    "ages": {
        "en": "five-year ages of the Netherlands within the bands of the municipalities",
        "nl": "vijfjaarsleeftijden van Nederland binnen de klassen van de gemeenten",
    },
    "post": {
        "en": "no posts given: one in the largest place",
        "nl": "geen posten gegeven: een in de grootste plaats",
    },
    "organisation": {
        "en": "posts without an organisation, which share one: {count}",
        "nl": "posten zonder organisatie, die er samen een hebben: {count}",
    },
    "levels": {
        "en": "levels at the start in proportion to the inhabitants of the Netherlands: {count} of 5",
        "nl": "beginstanden naar verhouding van de inwoners van Nederland: {count} van 5",
    },
    "school_region": {
        "en": "school holidays of the middle of the country; --school-region tells otherwise",
        "nl": "schoolvakanties van regio Midden; --school-region zegt het anders",
    },
}
"""What was filled in, by key of the note."""

say = speaker(
    {
        **FILLED,
        "made": {
            "en": "{label}: {people} inhabitants; municipalities: {municipalities}, places: {places}, posts: {posts}, "
            "practices: {practices}, regular GPs: {gps}",
            "nl": "{label}: {people} inwoners; gemeenten: {municipalities}, plaatsen: {places}, posten: {posts}, "
            "praktijken: {practices}, reguliere huisartsen: {gps}",
        },
        "filled": {
            "en": "Filled in; the files name each as an assumption (grade C) or by its source:",
            "nl": "Aangevuld; de bestanden noemen elk als aanname (graad C) of met de bron:",
        },
        "nothing": {"en": "Nothing had to be filled in.", "nl": "Er hoefde niets te worden aangevuld."},
        "roads_fetching": {"en": "Fetching roads from OpenStreetMap ...", "nl": "Wegen van OpenStreetMap ophalen ..."},
        "roads": {
            "en": "{label}: {pairs} pairs of neighbouring places by the roads of the map; their kilometres are {ratio} "
            "times those of the region's own network",
            "nl": "{label}: {pairs} paren buurplaatsen over de wegen van de kaart; hun kilometers zijn {ratio} maal "
            "die van het eigen net van de regio",
        },
        "roads_none": {
            "en": "No way on the map, so as before: {pairs}",
            "nl": "Geen weg op de kaart, dus als voorheen: {pairs}",
        },
        "roads_written": {
            "en": "Written: {file}. Contains data of OpenStreetMap contributors (ODbL): name them where you show it.",
            "nl": "Geschreven: {file}. Bevat gegevens van OpenStreetMap-bijdragers (ODbL): noem hen waar u het toont.",
        },
        "written": {"en": "Written: {folder} and {file}", "nl": "Geschreven: {folder} en {file}"},
        "next": {
            "en": "Next: deltaplan run {file} --share 0.1 --years 1; correct the files where you know better",
            "nl": "Verder: deltaplan run {file} --share 0.1 --years 1; verbeter de bestanden waar u het beter weet",
        },
    }
)
