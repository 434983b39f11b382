"""What may and what may not stand in the repository's files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.repository.tree import PACKAGES, ROOT, files, project, text

LONGEST_FILE = 500

# Brackets keep these patterns from finding themselves.
FORBIDDEN = {
    "a path of one machine": r"(?<![A-Za-z0-9.])/(work|farm|root|tmp|home)/[A-Za-z.]",
    "a package registry or its settings": (
        r"py[p]i\.org|pythonho[s]ted\.org|registry\.np[m]js|--(extra-)?index[-]url|--find[-]links|/simpl[e]/"
    ),
    "a content delivery network": r"\bcd[n]\.",
    "a leftover": r"\bTO[D]O\b|\bFIX[M]E\b|\bX[X]X\b|assert Tru[e]\b",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in files()
        for number, line in enumerate((text(path) or "").splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("a path of one machine", "open('/" + "tmp/results.csv')"),
        ("a package registry or its settings", "pip install --index" + "-url somewhere"),
        ("a content delivery network", "src=https://cd" + "n.example"),
        ("a leftover", "x = 1  # TO" + "DO"),
    ],
)
def test_the_patterns_find_what_they_should(what: str, line: str) -> None:
    assert re.search(FORBIDDEN[what], line)


def test_files_stay_short() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in files()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in PACKAGES
        if (lines := len((text(path) or "").splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_every_folder_with_python_is_a_package() -> None:
    folders = {path.parent for path in files() if path.suffix == ".py" and path.parent != ROOT}
    assert [str(folder.relative_to(ROOT)) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_no_file_is_large() -> None:
    assert [str(path.relative_to(ROOT)) for path in files() if path.stat().st_size > 1_000_000] == []


def test_lines_end_as_in_unix_and_files_with_a_newline() -> None:
    found = []
    for path in files():
        content = path.read_bytes()
        if b"\0" not in content and content and (b"\r\n" in content or not content.endswith(b"\n")):
            found.append(str(path.relative_to(ROOT)))
    assert found == []


def test_licence_is_the_whole_of_eupl_1_2() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert [number for number in range(1, 16) if not re.search(rf"^{number}\.", licence, re.MULTILINE)] == []
    assert "‘Compatible Licences’ according to Article 5 EUPL are:" in licence
    assert project()["project"]["license"] == "EUPL-1.2"


def field(document: str, name: str) -> str:
    """Value of a top-level key of a simple YAML file."""
    match = re.search(rf"^{name}: *\"?([^\"\n]+?)\"?$", document, re.MULTILINE)
    assert match, name
    return match[1]


def test_citation_agrees_with_the_project() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    described = project()["project"]
    assert field(citation, "version") == described["version"]
    assert field(citation, "license") == described["license"]
    assert f"- name: {described['authors'][0]['name']}" in citation


def test_changelog_keeps_its_form() -> None:
    lines = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
    kinds = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    headings = [line for line in lines if line.startswith("## ")]
    assert headings[0] == "## [Unreleased]"
    assert [line for line in headings[1:] if not re.fullmatch(r"## \[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", line)] == []
    assert {line[4:] for line in lines if line.startswith("### ")} <= kinds
    assert [line for line in lines if re.search(r"regression", line, re.IGNORECASE) and not is_rule(line)] == []


def is_rule(line: str) -> bool:
    """A line that speaks of regressions either is the rule in the introduction or marks itself."""
    return line.startswith(("- **Regression** ", "versions follow", "scenario move"))


def python_files(folder: str) -> list[Path]:
    """Python files of the repository below a folder."""
    return [path for path in files() if path.suffix == ".py" and (ROOT / folder) in path.parents]


def test_every_test_file_can_be_found_by_pytest() -> None:
    odd = [
        str(path.relative_to(ROOT))
        for path in python_files("tests")
        if not path.name.startswith("test_") and re.search(r"^def test_", text(path) or "", re.MULTILINE)
    ]
    assert odd == []
