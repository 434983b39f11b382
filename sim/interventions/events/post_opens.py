"""An out-of-hours post opens, or opens again."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Name, Setting
from sim.interventions.instance import Act, Instance
from sim.interventions.registry import event


@event(
    "post_opens",
    name=("A post opens", "Een huisartsenpost opent"),
    about=(
        "An out-of-hours post that is closed opens; who lives nearer to it goes there.",
        "Een gesloten huisartsenpost (spoedpost) opent; wie er dichterbij woont gaat daarheen.",
    ),
    settings=(
        Name("post", "post", "Name of the post", "Naam van de post"),
        Setting(
            "opens", 1, 0, 1, "1 opens, 0 stays closed", "C",
            "Assumption: the scenario decides; a closed post in a region's posts.csv can open",
            "Aanname: het scenario bepaalt dit; een gesloten post in posts.csv van een regio kan opengaan",
            "The post opens", "De post opent", effect=True, neutral=0, whole=True,
        ),
    ),
)  # fmt: skip
def post_opens(it: Instance) -> Iterator[Act]:
    """The post must be one of the region's: closed at the start (``closed`` in posts.csv), or by another event. Calls
    are answered by its organisation's nurses. Its shifts are staffed by the GPs of that organisation; each counts in
    whole persons and at least one of each kind, so there are more hours of duty in all, and more for each owner. That
    is what a post near by costs.

    The other side is distance: people drive less and come sooner after their call. Nobody is assumed to call more
    because a post is near. A post that is open stays as it is.
    """
    if it.number("opens"):
        yield it.act("post opens", post=it.region.post_name.index(it.text("post")))
