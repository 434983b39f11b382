"""Results of the unchanged scenario stand still unless the changelog says that they move."""

from __future__ import annotations

import pytest

from tests.model.baseline import regressions, renewed, results, stored, where
from tests.repository.tree import ROOT

HOW = "say so in CHANGELOG.md in a line that begins with '- **Regression** ', then: python -m tests.model.baseline"
LOG = "# Changelog\n\n## [Unreleased]\n\n- **Regression** {}.\n\n## [0.1.0] - 2025-01-01\n\n- **Regression** old.\n"


def test_results_are_the_stored_ones() -> None:
    before, now = stored(), results()
    for name, value in before["results"]["numbers"].items():
        expected = None if value is None else pytest.approx(value, rel=1e-6)
        assert now["numbers"][name] == expected, f"{name} moved: {HOW}"
    assert now["numbers"].keys() == before["results"]["numbers"].keys()
    if where() == before["where"]:
        assert now["digest"] == before["results"]["digest"], f"results moved: {HOW}"


def test_the_changelog_still_says_what_moved_them() -> None:
    said = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert [line for line in stored()["explained_by"] if line not in said] == []


def test_moved_results_are_stored_only_with_a_line_of_their_own() -> None:
    first = renewed(None, {"digest": "a"}, LOG.format("one"))
    assert regressions(LOG.format("one")) == ["- **Regression** one."]
    assert renewed(first, {"digest": "a"}, LOG.format("one"))["results"] == {"digest": "a"}
    with pytest.raises(ValueError, match="results moved"):
        renewed(first, {"digest": "b"}, LOG.format("one"))
    assert renewed(first, {"digest": "b"}, LOG.format("two"))["results"] == {"digest": "b"}
