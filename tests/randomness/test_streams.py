"""The register of streams: numbers that are never changed, never reused and not forgotten."""

from __future__ import annotations

import re
from pathlib import Path

from sim.randomness.streams import Stream

SIM = Path(__file__).resolve().parents[2] / "sim"

# A number once given is for ever: results of older versions hang on it. New streams are added at the end of a block.
GIVEN = {
    "HOUSEHOLD": 1, "PERSON": 2, "COORDINATE": 3, "CONDITIONS": 4, "FRAILTY": 5, "REGISTRATION_START": 6,
    "PRACTICE": 7, "GP": 8, "PRACTICE_PLACE": 10, "NEED": 20, "NEED_CHOICE": 21, "DEATH": 22, "BIRTH": 23,
    "MOVE_OUT": 24, "MOVE_WITHIN": 25, "LEAVE_HOME": 26, "MOVE_IN": 27, "ADMIN_CALL": 40, "EPISODE": 42, "VISIT": 43,
    "POST": 46, "POST_SERVICE": 47, "SEARCH": 60, "LIST_TRAIT": 61, "WISH": 62, "LEAVE_WEEKS": 80, "SICKNESS": 81,
    "ROSTER": 82, "CAREER_EXIT": 90, "CAREER_SUDDEN": 91, "CAREER_MOVE": 92, "CAREER_HOURS": 93, "CAREER_ROLE": 94,
    "CAREER_ILLNESS": 95, "CAREER_START": 96, "POOL_SEAT": 97, "POOL_PERSON": 98, "INTAKE_SEAT": 99, "TRAINEE": 100,
    "JOB_TASTE": 101, "VACANCY_TASTE": 110, "VACANCY_PREFERENCE": 111, "LOOK_ROUND": 112, "WAITING": 113,
    "VACANCY_START": 114, "FOUNDING": 115, "CLOSING": 116, "STAFF_MARKET": 117, "PREMISES": 118,
}  # fmt: skip

# Registered and not drawn from: retired, or kept for what is still to come.
WITHOUT_DRAWS = {
    "DISTRICT", "CONDITION_ONSET", "CHRONIC_PHASE", "CALL", "FOLLOW_UP", "PATIENCE", "UNREGISTERED", "MEDIATION", "TIE",
}  # fmt: skip


def test_given_numbers_are_kept() -> None:
    now = {name: int(stream) for name, stream in Stream.__members__.items()}
    assert {name: now.get(name) for name in GIVEN} == GIVEN


def test_numbers_fit_a_word_of_the_key_and_are_used_once() -> None:
    numbers = [int(stream) for stream in Stream.__members__.values()]
    assert len(set(numbers)) == len(numbers)
    assert min(numbers) > 0 and max(numbers) < 2**32


def test_every_stream_is_drawn_from() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in SIM.rglob("*.py"))
    drawn = set(re.findall(r"\bStream\.([A-Z_]+)\b", text))
    assert set(Stream.__members__) - drawn <= WITHOUT_DRAWS
    assert drawn <= set(Stream.__members__)
    assert not drawn & WITHOUT_DRAWS, "take it from the list"


def test_no_key_is_made_without_the_register() -> None:
    """Whoever draws names a stream: a bare number in a call of the generator would go past the register."""
    bare = re.compile(r"\b(uniforms|words|fill_words|fill_words_each|draw4)\(\s*[\w.]+\s*,\s*(int\()?\d")
    found = [
        f"{path.relative_to(SIM)}: {match[0]}"
        for path in sorted(SIM.rglob("*.py"))
        for match in bare.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []
    assert bare.search("uniforms(seed, 42, uid)") and bare.search("words(self.seed, int(42), uid)")
