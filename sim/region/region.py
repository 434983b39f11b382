"""The region as the model sees it: municipalities, places, nodes, posts, network and travel times. Read-only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import networkx as nx
import numpy as np
import numpy.typing as npt

from sim.parameters import Parameter
from sim.region.network import Matrix, Roads
from sim.region.nodes import Nodes, Plane

__all__ = [
    "AGE_BANDS",
    "AGE_BAND_STARTS",
    "USUAL_DAY",
    "AgeTable",
    "Municipality",
    "Place",
    "PublishedDistance",
    "Region",
    "Share",
    "Source",
]

Floats = npt.NDArray[np.float64]

AGE_BANDS = ("0-14", "15-24", "25-44", "45-64", "65-74", "75-84", "85+")
"""Age bands of the municipalities."""

AGE_BAND_STARTS = (0, 15, 25, 45, 65, 75, 85)
"""First age of each band."""

Grade = Literal["A", "B", "C"]

USUAL_DAY = date(2025, 1, 1)
"""The day that a region's data and the parameters describe, unless its files say otherwise."""


@dataclass(frozen=True)
class Share:
    """A share between 0 and 1 with its range."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Municipality:
    """A municipality.

    Attributes:
        population: inhabitants at the region's population date.
        ages: fraction in each of AGE_BANDS, adding to 1 exactly up to rounding of floats.
        deprived: share of inhabitants in deprived areas.
        without_gp: share of inhabitants without a GP at the start.
        change_2035: expected change of population 2021-2035 as a fraction, None when not given.
        change_2035_grade: its grade.
    """

    name: str
    population: int
    ages: tuple[float, ...]
    deprived: Share
    without_gp: Share
    change_2035: float | None = None
    change_2035_grade: Grade | None = None


@dataclass(frozen=True)
class Place:
    """A place: centre in degrees and on the plane (km), inhabitants, main road or not, its island ("" if none)."""

    name: str
    municipality: int
    lat: float
    lon: float
    x: float
    y: float
    population: int
    main_road: bool
    island: str
    coordinate_grade: Grade


@dataclass(frozen=True)
class AgeTable:
    """Five-year ages of the whole region: label, first age and persons of each row; the last row is open-ended."""

    label: tuple[str, ...]
    start: npt.NDArray[np.int16]
    persons: npt.NDArray[np.int64]


@dataclass(frozen=True)
class PublishedDistance:
    """A published mean road distance to the nearest practice or post, to hold the network against."""

    facility: Literal["practice", "post"]
    area: str
    km: float
    low: float | None
    high: float | None
    year: int
    grade: Grade
    source: str


@dataclass(frozen=True)
class Source:
    """Where (part of) a file comes from; no columns means all of them."""

    file: str
    columns: tuple[str, ...]
    year: int
    grade: Grade
    text: str


@dataclass(frozen=True, eq=False)
class Region:
    """A region with its network; N nodes, P posts.

    Attributes:
        population_date: date to which the inhabitants refer.
        describes: first of January that the region as a whole describes: day 0 of every run.
        school_region: region of the school holidays.
        plane: projection between degrees and km.
        nodes: the nodes as one table; the arrays below are its columns.
        graph: nodes 0..N-1; edges carry km, kind, car_minutes, bicycle_minutes.
        car_minutes, bicycle_minutes, road_km: float32 (N, N) between centres of nodes, each the shortest by its own
            measure; minutes are door to door; 0 on the diagonal (travel within a node: see sim/region/travel.py).
        joined: bool (N, N), true for nodes of one place or joined by an ordinary road (and on the diagonal).
        shore: int16 (N,) land on which a node lies: those that roads join; 0 that of the first node.
        known_practices: int64 (places,) practices that are known to stand there; the others go where people live.
        organisations: ids of the out-of-hours organisations, with their labels in organisation_labels.
        post_organisation: int16 (P,) row of organisations; post_x, post_y float64 (P,) km; post_node int16 (P,).
        post_open: bool (P,), whether it is open at the start; one that is closed may open by an event.
        outside_post_x, outside_post_y: float64 km, posts of other regions near the border. They serve nobody here;
            published distances count them.
        node_post: int16 (N,) nearest open post by car.
        ages: five-year ages of the region.
        settings: start levels with their passports, by name (practices, gps_regular, list_over_norm, ...).
        roads: detour and speeds the network was built with.
        published: published mean distances.
        sources: where the files come from.
    """

    id: str
    label_nl: str
    label_en: str
    population_date: date
    describes: date
    school_region: Literal["Noord", "Midden", "Zuid"]
    municipalities: tuple[Municipality, ...]
    places: tuple[Place, ...]
    plane: Plane
    nodes: Nodes
    graph: nx.Graph
    car_minutes: Matrix
    bicycle_minutes: Matrix
    road_km: Matrix
    joined: npt.NDArray[np.bool_]
    shore: npt.NDArray[np.int16]
    known_practices: npt.NDArray[np.int64]
    organisations: tuple[str, ...]
    organisation_labels: Mapping[str, tuple[str, str]]
    post_name: tuple[str, ...]
    post_organisation: npt.NDArray[np.int16]
    post_x: Floats
    post_y: Floats
    post_node: npt.NDArray[np.int16]
    post_open: npt.NDArray[np.bool_]
    outside_post_x: Floats
    outside_post_y: Floats
    node_post: npt.NDArray[np.int16]
    ages: AgeTable
    settings: Mapping[str, Parameter]
    roads: Roads
    published: tuple[PublishedDistance, ...]
    sources: tuple[Source, ...]

    @property
    def population(self) -> int:
        """Inhabitants of the whole region."""
        return sum(municipality.population for municipality in self.municipalities)

    @property
    def node_name(self) -> list[str]:
        """Name of each node."""
        return self.nodes.name

    @property
    def node_place(self) -> npt.NDArray[np.int16]:
        """Row of the place of each node, int16 (N,)."""
        return self.nodes.place

    @property
    def node_municipality(self) -> npt.NDArray[np.int16]:
        """Row of the municipality of each node, int16 (N,)."""
        return self.nodes.municipality

    @property
    def node_population(self) -> npt.NDArray[np.int32]:
        """Inhabitants of each node, int32 (N,)."""
        return self.nodes.population

    @property
    def node_x(self) -> Floats:
        """East coordinate of each node's centre in km, float64 (N,)."""
        return self.nodes.x

    @property
    def node_y(self) -> Floats:
        """North coordinate of each node's centre in km, float64 (N,)."""
        return self.nodes.y

    @property
    def node_radius(self) -> Floats:
        """Built-up radius of each node in km, float64 (N,)."""
        return self.nodes.radius

    def setting(self, name: str) -> float:
        """Value of a start level.

        Raises:
            KeyError: the region has no such start level; the message names those it has.
        """
        if name not in self.settings:
            raise KeyError(f"region {self.id!r} has no start level {name!r}; it has {', '.join(sorted(self.settings))}")
        value = self.settings[name].value
        assert not isinstance(value, list)
        return float(value)
