"""A small region lived through for some months, as one hash; run as a script to compare processes."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import numpy as np

from sim.agents.people import People
from sim.parameters import Parameters, load_parameters
from sim.region import Region, load_region
from sim.region.population import START_MONTH, synthesise
from sim.world.demography import Demography, demography_month

TWENTE = Path(__file__).resolve().parents[2] / "scenarios" / "regions" / "twente"


def populate(region: Region, parameters: Parameters, seed: int, scale: float) -> People:
    """A region's people at the start."""
    columns = synthesise(region, parameters, seed, scale)
    people = People()
    people.add(columns["uid"].size, **columns)
    return people


def table(people: People) -> dict[str, np.ndarray]:
    """Every column of the living, in the order of their ids."""
    rows = people.rows
    rows = rows[np.argsort(people.uid[rows])]
    return {name: getattr(people, name)[rows] for name in People.names()}


def live(people: People, demography: Demography, seed: int, months: int) -> None:
    """Let months pass, from the start on."""
    for k in range(months):
        demography_month(people, demography, seed, START_MONTH + k, round(k * 30.4))


def main() -> None:
    """Write the hash of a small region after four months."""
    parameters = load_parameters()
    region = load_region(TWENTE, parameters)
    people = populate(region, parameters, 7, 0.002)
    demography = Demography.of(region, parameters, people, 7, START_MONTH)
    live(people, demography, 7, 4)
    digest = hashlib.sha256()
    for name, column in table(people).items():
        digest.update(name.encode() + column.tobytes())
    sys.stdout.write(f"{len(people)} {digest.hexdigest()}\n")


if __name__ == "__main__":
    main()
