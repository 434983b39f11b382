"""Every broken region gets one line that names the file, the place and the mend, in both languages."""

from __future__ import annotations

import pickle
import shutil
import string
from pathlib import Path

import pytest

from sim.parameters import load_parameters
from sim.region import RegionError, load_region
from sim.texts.faults import SENTENCES
from tests.region.broken import CASES, Broken

PARAMETERS = load_parameters()
TWENTE = Path(__file__).parents[2] / "scenarios" / "regions" / "twente"


def broken_fault(case: Broken, tmp_path: Path) -> RegionError:
    folder = tmp_path / "twente"
    shutil.copytree(TWENTE, folder)
    case.edit(folder)
    with pytest.raises(RegionError) as caught:
        load_region(folder, PARAMETERS)
    return caught.value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_broken_region_is_answered_by_one_line(case: Broken, tmp_path: Path) -> None:
    fault = broken_fault(case, tmp_path)
    message = str(fault)
    assert fault.key == case.key, message
    assert (fault.file, fault.place) == (case.file, case.place), message
    for language in ("en", "nl"):
        text = fault.text(language)
        assert "\n" not in text and "{" not in text.replace("{'", ""), text
        assert text.startswith(case.file), text
        assert len(text) < 400, text
    if isinstance(case.place, int):
        assert message.startswith(f"{case.file}, row {case.place}: ")
        assert fault.text("nl").startswith(f"{case.file}, regel {case.place}: ")
    for word in case.words:
        assert word in message, (word, message)


def test_there_are_enough_broken_regions() -> None:
    assert len(CASES) >= 32
    assert len({case.name for case in CASES}) == len(CASES)


def test_both_languages_say_the_same() -> None:
    for key, (english, dutch) in SENTENCES.items():
        fields = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (english, dutch)]
        assert fields[0] == fields[1], key
        assert english != dutch, key


def test_fault_survives_pickling(tmp_path: Path) -> None:
    fault = broken_fault(CASES[0], tmp_path)
    again = pickle.loads(pickle.dumps(fault))
    assert isinstance(again, RegionError)
    assert (str(again), again.place) == (str(fault), fault.place)


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(RegionError, match=r"^nowhere/region.toml: the file is missing") as caught:
        load_region(tmp_path / "nowhere")
    assert "\n" not in str(caught.value)
