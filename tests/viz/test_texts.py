"""Every text of the view is there in both languages, with the same values to fill in."""

from __future__ import annotations

import importlib
import pkgutil
import string

import pytest

import viz

ROOMS = sorted(
    found.name for found in pkgutil.walk_packages(viz.__path__, "viz.") if found.name.rpartition(".")[2] == "texts"
)


def test_rooms_are_found() -> None:
    assert {"viz.server.texts", "viz.shell.texts"} <= set(ROOMS)


def asked(text: str) -> set[str]:
    """Names of what is filled in."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("room", ROOMS)
def test_both_languages_say_the_same(room: str) -> None:
    for key, text in importlib.import_module(room).TEXTS.items():
        assert set(text) == {"nl", "en"}, key
        assert all(said.strip() for said in text.values()), key
        assert asked(text["nl"]) == asked(text["en"]), key
