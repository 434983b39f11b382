"""Every package that an environment can hold is pinned, once for uv and once, equally, for pip."""

from __future__ import annotations

import re
from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.repository.tree import ROOT, project

UV_PINS: list[str] = project()["tool"]["uv"]["constraint-dependencies"]


def pins(lines: list[str]) -> dict[str, str]:
    """Version by canonical name; a line that is no exact pin fails."""
    found: dict[str, str] = {}
    for line in lines:
        match = re.fullmatch(r"([A-Za-z0-9._-]+)==([0-9][A-Za-z0-9.+!]*)", line)
        assert match, f"not an exact pin: {line!r}"
        name = canonicalize_name(match[1])
        assert name not in found, f"{name} is pinned twice"
        found[name] = match[2]
    return found


def needs(name: str) -> list[str]:
    """Requirements of an installed package; none of one that is not installed (the group `docs` need not be)."""
    try:
        return metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []


def closure(requirements: list[str]) -> set[str]:
    """Names of all packages that these requirements bring, themselves included, as far as they are installed."""
    seen: set[tuple[str, str]] = set()
    todo = [(Requirement(line), "") for line in requirements]
    while todo:
        requirement, extra = todo.pop()
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        for wanted in {"", *requirement.extras}:
            if (name, wanted) not in seen:
                seen.add((name, wanted))
                todo += [(Requirement(line), wanted) for line in needs(name)]
    return {name for name, _ in seen}


def test_constraints_for_pip_equal_those_for_uv() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == UV_PINS
    assert sorted(UV_PINS) == UV_PINS


def test_every_package_is_pinned() -> None:
    groups = project()["dependency-groups"]
    declared = [*project()["project"]["dependencies"], *groups["dev"], *groups["docs"]]
    assert set(groups) == {"dev", "docs"}
    assert len(closure(declared)) > 30
    assert closure(declared) - set(pins(UV_PINS)) == {"deltaplan"}  # the tests want its own extras


def test_installed_versions_are_the_pinned_ones() -> None:
    pinned = pins(UV_PINS)
    installed: dict[str, str] = {canonicalize_name(found.name): found.version for found in metadata.distributions()}
    known = pinned.keys() & installed.keys()
    assert len(known) > 30
    assert {name: installed[name] for name in known} == {name: pinned[name] for name in known}


def test_the_builder_is_pinned_alike() -> None:
    pinned = pins(UV_PINS)
    builder = pins(project()["build-system"]["requires"]) | pins(
        project()["tool"]["uv"]["build-constraint-dependencies"]
    )
    assert builder.items() <= pinned.items()
    assert closure(project()["build-system"]["requires"]) <= builder.keys()


def test_the_project_itself_pins_only_mesa_and_solara_with_its_assets() -> None:
    exact = [line for line in project()["project"]["dependencies"] if "==" in line]
    assert exact == [f"{name}=={pins(UV_PINS)[name]}" for name in ("mesa", "solara-assets", "solara")]
    assert pins(UV_PINS)["solara"] == pins(UV_PINS)["solara-assets"]  # else the page asks for files that are not there


def test_the_default_python_is_a_supported_one() -> None:
    default = (ROOT / ".python-version").read_text(encoding="utf-8").strip()
    described = project()["project"]
    assert Requirement(f"python{described['requires-python']}").specifier.contains(f"{default}.0")
    assert f"Programming Language :: Python :: {default}" in described["classifiers"]
