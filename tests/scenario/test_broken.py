"""Every broken scenario gets one line that names the file, the key and the mend, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from experiments.cli import main
from sim.interventions.registry import kinds
from sim.parameters import Parameter, Parameters, load_parameters
from sim.scenario import ScenarioError, check_scenario, load_scenario
from sim.texts.faults import SENTENCES
from sim.texts.new_region import NEW_REGION
from tests.interventions.samples import declare
from tests.region import broken as regions
from tests.scenario.broken import Broken, a, tables
from tests.scenario.files import catalogue, scenario_text

BASE = scenario_text("base", 'region = "twente"')


def parameters() -> Parameters:
    """The shipped ones and one that is a list."""
    passport = load_parameters()["region.detour"].model_dump()
    passport |= {"value": [1.0, 1.1], "low": 0.5, "high": [1.5, 2.0], "index": ["a", "b"]}
    return Parameters({**load_parameters().entries, "region.list": Parameter.model_validate(passport)})


PARAMETERS = parameters()


LISTED = 'id = "a"\nregion = "twente"\nlabel = {nl = "a", en = "a"}\ninterventions = []'

CASES = [
    Broken("bad TOML", 'id = "a\n', "bad_toml", None, ("line 1", "correct it there")),
    Broken("not UTF-8", b'id = "a"\n# \xff', "not_utf8", None, ("0xff", "UTF-8")),
    Broken("label missing", 'id = "a"\nregion = "twente"', "key_missing", "label", ("add it",)),
    Broken("one language", 'id = "a"\nregion = "twente"\nlabel = {nl = "a"}', "key_missing", "label.en", ("add it",)),
    Broken("region missing", a("years = 3"), "key_missing", "region", ("add it",)),
    Broken("unknown key", a('region = "twente"\nyear = 3'), "key_unknown", "year", ("did you mean 'years'", "extends")),
    Broken(
        "language misspelt",
        'id = "a"\nregion = "twente"\nlabel = {nl = "a", eng = "a"}',
        "key_unknown",
        "label.eng",
        ("'en'",),
    ),
    Broken("years as text", a('region = "twente"\nyears = "10"'), "key_type", "years", ("'10'", "a whole number")),
    Broken("half a year", a('region = "twente"\nyears = 2.5'), "key_type", "years", ("2.5", "a whole number")),
    Broken("years as truth", a('region = "twente"\nyears = true'), "key_type", "years", ("True", "a whole number")),
    Broken(
        "start as text",
        a('region = "twente"\nstart = "2025-01-01"'),
        "key_type",
        "start",
        ("a date such as 2025-01-01",),
    ),
    Broken("region as number", a("region = 5"), "key_type", "region", ("text between quotation marks",)),
    Broken(
        "interventions as list",
        LISTED,
        "key_type",
        "interventions",
        ("a table of keys",),
    ),
    Broken(
        "interventions as tables of old",
        a('region = "twente"\n[[interventions]]'),
        "key_type",
        "interventions",
        ("a table of keys",),
    ),
    Broken("no years", a('region = "twente"\nyears = 0'), "key_range", "years", ("0", "at least 1")),
    Broken("a century", a('region = "twente"\nyears = 100'), "key_range", "years", ("100", "at most 30")),
    Broken(
        "mode",
        a('region = "twente"\ncapacity_mode = "elastc"'),
        "key_choice",
        "capacity_mode",
        ("did you mean 'elastic'", "hard"),
    ),
    Broken(
        "capital id", 'id = "A"\nregion = "twente"\nlabel = {nl = "a", en = "a"}', "key_other", "id", ("'A'", "pattern")
    ),
    Broken(
        "another id", scenario_text("b", 'region = "twente"'), "id_file", "id", ("'b'", "a.toml", "make them equal")
    ),
    Broken(
        "another start",
        a('region = "twente"\nstart = 2030-01-01'),
        "start_fixed",
        "start",
        ("2030-01-01", "2025-01-01"),
    ),
    Broken("unknown region", a('region = "twenthe"'), "unknown_region", "region", ("did you mean 'twente'",)),
    Broken("unknown base", a('extends = "bass"'), "unknown_base", "extends", ("did you mean 'base'", "choose one of")),
    Broken("no such base file", a('extends = "sub/x.toml"'), "unknown_base", "extends", ("'sub/x.toml'",)),
    Broken("extends itself", a('extends = "a"'), "extends_cycle", "extends", ("a.toml -> a.toml", "remove one")),
    Broken(
        "circle of three",
        a('extends = "b"'),
        "extends_cycle",
        "extends",
        ("a.toml -> b.toml -> c.toml -> a.toml",),
        file="c.toml",
        others={"b": scenario_text("b", 'extends = "c"'), "c": scenario_text("c", 'extends = "a"')},
    ),
    Broken(
        "fault in the base",
        a('extends = "b"'),
        "key_unknown",
        "yeers",
        ("did you mean 'years'",),
        file="b.toml",
        others={"b": scenario_text("b", 'region = "twente"\nyeers = 3')},
    ),
    Broken(
        "parameter fault in the base",
        a('extends = "b"\n[parameters.region]\ndetour = 1.2'),
        "parameter_range",
        "parameters.region.detour",
        ("1.5",),
        file="b.toml",
        others={"b": scenario_text("b", 'region = "twente"\n[parameters.region]\ndetour = 1.5')},
    ),
    Broken(
        "unknown parameter",
        a('extends = "base"\n[parameters]\n"region.detor" = 1.2'),
        "unknown_parameter",
        "parameters.region.detor",
        ("did you mean 'region.detour'", "deltaplan evidence"),
    ),
    Broken(
        "parameter out of range",
        a('extends = "base"\n[parameters.region]\ndetour = 1.5'),
        "parameter_range",
        "parameters.region.detour",
        ("1.5", "between 1 and 1.35", "road km per straight km"),
    ),
    Broken(
        "parameter not finite",
        a('extends = "base"\n[parameters.region]\ndetour = nan'),
        "parameter_range",
        "parameters.region.detour",
        ("nan", "between 1 and 1.35"),
    ),
    Broken(
        "parameter as text",
        a('extends = "base"\n[parameters.region]\ndetour = "1.2"'),
        "parameter_shape",
        "parameters.region.detour",
        ("'1.2'", "one number"),
    ),
    Broken(
        "parameter as truth",
        a('extends = "base"\n[parameters.region]\ndetour = true'),
        "parameter_shape",
        "parameters.region.detour",
        ("True", "one number"),
    ),
    Broken(
        "list for a number",
        a('extends = "base"\n[parameters.region]\ndetour = [1.2]'),
        "parameter_shape",
        "parameters.region.detour",
        ("[1.2]", "one number"),
    ),
    Broken(
        "list too long",
        a('extends = "base"\n[parameters.region]\nlist = [1, 1, 1]'),
        "parameter_shape",
        "parameters.region.list",
        ("a list of 2 numbers",),
    ),
    Broken(
        "one of a list out of range",
        a('extends = "base"\n[parameters.region]\nlist = [1, 3]'),
        "parameter_range",
        "parameters.region.list[2]",
        ("3 lies outside", "between 0.5 and 2"),
    ),
    *tables(),
]


@pytest.fixture(autouse=True)
def samples(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the broken files use."""
    declare(monkeypatch)


def write(case: Broken, folder: Path) -> Path:
    """The files of a case; the path of the broken one."""
    catalogue(folder, base=BASE, **case.others)
    (folder / "a.toml").write_bytes(case.text if isinstance(case.text, bytes) else case.text.encode())
    return folder / "a.toml"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_broken_scenario_is_answered_by_one_line(case: Broken, tmp_path: Path) -> None:
    write(case, tmp_path)
    checked = check_scenario("a", tmp_path, PARAMETERS, kinds())
    assert checked.scenario is None
    assert len(checked.faults) == case.count, checked.faults
    fault = checked.faults[0]
    message = str(fault)
    assert fault.key == case.key, message
    assert fault.file == case.file, message
    if case.place is not None:
        assert fault.place == case.place, message
        assert message.startswith(f"{case.file}, {case.place}: ")
    for language in ("en", "nl"):
        text = fault.text(language)
        assert "\n" not in text
        assert text.startswith(case.file)
    for word in case.words:
        assert word in message, (word, message)
    with pytest.raises(ScenarioError) as caught:
        load_scenario("a", tmp_path, PARAMETERS, kinds())
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_command_answers_with_exit_code_2(case: Broken, tmp_path: Path) -> None:
    path = write(case, tmp_path)
    done = CliRunner().invoke(main, ["check", str(path)])
    assert done.exit_code == 2
    assert isinstance(done.exception, SystemExit)
    assert done.stdout == ""
    assert done.stderr.startswith(case.file)
    assert len(done.stderr.splitlines()) == case.count


@pytest.mark.parametrize(
    ("scenario", "words"),
    [
        ("twent", ("there is no scenario 'twent'", "did you mean 'twente'", "base, twente")),
        ("twent.toml", ("there is no scenario", "choose one of")),
        (Path("nowhere") / "twente.toml", ("nowhere/twente.toml", "base, twente")),
    ],
)
def test_unknown_scenario(scenario: str | Path, words: tuple[str, ...], tmp_path: Path) -> None:
    folder = catalogue(tmp_path, base=BASE, twente=scenario_text("twente", 'region = "twente"'))
    with pytest.raises(ScenarioError) as caught:
        load_scenario(scenario, folder, PARAMETERS)
    message = str(caught.value)
    assert "\n" not in message
    for word in words:
        assert word in message, (word, message)


def test_a_file_that_lies_here_is_meant_when_its_ending_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = catalogue(tmp_path, base=BASE, twente=scenario_text("twente", 'region = "twente"'))
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    for words in ("did you mean 'twente'", "did you mean 'twent.toml'"):
        with pytest.raises(ScenarioError, match=words):
            load_scenario("twent", folder, PARAMETERS)
        (here / "twent.toml").write_text(scenario_text("twent", 'extends = "twente"'), encoding="utf-8")


def test_all_faults_are_said_at_once(tmp_path: Path) -> None:
    rest = """extends = "base"
yeers = 3
capacity_mode = "hrad"
[parameters.care]
no_shwo = 0.03
no_show = 3
[interventions.sample_tiny]
count = 100
cuont = 3
municipalities = ["Borne", "Almello"]
start = 2036-01-02
[interventions.sample_tny]
[events.sample_wave]
date = "soon"
"""
    path = catalogue(tmp_path, base=scenario_text("base", 'region = "twente"\nyears = 99')) / "a.toml"
    path.write_text(a(rest), encoding="utf-8")
    checked = check_scenario(path, tmp_path, PARAMETERS, kinds())
    found = {(fault.file, fault.place, fault.key) for fault in checked.faults}
    assert found == {
        ("base.toml", "years", "key_range"),
        ("a.toml", "yeers", "key_unknown"),
        ("a.toml", "capacity_mode", "key_choice"),
        ("a.toml", "parameters.care.no_shwo", "unknown_parameter"),
        ("a.toml", "parameters.care.no_show", "parameter_range"),
        ("a.toml", "interventions.sample_tiny.count", "setting_range"),
        ("a.toml", "interventions.sample_tiny.cuont", "key_unknown"),
        ("a.toml", "interventions.sample_tiny.municipalities[2]", "no_such_municipality"),
        ("a.toml", "interventions.sample_tiny.start", "date_outside"),
        ("a.toml", "interventions.sample_tny", "unknown_intervention"),
        ("a.toml", "events.sample_wave.date", "key_type"),
        ("a.toml", "events.sample_wave.town", "key_missing"),
    }
    assert checked.notes == ()
    with pytest.raises(ScenarioError, match=r"11 more; `deltaplan check`"):
        load_scenario(path, tmp_path, PARAMETERS, kinds())


GOOD = """id = "a"
extends = "base"
years = 5
label = {nl = "a", en = "a"}
[parameters.care]
no_show = 0.04
[interventions.sample_tiny]
start = 2026-01-01
size = 0.7
municipalities = ["Borne"]
[events.sample_wave]
date = 2027-03-01
town = "Almelo"
people = 10
"""
SNIPPETS = st.sampled_from(
    ["", " ", "\n", "=", "[", "]", "[[", '"', "'", "{", "}", "#", ".", "-", "1", "1e999", "nan", "true", "[]", "{}",
     "2026-02-30", "2026-01-01T00:00:00Z", "extends", "interventions", "remove = true", "kind = 1", "é", "\\",
     "\x00"]
)  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(0, len(GOOD)), st.integers(0, 25), SNIPPETS, st.integers(0, len(GOOD)), SNIPPETS)
def test_whatever_is_written_is_answered(tmp_path: Path, at: int, cut: int, put: str, other: int, also: str) -> None:
    if not (tmp_path / "base.toml").exists():
        catalogue(tmp_path, base=BASE)
    text = GOOD[:at] + put + GOOD[at + cut :]
    text = text[:other] + also + text[other:]
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    checked = check_scenario("a", tmp_path, PARAMETERS, kinds())
    assert (checked.scenario is None) == bool(checked.faults)
    for fault in (*checked.faults, *checked.notes):
        for language in ("en", "nl"):
            assert fault.file in fault.text(language) and "\n" not in fault.text(language)


def test_there_are_enough_broken_files() -> None:
    assert len(CASES) >= 60
    assert len({case.name for case in CASES}) == len(CASES)


def test_every_sentence_has_a_broken_file() -> None:
    """No message that no test has seen."""
    seen = {case.key for case in CASES} | {case.key for case in regions.CASES}
    elsewhere = {"unknown_scenario", "date_month", "idle_start", "idle_local"}
    assert set(SENTENCES) - set(NEW_REGION) == seen | elsewhere  # those of a new region: tests/experiments/region_new
