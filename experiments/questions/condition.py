"""When a plan fails: an indicator on the wrong side of a value, as it is written on the command line."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from experiments.questions.asking import QuestionError, find

__all__ = ["Condition"]

_FORM = re.compile(r"^\s*(?P<id>[a-z0-9_]+)\s*(?P<sign><=|>=|<|>)\s*(?P<value>[-+]?[0-9.]+(e[-+]?[0-9]+)?)\s*$")
_SIGNS: dict[str, Callable[[Any, float], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True)
class Condition:
    """``indicator sign value``, such as ``without_gp_share > 2``."""

    indicator: str
    sign: str
    value: float

    @classmethod
    def parse(cls, text: str) -> Condition:
        """Read one.

        Raises:
            QuestionError: it has another form, or there is no such indicator.
        """
        found = _FORM.match(text)
        if found is None:
            raise QuestionError(
                f"{text!r} does not say when a plan fails; write an indicator, a sign and a value: "
                f'"without_gp_share > 2"'
            )
        try:
            value = float(found["value"])
        except ValueError:
            raise QuestionError(f"{found['value']!r} in {text!r} is no number") from None
        return cls(find(found["id"]).id, found["sign"], value)

    def holds(self, values: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        """Where it holds."""
        result: npt.NDArray[np.bool_] = _SIGNS[self.sign](values, self.value)
        return result

    def __str__(self) -> str:
        return f"{self.indicator} {self.sign} {self.value:g}"
