"""Every source that is shown is said in Dutch as well, and the Dutch one is shown to who reads Dutch."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from experiments.cli import main
from experiments.compare.comparison import Assumption
from experiments.sources import Sourced, source_in
from experiments.texts import Language
from experiments.validate.series import history
from sim.indicators.catalogue import INDICATORS
from sim.indicators.targets import load_targets
from sim.interventions.registry import declared
from sim.parameters import load_parameters

ENGLISH = re.compile(
    r"\b(the|and|with|from|by|for|on|to|as|about|assum\w+|derived|fitted|published|found|people|owners|GPs?|share|rate|"
    r"years?|times|through)\b",
    re.IGNORECASE,
)
"""Words that no Dutch sentence has, nor the name of a publication."""


def sources() -> Iterator[tuple[str, Sourced]]:
    yield from load_parameters().items()
    for one in declared().values():
        yield from ((f"{one.id}.{number.key}", number) for number in one.numbers)
    yield from ((f"target {name}", target) for name, target in load_targets().items())
    yield from ((f"indicator {id}", indicator) for id, indicator in INDICATORS.items())
    yield from ((f"series {series.name}", series) for series in history())


SOURCES = dict(sources())


def test_no_dutch_source_has_english_words() -> None:
    assert len(SOURCES) > 900
    assert {name: one.source_nl for name, one in SOURCES.items() if ENGLISH.search(one.source_nl)} == {}


def test_only_the_name_of_a_publication_is_the_same_in_both_languages() -> None:
    """So an English sentence taken over as it is would be found by its words, and nothing is left empty."""
    assert [name for name, one in SOURCES.items() if len(one.source_nl) < 5] == []
    same = {one.source for one in SOURCES.values() if one.source == one.source_nl}
    publishers = re.compile("Nivel|NZa|CBS|RIVM|InEen|SBOH|Rekenkamer|SSFH|Capaciteitsorgaan|Zilveren Kruis")
    assert {one for one in same if not publishers.search(one)} == set()
    assert len(same) < 30


def test_assumptions_say_so_in_dutch() -> None:
    silent = [
        name
        for name, one in SOURCES.items()
        if one.source.startswith("Assumption") and not one.source_nl.startswith("Aanname")
    ]
    assert silent == []


def test_what_has_no_dutch_stays_as_it_is() -> None:
    old = Assumption("", "", "care.no_show", "nl", "en", 0.1, "share", 0.0, 1.0, "C", "Assumption")
    assert source_in(old, "nl") == source_in(old, "en") == "Assumption"


@pytest.mark.parametrize("lang", ["en", "nl"])
@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("evidence", "care.online_share"), "care.online_share"),
        (("intervention", "more_time"), "more_time.referrals"),
        (("indicators", "duty_price"), "indicator duty_price"),
    ],
)
def test_the_command_line_shows_the_source_of_the_language(words: tuple[str, ...], name: str, lang: Language) -> None:
    done = CliRunner().invoke(main, [*words, "--lang", lang], env={"COLUMNS": "1000"})
    assert done.exit_code == 0, done.output
    text = " ".join(done.output.split())
    other: Language = "en" if lang == "nl" else "nl"
    assert source_in(SOURCES[name], lang) in text and source_in(SOURCES[name], other) not in text
