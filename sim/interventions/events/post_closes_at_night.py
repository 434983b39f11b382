"""An out-of-hours post closes at night, for good or as a trial."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Name, Setting, Text
from sim.interventions.instance import Act, Instance
from sim.interventions.registry import event
from sim.region.region import Region


def _can_act(region: Region) -> Text | None:
    open_ = region.post_organisation[region.post_open]
    if len(open_) > len(set(open_.tolist())):
        return None
    return Text("no organisation has two out-of-hours posts", "er is geen organisatie met twee huisartsenposten")


@event(
    "post_closes_at_night",
    name=("A post closes at night", "Een huisartsenpost sluit 's nachts"),
    about=(
        "An out-of-hours post has no GPs from 23 to 8 h; the organisation's other posts see who calls then.",
        "Een huisartsenpost (spoedpost) heeft van 23 tot 8 uur geen huisartsen; andere posten van de organisatie "
        "zien wie dan belt.",
    ),
    lasting=True,
    settings=(
        Name("post", "post", "Name of the post", "Naam van de post"),
        Setting(
            "closes", 1, 0, 1, "1 closes at night, 0 stays open", "C",
            "Assumption: the scenario decides; Dokkum closed at night as a trial from July 2025 (Waldnet 2025), "
            "Hengelo was studied for July 2023 and dropped (AD 2023)",
            "Aanname: het scenario bepaalt dit; Dokkum sloot vanaf juli 2025 bij wijze van proef 's nachts (Waldnet "
            "2025), Hengelo werd voor juli 2023 onderzocht en ging niet door (AD 2023)",
            "The post closes at night", "De post sluit 's nachts", effect=True, neutral=0, whole=True,
        ),
    ),
    can_act=_can_act,
)  # fmt: skip
def post_closes_at_night(it: Instance) -> Iterator[Act]:
    """From 22 h on, as who calls late still has to come, callers are seen by the nearest post of the same organisation
    that is open at night, or visited from there. The night shifts of the post go, those of the others grow in
    proportion to the people, in whole persons: fewer shifts in all, and fewer nights for each owner.

    The other side is distance at night, longer for everybody whom the post served, the more so where a ferry or a
    bridge lies between. Evenings, days and weekends stay as they were. Nobody is assumed to call less. The last post
    that an organisation has at night stays open. The end of the event opens the nights again.
    """
    if it.number("closes"):
        post = it.region.post_name.index(it.text("post"))
        yield it.act("post nights end", post=post)
        if it.end is not None:
            yield it.act("post nights begin", after=it.end - it.start, post=post)
