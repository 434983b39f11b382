"""Which parameters the code names: found in its syntax trees, without running it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SIM = ROOT / "sim"


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _words(tree: ast.Module) -> set[str]:
    return {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def _imported(tree: ast.Module) -> list[Path]:
    """Files of ``sim`` that a module imports from: the words for an f-string may stand there."""
    names = [n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and (n.module or "").startswith("sim.")]
    paths = [ROOT.joinpath(*str(name).split(".")).with_suffix(".py") for name in names]
    return [path for path in paths if path.exists()]


def _patterns(tree: ast.Module) -> list[str]:
    """F-strings that begin with a topic, as patterns with their holes as groups."""
    strings = [n.values for n in ast.walk(tree) if isinstance(n, ast.JoinedStr)]
    patterns = ["".join(re.escape(str(v.value)) if isinstance(v, ast.Constant) else "(.+)" for v in s) for s in strings]
    return [pattern for pattern in patterns if re.match(r"[a-z_]+\\\.", pattern)]


def named_in(path: Path, names: Iterable[str]) -> set[str]:
    """Those of ``names`` that a module mentions: whole, or by an f-string whose holes it fills with words it knows."""
    tree = _tree(path)
    words = _words(tree)
    known = words.union(*(_words(_tree(other)) for other in _imported(tree)))
    found = {name for name in names if name in words}
    for pattern in _patterns(tree):
        for name in names:
            match = re.fullmatch(pattern, name)
            if match and set(match.groups()) <= known:
                found.add(name)
    return found


def used(names: Iterable[str]) -> set[str]:
    """Those of ``names`` that ``sim`` reads."""
    everything = list(names)
    return set().union(*(named_in(path, everything) for path in sorted(SIM.rglob("*.py"))))
