"""Broken copies of Twente: how each is broken, what the answer must say, and where it must point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

__all__ = ["CASES", "Broken"]

Edit = Callable[[Path], None]


@dataclass(frozen=True)
class Broken:
    """A way to break the folder; `place` is the row or key that must be named, `words` must occur in the message."""

    name: str
    edit: Edit
    key: str
    file: str
    place: int | str | None
    words: tuple[str, ...]


def replace(file: str, old: str, new: str) -> Edit:
    def edit(folder: Path) -> None:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}: the case tests nothing"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def append(file: str, line: str) -> Edit:
    def edit(folder: Path) -> None:
        path = folder / file
        path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")

    return edit


def write(file: str, data: str | bytes) -> Edit:
    def edit(folder: Path) -> None:
        (folder / file).write_bytes(data if isinstance(data, bytes) else data.encode())

    return edit


def delete(file: str) -> Edit:
    return lambda folder: (folder / file).unlink()


def rename(file: str, other: str) -> Edit:
    def edit(folder: Path) -> None:
        (folder / file).rename(folder / other)

    return edit


def both(*edits: Edit) -> Edit:
    def edit(folder: Path) -> None:
        for one in edits:
            one(folder)

    return edit


def every(file: str, old: str, new: str) -> Edit:
    def edit(folder: Path) -> None:
        path = folder / file
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    return edit


M, P, S, A, R, L, D = (
    "municipalities.csv",
    "places.csv",
    "posts.csv",
    "ages.csv",
    "region.toml",
    "links.csv",
    "published_distances.csv",
)
LINKS = "from,to,kind,km,car_minutes\n"
LINK_SOURCE = append(R, '[[sources]]\nfile = "links.csv"\nyear = 2025\ngrade = "C"\ntext = "made up for a test"')


W, K = "posts_outside.csv", "practices.csv"


def source_of(file: str) -> Edit:
    return append(R, f'[[sources]]\nfile = "{file}"\nyear = 2025\ngrade = "C"\ntext = "made up for a test"')


def links(rows: str) -> Edit:
    return both(LINK_SOURCE, write(L, LINKS + rows))


CASES = [
    # files
    Broken("no places", delete(P), "no_file", P, None, ("missing", "add it")),
    Broken("misnamed file", rename(P, "place.csv"), "no_file", P, None, ("did you mean 'place.csv'",)),
    Broken("no region.toml", delete(R), "no_file", R, None, ("missing",)),
    Broken("empty file", write(A, "\n"), "empty_file", A, None, ("age, persons",)),
    Broken(
        "header only", write(S, "post,organisation,lat,lon,coordinate_grade\n"), "no_rows", S, None, ("at least one",)
    ),
    Broken("latin-1", write(P, b"place,municipality\nS\xfcd,Almelo\n"), "not_utf8", P, 2, ("0xfc", "UTF-8")),
    Broken("open quote", replace(P, "Aadorp,", '"Aadorp,'), "bad_csv", P, 4, ("quotation mark",)),
    Broken("semicolons", every(A, ",", ";"), "semicolons", A, 1, ("semicolons", "with commas")),
    # columns and cells
    Broken("column gone", every(A, "persons", "people"), "column_unknown", A, 1, ("'people'", "persons")),
    Broken("column misspelt", replace(P, ",lon,", ",long,"), "column_unknown", P, 1, ("'long'", "did you mean 'lon'")),
    Broken("column missing", write(A, "age\n0-4\n"), "column_missing", A, 1, ("'persons'", "add it")),
    Broken("column twice", replace(P, "lat,lon", "lat,lat"), "column_twice", P, 1, ("'lat'", "remove or rename")),
    Broken("comma too many", replace(P, "2025,yes", "2,025,yes"), "cell_count", P, 3, ("8 values", "7 columns")),
    Broken("empty cell", replace(P, "Aadorp,Almelo", ",Almelo"), "cell_empty", P, 4, ("place is empty", "fill it in")),
    Broken("text for number", replace(P, "52.35667", "north"), "not_number", P, 2, ("lat is 'north'", "with a point")),
    Broken("decimal comma", replace(M, "0.1515", '"0,1515"'), "not_number", M, 2, ("'0,1515'", "with a point")),
    Broken("half a person", replace(P, "1525", "1525.5"), "not_number", P, 4, ("'1525.5'", "12345")),
    Broken("not finite", replace(M, "0.1515", "nan"), "not_number", M, 2, ("pop_0_14", "not a number")),
    Broken("negative", replace(P, "1525", "-1525"), "out_of_range", P, 4, ("population is -1525", "between 1 and")),
    Broken("fraction as percent", replace(M, "0.1515", "15.15"), "out_of_range", M, 2, ("15.15", "between 0 and 1")),
    Broken("yes in Dutch", replace(P, "yes", "ja"), "not_choice", P, 2, ("main_road is 'ja'", "yes or no")),
    Broken("unknown grade", replace(P, "yes,A", "yes,a"), "not_choice", P, 2, ("did you mean 'A'", "A, B, C")),
    Broken("share outside range", replace(M, "0.357,0.269", "0.257,0.269"), "range_order", M, 2, ("0.269 to 0.431",)),
    # coordinates
    Broken("swapped", replace(P, "52.3743,6.627", "6.627,52.3743"), "swapped", P, 4, ("look swapped", "50.7 to 53.6")),
    Broken("in Germany", replace(P, "52.3743,6.627", "52.3743,13.4"), "out_of_range", P, 4, ("lon is 13.4", "7.4")),
    Broken(
        "far village", replace(P, "52.3743,6.627", "52.3743,5.2"), "far_place", P, 4, ("'Aadorp'", "check lat and lon")
    ),
    Broken(
        "far municipality",
        replace(P, "52.31333,6.92917", "51.5,3.6"),
        "far_municipality",
        P,
        44,
        ("'Oldenzaal'", "another municipality", "check lat and lon"),
    ),
    Broken(
        "same spot", replace(P, "52.3743,6.627", "52.30917,6.65417"), "same_spot", P, 4, ("'Bornerbroek' in row 3",)
    ),
    Broken("far post", replace(S, "52.21833,6.89583", "51.2,4.1"), "far_post", S, 2, ("Enschede", "check lat and lon")),
    # between rows and files
    Broken("place twice", append(P, "aadorp,Almelo,52.37,6.63,10,no,C"), "duplicate", P, 63, ("'aadorp'", "row 4")),
    Broken("post twice", append(S, "Spoedpost Almelo,twente,Almelo,52.3,6.6,C"), "duplicate", S, 5, ("row 4",)),
    Broken(
        "unknown municipality",
        replace(P, "Aadorp,Almelo", "Aadorp,Almeloo"),
        "unknown_municipality",
        P,
        4,
        ("'Almeloo'", "did you mean 'Almelo'", "municipalities.csv"),
    ),
    Broken(
        "post in unknown municipality",
        replace(S, "twente,Hengelo", "twente,Hengeloo"),
        "unknown_municipality",
        S,
        3,
        ("did you mean 'Hengelo'",),
    ),
    Broken(
        "no place", replace(P, "Oldenzaal,Oldenzaal", "Oldenzaal,Losser"), "no_places", M, 11, ("'Oldenzaal'", "31741")
    ),
    Broken("people lost", replace(P, "1525", "1425"), "places_sum", P, 4, ("73055", "73155", "-100")),
    Broken("ages of a municipality", replace(M, "0.1515", "0.2515"), "ages_sum", M, 2, ("1.1000", "must add up to 1")),
    Broken("age band skipped", replace(A, "5-9,32230\n", ""), "age_band", A, 3, ("'10-14'", "expected 5-9")),
    Broken(
        "ages stop", write(A, "age,persons\n0-4,600000\n5-9,33917\n"), "ages_open", A, 3, ("'5-9'", "open-ended", "95+")
    ),
    Broken("ages of elsewhere", replace(A, "28820", "288200"), "ages_total", A, None, ("891035", "633917", "5 %")),
    Broken(
        "ages of another shape",
        both(replace(A, "28820", "58820"), replace(A, "37060", "7060")),
        "ages_shape",
        A,
        2,
        ("0-14", "0.03", "check both"),
    ),
    # organisations and links
    Broken(
        "unknown organisation",
        replace(S, "MST),twente", "MST),tvente"),
        "unknown_organisation",
        S,
        2,
        ("'tvente'", "did you mean 'twente'", "[organisations.tvente]"),
    ),
    Broken(
        "organisation without post",
        append(R, '[organisations.other]\nnl = "Andere"\nen = "Other"'),
        "idle_organisation",
        R,
        "organisations.other",
        ("no post", "posts.csv"),
    ),
    Broken(
        "unknown place", links("Losser,Glanerburg,rural,,\n"), "unknown_place", L, 2, ("did you mean 'Glanerbrug'",)
    ),
    Broken(
        "ambiguous place",
        both(
            replace(P, "Aadorp,Almelo", "Losser,Almelo"),
            links("Losser,Wierden,rural,,\n"),
        ),
        "ambiguous_place",
        L,
        2,
        ("Almelo/Losser or Losser/Losser",),
    ),
    Broken("link to itself", links("Losser,Losser,rural,,\n"), "self_link", L, 2, ("two different places",)),
    Broken("nothing to remove", links("Losser,Holten,remove,,\n"), "no_such_link", L, 2, ("delete this row",)),
    Broken("ferry without time", links("Losser,Holten,ferry,5,\n"), "link_needs", L, 2, ("car_minutes", "fill it in")),
    Broken(
        "unknown kind",
        links("Losser,Holten,tunnel,5,\n"),
        "not_choice",
        L,
        2,
        ("'tunnel'", "street, rural, main, ferry"),
    ),
    Broken(
        "disconnected",
        links("Lattrop-Breklenkamp,Tilligte,remove,,\nLattrop-Breklenkamp,Denekamp,remove,,\n"),
        "disconnected",
        P,
        13,
        ("'Lattrop-Breklenkamp'", "cannot be reached", "links.csv"),
    ),
    Broken(
        "island without ferry",
        both(
            replace(P, "main_road,", "main_road,island,"),
            every(P, ",yes,", ",yes,,"),
            every(P, ",no,", ",no,,"),
            replace(P, "1525,no,,", "1525,no,Aadorp,"),
        ),
        "disconnected",
        P,
        4,
        ("'Aadorp'", "'Enschede'", "add a link"),
    ),
    Broken(
        "unknown area", replace(D, "practice,Borne", "practice,Bornem"), "unknown_area", D, 6, ("did you mean 'Borne'",)
    ),
    # region.toml
    Broken("bad TOML", replace(R, 'id = "twente"', "id = twente"), "bad_toml", R, None, ("line 3", "correct it there")),
    Broken(
        "id and folder", replace(R, 'id = "twente"', 'id = "drenthe"'), "id_folder", R, "id", ("'drenthe'", "'twente'")
    ),
    Broken("key missing", replace(R, 'label_en = "Twente"\n', ""), "key_missing", R, "label_en", ("add it",)),
    Broken(
        "key misspelt", replace(R, "label_en", "lable_en"), "key_unknown", R, "lable_en", ("did you mean 'label_en'",)
    ),
    Broken(
        "start level misspelt",
        replace(R, "[start.practices]", "[start.practises]"),
        "key_unknown",
        R,
        "start.practises",
        ("did you mean 'practices'",),
    ),
    Broken(
        "passport key misspelt",
        replace(R, 'unit = "practices"', 'units = "practices"'),
        "key_unknown",
        R,
        "start.practices.units",
        ("did you mean 'unit'",),
    ),
    Broken(
        "date as text",
        replace(R, "population_date = 2022-01-01", 'population_date = "January 2022"'),
        "key_type",
        R,
        "population_date",
        ("'January 2022'", "a date such as 2025-01-01"),
    ),
    Broken(
        "holidays elsewhere",
        replace(R, '"Noord"', '"Oost"'),
        "key_choice",
        R,
        "school_region",
        ("'Oost'", "Noord, Midden, Zuid"),
    ),
    Broken(
        "level as text",
        replace(R, "value = 176", 'value = "many"'),
        "key_type",
        R,
        "start.practices.value",
        ("'many'", "a number"),
    ),
    Broken(
        "label misspelt",
        replace(R, 'nl = "Huisartsendienst', 'nll = "Huisartsendienst'),
        "key_unknown",
        R,
        "organisations.twente.nll",
        ("did you mean 'nl'",),
    ),
    Broken(
        "source key misspelt",
        replace(R, 'text = "CBS, Kern', 'texts = "CBS, Kern'),
        "key_unknown",
        R,
        "sources[1].texts",
        ("did you mean 'text'",),
    ),
    Broken(
        "level outside its range",
        replace(R, "value = 176", "value = 1760"),
        "key_other",
        R,
        "start.practices",
        ("value must lie between low and high",),
    ),
    Broken(
        "level below zero",
        both(replace(R, "value = 176", "value = -1"), replace(R, "low = 150", "low = -2")),
        "key_range",
        R,
        "start.practices.value",
        ("-1", "above 0"),
    ),
    Broken(
        "source of no file",
        replace(R, 'file = "ages.csv"', 'file = "age.csv"'),
        "source_unknown_file",
        R,
        "sources[11].file",
        ("did you mean 'ages.csv'",),
    ),
    # posts that are closed, posts outside, practices that are known
    Broken(
        "every post closed",
        both(replace(S, "coordinate_grade", "coordinate_grade,closed"), every(S, ",C\n", ",C,yes\n")),
        "no_open_post",
        S,
        2,
        ("every post is closed", "write no under closed"),
    ),
    Broken(
        "closed as a date",
        both(replace(S, "coordinate_grade", "coordinate_grade,closed"), every(S, ",C\n", ",C,2020-01-06\n")),
        "not_choice",
        S,
        2,
        ("closed is '2020-01-06'", "yes or no"),
    ),
    Broken(
        "far post outside",
        both(source_of(W), write(W, "post,lat,lon,coordinate_grade\nPost Leeuwarden,53.2,5.8,B\n")),
        "far_post",
        W,
        2,
        ("Leeuwarden", "check lat and lon"),
    ),
    Broken(
        "practice in an unknown place",
        both(source_of(K), write(K, "place,practices\nLossser,1\n")),
        "unknown_place",
        K,
        2,
        ("did you mean 'Losser'",),
    ),
    Broken(
        "more practices than there are",
        both(source_of(K), write(K, "place,practices\nLosser,3\nGoor,174\n")),
        "known_practices",
        K,
        3,
        ("177", "176", "correct one of the two"),
    ),
    Broken(
        "ferry for feet without time",
        links("Losser,Holten,foot_ferry,,\n"),
        "link_needs",
        L,
        2,
        ("bicycle_minutes", "fill it in"),
    ),
    Broken("file without source", write(L, LINKS), "source_missing", R, "sources", ("links.csv", "[[sources]]")),
]
