"""The repository's pages as these tests see them: text, links, tables, code."""

from __future__ import annotations

import re
from pathlib import Path

from tests.repository.tree import ROOT, files

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def pages() -> list[str]:
    """Names of all Markdown files, relative to the root."""
    return [path.relative_to(ROOT).as_posix() for path in files() if path.suffix == ".md"]


def read(name: str) -> str:
    """Text of a page."""
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    """Fenced blocks of code in one language."""
    return [body for tongue, body in FENCE.findall(read(name)) if tongue == language]


def inline(name: str) -> list[str]:
    """Pieces of code within sentences, line breaks taken out."""
    prose = re.sub(r"^(    |\t).*$", "", FENCE.sub("", read(name)), flags=re.MULTILINE)
    return [" ".join(piece.split()) for piece in re.findall(r"`([^`]+)`", prose)]


def links(name: str) -> list[str]:
    """Targets of links and images that lie in the repository, without their anchors."""
    found = re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", read(name)))
    return [target.split("#")[0] for target in found if not re.match(r"[a-z]+:|#", target)]


def tables(name: str) -> list[list[list[str]]]:
    """Bodies of all tables: rows of cells."""
    found: list[list[list[str]]] = []
    for part in re.findall(r"(?:^\|.*\n)+", read(name), re.MULTILINE):
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines()]
        found.append(rows[2:])
    return found


def folder(name: str) -> Path:
    """Folder that a page's links start from."""
    return (ROOT / name).parent
