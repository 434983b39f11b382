"""Continuity: how long somebody has had the same GP, and out-of-hours use."""

from __future__ import annotations

from experiments.reproductions.base import Published, reproduction

_NORWAY = "Sandvik et al., BJGP 72:e84 (2022), 4.55 million people in Norway"
_REMARK = (
    "Out-of-hours needs are a person's own in the model, whoever the GP is, and no record is kept of how long somebody "
    "has had a GP. Losing one leads to the post through access only: who has no practice, does not get through, or "
    "gives up waiting. So the model understates what a forced change of GP costs."
)


@reproduction(
    "Out-of-hours use, two to three years with the same GP against one",
    [],
    Published(0.87, 0.86, 0.88, "odds ratio", _NORWAY, ("I36.1",)),
    expected="not in the model",
    remark=_REMARK,
)
def continuity_some_years() -> None:
    """Nothing can be asked of the model, and a parameter that held the published odds would only give them back."""


@reproduction(
    "Out-of-hours use, more than 15 years with the same GP against one",
    [],
    Published(0.70, 0.69, 0.71, "odds ratio", _NORWAY, ("I36.2",)),
    expected="not in the model",
    remark=_REMARK,
)
def continuity_many_years() -> None:
    """Nothing can be asked of the model, and a parameter that held the published odds would only give them back."""
