"""A folder that makes a region, ways to break it, and a gazetteer of a few places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from experiments.region_new.gazetteer import Found, MissingError

__all__ = ["BROKEN", "Atlas", "Broken", "Nothing", "write_folder"]

PLACES = """place,municipality,lat,lon,population
Axel,Terneuzen,51.26667,3.90833,7640
Terneuzen,Terneuzen,51.33583,3.82778,27616

Hulst,Hulst,51.28,4.05278,
Clinge,Hulst,51.28152,4.1113,2326
"""
MUNICIPALITIES = """municipality,population,pop_0_14,pop_15_24,pop_25_44,pop_45_64,pop_65_74,pop_75_84,pop_85p,\
deprived,deprived_low,deprived_high
Terneuzen,35256,0.15,0.11,0.22,0.28,0.13,0.08,0.03,0.136,0.078,0.216
Hulst,13755,,,,,,,,,,
"""
POSTS = "post,place\nSpoedpost Terneuzen,Terneuzen\n"
PRACTICES = "place,practices,gps\nTerneuzen,8,20\nHulst,4,9\n"
LINKS = "from,to,kind,km\nAxel,Clinge,rural,16\n"

FILES = {
    "places.csv": PLACES,
    "municipalities.csv": MUNICIPALITIES,
    "posts.csv": POSTS,
    "practices.csv": PRACTICES,
    "links.csv": LINKS,
}


def write_folder(folder: Path, files: dict[str, str | bytes | None] | None = None) -> Path:
    """The folder with some files other than usual, or without them (None)."""
    folder.mkdir()
    for name, content in {**FILES, **(files or {})}.items():
        if content is not None:
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


class Atlas:
    """Knows a few places."""

    known = (
        Found("Hulst", "Zeeland", 51.28, 4.05278, 11429),
        Found("Axel", "Zeeland", 51.26667, 3.90833, 7640),
        Found("Clinge", "Zeeland", 51.28152, 4.1113, 0),
        Found("Hengelo", "Overijssel", 52.26583, 6.79306, 81476),
        Found("Hengelo", "Gelderland", 52.05, 6.30833, 4510),
        Found("Borne", "Overijssel", 52.30136, 6.7482, 22968),
        Found("Nes", "Friesland", 53.445, 5.774, 1423),
        Found("Nes", "Friesland", 53.052, 5.852, 1047),
    )

    def called(self, name: str) -> Sequence[Found]:
        return [found for found in self.known if found.name.lower() == name.lower()]

    def names(self) -> Sequence[str]:
        return sorted({found.name for found in self.known})


class Nothing:
    """The library is not installed."""

    def called(self, name: str) -> Sequence[Found]:
        raise MissingError

    def names(self) -> Sequence[str]:
        raise MissingError


@dataclass(frozen=True)
class Broken:
    """One file that is wrong: where the answer must point, and words of its mend."""

    name: str
    file: str
    content: str | bytes
    row: int | None
    words: tuple[str, ...]


def _changed(name: str, old: str, new: str) -> str:
    assert old in FILES[name]
    return FILES[name].replace(old, new, 1)


P, M, S, K, L = "places.csv", "municipalities.csv", "posts.csv", "practices.csv", "links.csv"
BROKEN = [
    Broken("semicolons", P, PLACES.replace(",", ";"), 1, ("semicolons", "with commas")),
    Broken("latin-1", P, PLACES.replace("Clinge", "Clin\xfce").encode("latin-1"), 6, ("0xfc", "UTF-8")),
    Broken("open quote", P, _changed(P, "Axel,", '"Axel,'), 2, ("quotation mark",)),
    Broken("column misspelt", P, _changed(P, "lon", "long"), 1, ("'long'", "did you mean 'lon'")),
    Broken("no column place", P, _changed(P, "place,", "town,"), 1, ("'town'", "place")),
    Broken("comma too many", P, _changed(P, "27616", "27,616"), 3, ("6 values", "5 columns")),
    Broken("text for number", P, _changed(P, "7640", "many"), 2, ("population is 'many'",)),
    Broken("decimal comma", P, _changed(P, "3.90833", '"3,90833"'), 2, ("'3,90833'", "with a point")),
    Broken("lat without lon", P, _changed(P, "3.90833", ""), 2, ("lon is empty", "lat, lon")),
    Broken("swapped", P, _changed(P, "51.26667,3.90833", "3.90833,51.26667"), 2, ("look swapped",)),
    Broken("far away", P, _changed(P, "51.26667,3.90833", "53.2,5.8"), 2, ("'Axel'", "check lat and lon")),
    Broken("unknown municipality", P, _changed(P, "Clinge,Hulst", "Clinge,Hulsst"), 6, ("did you mean 'Hulst'",)),
    Broken("place twice", P, PLACES + "clinge,Hulst,51.29,4.12,10\n", 7, ("'clinge'", "row 5")),
    Broken("people do not add up", P, _changed(P, "7640", "7641"), 3, ("35257", "35256")),
    Broken("no room left", P, _changed(P, "2326", "13755"), 5, ("'Hulst'", "fill in population here")),
    Broken("half of the ages", M, _changed(M, "0.15,0.11", "0.15,"), 2, ("pop_15_24 is empty", "national figures")),
    Broken("ages over one", M, _changed(M, "0.15,0.11", "0.25,0.11"), 2, ("1.1000", "must add up to 1")),
    Broken("municipality twice", M, MUNICIPALITIES + "Hulst,5,,,,,,,,,,\n", 4, ("'Hulst'", "row 3")),
    Broken(
        "municipality without places",
        M,
        MUNICIPALITIES + "Sluis,23000,,,,,,,,,,\n",
        4,
        ("'Sluis'", "has no place in places.csv"),
    ),
    Broken("share above its range", M, _changed(M, "0.136,0.078", "0.236,0.078"), 2, ("0.078 to 0.216",)),
    Broken("post in unknown place", S, _changed(S, "Terneuzen,Terneuzen", "Terneuzen,Ternuzen"), 2, ("'Terneuzen'",)),
    Broken("post nowhere", S, "post,place\nSpoedpost,\n", 2, ("neither a place nor lat and lon",)),
    Broken("post far away", S, "post,lat,lon\nSpoedpost,53.2,5.8\n", 2, ("check lat and lon",)),
    Broken("more practices than GPs", K, _changed(K, "8,20", "8,7"), 2, ("7 GPs", "8 practices", "raise gps")),
    Broken("GPs in one row", K, _changed(K, "4,9", "4,"), 3, ("filled in in row 2", "everywhere or nowhere")),
    Broken("practice in unknown place", K, _changed(K, "Hulst,4", "Hulsst,4"), 3, ("did you mean 'Hulst'",)),
    Broken("link to unknown place", L, _changed(L, "Clinge", "Klinge"), 2, ("did you mean 'Clinge'",)),
    Broken("header only", S, "post,place\n", None, ("at least one row",)),
    Broken("stray file", "place.csv", PLACES, None, ("did you mean 'places.csv'",)),
    Broken("no GeoJSON", "outlines.geojson", "{}", None, ("GeoJSON", "save the outlines again")),
    Broken(
        "outline missing",
        "outlines.geojson",
        '{"features": [{"properties": {"name": "Terneuzen"}}]}',
        None,
        ("'Hulst'", "add its outline"),
    ),
]
