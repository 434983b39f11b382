"""A new district is built."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Name, Setting
from sim.interventions.instance import Act, Instance
from sim.interventions.registry import event


@event(
    "new_district",
    name=("New district", "Nieuwe woonwijk"),
    about=(
        "A number of homes are built at the edge of a place, and people from outside the region move in.",
        "Aan de rand van een plaats wordt een aantal woningen gebouwd, waar mensen van buiten de regio komen wonen.",
    ),
    settings=(
        Name("place", "place", "Place where the homes are built", "Plaats waar de woningen komen"),
        Setting(
            "homes", 1000, 10, 20_000, "homes", "C", "Assumption: the scenario says how many",
            "Aanname: het scenario zegt hoeveel",
            "New homes", "Nieuwe woningen", whole=True,
        ),
        Setting(
            "months", 36, 1, 180, "months", "C", "Assumption: the scenario says in how many; about 300 homes a year",
            "Aanname: het scenario zegt in hoeveel; ongeveer 300 woningen per jaar",
            "Months in which they are filled", "Maanden waarin zij betrokken worden", whole=True,
        ),
        Setting(
            "from_outside", 0.6, 0.2, 1.0, "share of the homes", "C",
            "Assumption: most of the first people of a new district come from near by and leave a home behind; what is "
            "new to the region beyond the population forecast differs by plan",
            "Aanname: de meeste eerste bewoners van een nieuwe wijk komen uit de buurt en laten een woning achter; "
            "wat voor de regio nieuw is boven de bevolkingsprognose verschilt per plan",
            "Share of homes that add a household to the region", "Deel van de woningen dat een huishouden toevoegt",
            effect=True, neutral=0.0,
        ),
    ),
)  # fmt: skip
def new_district(it: Instance) -> Iterator[Act]:
    """Month by month households move into the homes that are ready, at the edge of the place. They resemble the
    households that move into the municipality anyway: young couples and families more than old people, so that
    births come after. They come on top of the population forecast, are registered with the practice they leave
    behind, and look for one here like everybody who moves in: part of their needs goes to the old practice as long
    as it keeps them, part is seen as passant, and in the evening they call the post.

    No practice comes with the homes. Lists near by fill and close to others too; premises and a GP who wants to
    start there are interventions of their own. When a household goes, another one takes its place. People who move
    to the district from within the region are left out, as they leave a home behind for others.
    """
    places = [place.name for place in it.region.places]
    months, total = int(it.number("months")), it.number("homes") * it.number("from_outside")
    for part in range(months if total else 0):
        yield it.act(
            "homes filled", after=part, place=places.index(it.text("place")), total=total, months=months, part=part
        )
