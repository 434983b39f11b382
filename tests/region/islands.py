"""A region made up for the tests: a mainland town and quay, and an island behind a ferry.

Every optional file is absent but links.csv.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["make_islands"]

_LEVEL = """
value = 2
low = 1
high = 100
unit = "x"
year = 2025
grade = "C"
source = "made up"
source_nl = "verzonnen"
en = "made up"
nl = "verzonnen"
"""

_REGION = """
id = "islands"
label_nl = "Eilanden"
label_en = "Islands"
population_date = 2025-01-01
school_region = "Midden"
organisations.mainland = {nl = "Vasteland", en = "Mainland"}
organisations.island = {nl = "Eiland", en = "Island"}
"""

_AGES = [1500, 1500, 1500, 1250, 1250, *[1375] * 4, *[1750] * 4, *[1500] * 2, 1000, 750, 500]


def make_islands(parent: Path) -> Path:
    """Folder of the region, `islands` within `parent`; 25,000 people, one town of two districts, three villages."""
    folder = parent / "islands"
    folder.mkdir()
    text = _REGION
    for file in ("municipalities", "places", "posts", "ages", "links"):
        text += f'[[sources]]\nfile = "{file}.csv"\nyear = 2025\ngrade = "C"\ntext = "made up"\n'
    for level in ("practices", "gps_regular", "gps_changing_locum", "gp_fte_owner_employed", "list_over_norm"):
        text += f"[start.{level}]{_LEVEL}"
    ages = [f"{5 * k}-{5 * k + 4},{persons}" for k, persons in enumerate(_AGES[:-1])]
    total = sum(_AGES)
    bands = [sum(_AGES[a:b]) / total for a, b in ((0, 3), (3, 5), (5, 9), (9, 13), (13, 15), (15, 17), (17, 18))]
    shares = ",".join(f"{band:.6f}" for band in bands)
    files = {
        "region.toml": text,
        "ages.csv": "\n".join(["age,persons", *ages, f"85+,{_AGES[-1]}"]),
        "municipalities.csv": (
            "municipality,population,pop_0_14,pop_15_24,pop_25_44,pop_45_64,pop_65_74,pop_75_84,pop_85p,"
            "deprived,deprived_low,deprived_high,without_gp,without_gp_low,without_gp_high\n"
            f"Mainland,23000,{shares},0.1,0,0.2,0.01,0,0.02\nIsland,2000,{shares},0,0,0,0,0,0.01"
        ),
        "places.csv": (
            "place,municipality,lat,lon,population,island,coordinate_grade\nTown,Mainland,52.95,4.76,21000,,A\n"
            "Quay,Mainland,52.99,4.79,2000,,A\nWest,Island,53.05,4.74,1500,Island,A\nEast,Island,53.08,4.85,500,Island,A"
        ),
        "posts.csv": (
            "post,organisation,lat,lon,coordinate_grade\nMain,mainland,52.95,4.76,A\nIsland,island,53.05,4.74,A"
        ),
        "links.csv": "from,to,kind,km,car_minutes\nWest,Quay,ferry,17,50",
    }
    for name, content in files.items():
        (folder / name).write_text(content + "\n", encoding="utf-8")
    return folder
