"""An out-of-hours post closes for good."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Name, Setting, Text
from sim.interventions.instance import Act, Instance
from sim.interventions.registry import event
from sim.region.region import Region


def _can_act(region: Region) -> Text | None:
    if len(region.post_name) > 1:
        return None
    return Text("it has one out-of-hours post", "er is één huisartsenpost")


@event(
    "post_closes",
    name=("A post closes", "Een huisartsenpost sluit"),
    about=(
        "An out-of-hours post closes; its callers and its shifts go to the posts that are left.",
        "Een huisartsenpost (spoedpost) sluit; bellers en diensten gaan naar de overige posten.",
    ),
    settings=(
        Name("post", "post", "Name of the post", "Naam van de post"),
        Setting(
            "closes", 1, 0, 1, "1 closes, 0 stays open", "C",
            "Assumption: the scenario decides; Oldenzaal closed in January 2020, Oostburg in October 2024",
            "Aanname: het scenario bepaalt dit; Oldenzaal sloot in januari 2020, Oostburg in oktober 2024",
            "The post closes", "De post sluit", effect=True, neutral=0, whole=True,
        ),
    ),
    can_act=_can_act,
)  # fmt: skip
def post_closes(it: Instance) -> Iterator[Act]:
    """Everybody whom the post served is sent to the nearest post that is left, and waits there with the others. The
    shifts of the closed post go, and the staffing table of the other posts follows the people whom they serve now:
    it counts GPs in whole persons and at least one of each kind a shift, so fewer shifts are left in all, and there
    are fewer hours to do for each owner. That is why posts are closed.

    The other side is distance. People drive further and come later after their call, and queues of the remaining posts
    grow in the hours in which the whole persons fall short. A home visit is taken to last as long as before. If the
    post was the only one of its organisation, calls and the duty of its practices go over to the organisation that
    serves their people. Nobody is assumed to call less because the post is far; that would hide need, not remove it,
    and no Dutch figure was found.
    """
    if it.number("closes"):
        yield it.act("post closes", post=it.region.post_name.index(it.text("post")))
