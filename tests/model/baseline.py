"""The stored baseline run: what the unchanged scenario comes to, and what it cost when it was stored.

``python -m tests.model.baseline`` stores it anew, which asks for a line **Regression** in the top section of
CHANGELOG.md that the stored one does not know.
"""

from __future__ import annotations

import json
import math
import platform
import re
import sys
import time
from pathlib import Path
from typing import Any

import numba
import numpy as np

from sim.indicators.catalogue import INDICATORS
from tests.model.digest import digest, run
from tests.repository.tree import ROOT

STORED = Path(__file__).with_name("baseline.json")
BENCHMARK = Path(__file__).with_name("benchmark.json")
SCALE, DAYS, YEAR = 0.01, 365, 2025


def where() -> dict[str, str]:
    """What the same bytes hang on besides the code."""
    return {
        "platform": f"{platform.system()} {platform.machine()}",
        "python": ".".join(platform.python_version_tuple()[:2]),
        "numpy": np.__version__,
        "numba": numba.__version__,
    }


def results() -> dict[str, Any]:
    """Digest and headline numbers of the baseline run: a hundredth of Twente, seed 1, a year, short run-in."""
    model = run(DAYS, SCALE)
    tables = model.ledger.tables()
    numbers = {one.id: one(tables, YEAR) for one in INDICATORS.values() if one.headline}
    return {
        "digest": digest(model),
        "numbers": {name: None if math.isnan(value) else value for name, value in numbers.items()},
    }


def regressions(changelog: str) -> list[str]:
    """Lines of the top section that say that results move."""
    top = re.split(r"^## ", changelog, flags=re.MULTILINE)[1]
    return re.findall(r"^- \*\*Regression\*\* .+$", top, re.MULTILINE)


def stored() -> dict[str, Any]:
    """The stored baseline."""
    found: dict[str, Any] = json.loads(STORED.read_text(encoding="utf-8"))
    return found


def renewed(old: dict[str, Any] | None, new: dict[str, Any], changelog: str) -> dict[str, Any]:
    """The baseline to store.

    Raises:
        ValueError: results moved and the changelog does not say so in a line of its own.
    """
    lines = regressions(changelog)
    if old is not None and old["results"] != new:
        unused = [line for line in lines if line not in old["explained_by"]]
        if not unused:
            raise ValueError(
                "results moved: say what moved and why in CHANGELOG.md, in the top section, in a line that begins "
                "with '- **Regression** '"
            )
    return {"where": where(), "explained_by": lines, "results": new}


def main() -> int:
    """Store results and cost; exit code 2 when the changelog lacks the line."""
    run(31, SCALE)  # kernels are there
    began = time.process_time()
    new = results()
    seconds = time.process_time() - began
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    try:
        made = renewed(stored() if STORED.exists() else None, new, changelog)
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    STORED.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    cost = where() | {"scale": SCALE, "days": DAYS, "cpu_seconds": round(seconds, 2)}
    BENCHMARK.write_text(json.dumps(cost, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
