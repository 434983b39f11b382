"""Places put into municipalities by distance and size."""

from __future__ import annotations

from experiments.country.places import Town, towns_of
from experiments.region_new.gazetteer import Found


def place(name: str, lat: float, lon: float, people: int, province: str = "Drenthe") -> Found:
    return Found(name, province, lat, lon, people)


def town(name: str, lat: float, lon: float, people: int, province: str = "Drenthe") -> Town:
    return Town(name, province, lat, lon, people)


def test_the_nearest_centre_of_the_province() -> None:
    towns = [town("West", 52.5, 6.0, 1000), town("East", 52.5, 6.5, 1000), town("Over", 52.5, 6.2, 1000, "Overijssel")]
    places = [place("a", 52.5, 6.1, 1000), place("b", 52.5, 6.4, 1000), place("c", 52.5, 6.21, 5, "Overijssel")]
    assert towns_of([*places, place("d", 52.0, 5.0, 10, "Zeeland")], towns) == [0, 1, 2, -1]


def test_a_place_of_the_name_is_the_municipalitys_own_and_a_centre_too() -> None:
    # the middle of Borne lies nearer to Hengelo's village, and that of Hengelo nearer to Borne
    towns = [town("Borne", 52.31, 6.80, 20_000), town("Hengelo", 52.26, 6.70, 80_000)]
    places = [place("Borne", 52.26, 6.71, 19_000), place("Hengelo", 52.31, 6.79, 78_000)]
    near = place("Hertme", 52.27, 6.715, 500)
    assert towns_of([*places, near], towns) == [0, 1, 0]


def test_of_two_places_of_a_name_the_nearer_one_counts() -> None:
    towns = [town("Heusden", 51.73, 5.14, 45_000), town("Asten", 51.40, 5.75, 17_000)]
    places = [
        place("Heusden", 51.37, 5.77, 9000),
        place("Heusden", 51.73, 5.14, 2000),
        place("Asten", 51.4, 5.75, 8000),
    ]
    assert towns_of(places, towns) == [1, 0, 1]


def test_who_lacks_inhabitants_gets_a_head_start() -> None:
    towns = [town("Large", 52.5, 6.0, 30_000), town("Small", 52.5, 6.2, 2_000)]
    places = [place("p", 52.5, 6.01, 2_000), place("q", 52.5, 6.105, 28_000), place("r", 52.5, 6.19, 2_000)]
    assert towns_of(places, towns) == [0, 0, 1], "a hair nearer to the small one, which is full without it"
