"""Acts: what an intervention or event has the model do once, on the first of a month.

A file here registers a handler for a kind of act, a function of the model, the act and the day::

    @handler("owner stops")
    def owner_stops(model: RegionModel, act: Act, day: int) -> None: ...

Handlers are found by themselves. They run before the month's decisions, in the order of their instances' ids.
"""

from sim.acts.dispatch import check_acts, handler, perform

__all__ = ["check_acts", "handler", "perform"]
