"""What a reproduction is made of: a published case, what the model is asked, and what the comparison comes to.

A file of this folder declares one or more by decorating functions that simulate the case. The docstring of such a
function says what is asked of the model, and how far the answer is independent of what was put in.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

__all__ = ["Answer", "Published", "Reproduction", "Verdict", "reproduction", "reproductions", "verdict"]

Verdict = Literal["within", "smaller", "larger", "not in the model"]


@dataclass(frozen=True)
class Published:
    """What was published.

    Attributes:
        value: the figure.
        low, high: its interval, or the range of the sources.
        unit: in words.
        source: where it was read.
        evidence: ids of the rows of evidence; no setting of a tested intervention may rest on one of them. None where
            the figure is arithmetic of what is put in, which the source then says.
    """

    value: float
    low: float
    high: float
    unit: str
    source: str
    evidence: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.low <= self.value <= self.high:
            raise ValueError(f"{self.value} does not lie between {self.low} and {self.high}")


@dataclass(frozen=True)
class Answer:
    """What the model says: a figure and the lowest and highest of what was run (seeds, or settings)."""

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Answer:
        """Mean, least and most of some runs."""
        found = list(values)
        return cls(sum(found) / len(found), min(found), max(found))


@dataclass(frozen=True)
class Reproduction:
    """A published case held against the model.

    Attributes:
        id: name of the function.
        title: what is compared, in words.
        interventions: kinds that are tested.
        published: the figure.
        expected: the verdict at which the project stands; a test asks for it, whether it pleases or not.
        function: simulates the case; None where the model has no such mechanism.
        about: what is asked of the model and how independent the answer is (the function's docstring).
        remark: why the answer differs, where it does.
    """

    id: str
    title: str
    interventions: tuple[str, ...]
    published: Published
    expected: Verdict
    function: Callable[[], Answer | None]
    about: str
    remark: str = ""

    def run(self) -> tuple[Answer | None, Verdict]:
        """Ask the model."""
        answer = self.function()
        return answer, verdict(self.published, answer)


def verdict(published: Published, answer: Answer | None) -> Verdict:
    """Where the model's figure lies against the published range; of a fall, ``smaller`` is a smaller fall."""
    if answer is None:
        return "not in the model"
    if published.low <= answer.value <= published.high:
        return "within"
    below = answer.value < published.low
    return "smaller" if below == (published.value > 0.0) else "larger"


DECLARED: dict[str, Reproduction] = {}
"""All that has been imported, by id."""


def reproduction(
    title: str, interventions: Iterable[str], published: Published, *, expected: Verdict = "within", remark: str = ""
) -> Callable[[Callable[[], Answer | None]], Callable[[], Answer | None]]:
    """Declare the decorated function as a reproduction; see ``Reproduction`` for the arguments.

    Raises:
        ValueError: there is one of that name already.
    """

    def declare(function: Callable[[], Answer | None]) -> Callable[[], Answer | None]:
        id = function.__name__
        if id in DECLARED:
            raise ValueError(f"there is a reproduction {id!r} already")
        about = " ".join((function.__doc__ or "").split())
        DECLARED[id] = Reproduction(id, title, tuple(interventions), published, expected, function, about, remark)
        return function

    return declare


def reproductions() -> dict[str, Reproduction]:
    """All of them by id, sorted, found in the files of this folder."""
    package = importlib.import_module("experiments.reproductions")
    for found in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"experiments.reproductions.{found.name}")
    return dict(sorted(DECLARED.items()))
