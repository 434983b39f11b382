"""Broken tables of interventions and events; each has one fault."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.scenario.files import scenario_text

__all__ = ["Broken", "a", "tables"]


@dataclass(frozen=True)
class Broken:
    """The file a.toml is loaded from a catalogue that also holds base.toml and `others`."""

    name: str
    text: str | bytes
    key: str
    place: str | None
    words: tuple[str, ...]
    file: str = "a.toml"
    others: dict[str, str] = field(default_factory=dict)
    count: int = 1
    """Faults in all; the one described comes first."""


def a(rest: str) -> str:
    """The broken file."""
    return scenario_text("a", rest)


def _tiny(keys: str) -> str:
    return a(f'extends = "base"\n[interventions.sample_tiny]\n{keys}')


def _wave(keys: str, id: str = "sample_wave") -> str:
    return a(f'extends = "base"\n[events.{id}]\n{keys}')


_WAVE = 'date = 2027-01-01\ntown = "Borne"\n'
_T, _W = "interventions.sample_tiny", "events.sample_wave"
_TINY_BASE = {"b": scenario_text("b", 'region = "twente"\nyears = 3\n[interventions.sample_tiny]\ncount = 2')}


def tables() -> list[Broken]:
    """All of them."""
    return [
        Broken(
            "unknown intervention",
            a('extends = "base"\n[interventions.x]\nkind = "sample_tny"'),
            "unknown_intervention",
            "interventions.x.kind",
            ("did you mean 'sample_tiny'", "sample_ferry"),
        ),
        Broken(
            "unknown intervention by its name",
            a('extends = "base"\n[interventions.sample_tny]'),
            "unknown_intervention",
            "interventions.sample_tny",
            ("did you mean 'sample_tiny'",),
        ),
        Broken("unknown event", _wave(_WAVE, "sample_wav"), "unknown_event", "events.sample_wav", ("'sample_wave'",)),
        Broken("kind as number", _tiny("kind = 3"), "unknown_intervention", f"{_T}.kind", ("unknown intervention 3",)),
        Broken(
            "event among interventions",
            a('extends = "base"\n[interventions.sample_wave]\ndate = 2027-01-01'),
            "is_event",
            "interventions.sample_wave",
            ("[events.sample_wave]",),
        ),
        Broken(
            "intervention among events",
            a('extends = "base"\n[events.sample_tiny]'),
            "is_intervention",
            "events.sample_tiny",
            ("[interventions.sample_tiny]",),
        ),
        Broken("name of a table", a('extends = "base"\n[interventions.Tiny]'), "table_name", None, ("small letters",)),
        Broken("no name", a('extends = "base"\n[interventions.""]'), "table_name", None, ("small letters",)),
        Broken(
            "one name for two",
            a(f'extends = "base"\n[interventions.x]\nkind = "sample_tiny"\n[events.x]\nkind = "sample_wave"\n{_WAVE}'),
            "id_twice",
            "events.x",
            ("stands for interventions.x", "another name"),
        ),
        Broken(
            "number for a table",
            a('region = "twente"\n[interventions]\nx = 3'),
            "key_type",
            "interventions.x",
            ("a table of keys",),
        ),
        Broken("nothing to take away", _tiny("remove = true"), "nothing_to_remove", _T, ("no 'sample_tiny'", "delete")),
        Broken("remove as text", _tiny('remove = "yes"'), "key_choice", f"{_T}.remove", ("'yes'", "true")),
        Broken("removed not", _tiny("remove = false"), "key_choice", f"{_T}.remove", ("False", "true")),
        Broken("unknown setting", _tiny("cuont = 3"), "key_unknown", f"{_T}.cuont", ("did you mean 'count'", "reach")),
        Broken("key of another sort", _tiny("date = 2027-01-01"), "key_unknown", f"{_T}.date", ("allowed are",)),
        Broken(
            "table within", _tiny("[interventions.sample_tiny.size]\nx = 1"), "key_type", f"{_T}.size", ("a number",)
        ),
        Broken("above the bounds", _tiny("count = 100"), "setting_range", f"{_T}.count", ("1 and 20 (practices)",)),
        Broken("below the bounds", _tiny("size = 0.1"), "setting_range", f"{_T}.size", ("0.5 and 1 (times the norm)",)),
        Broken("not a number", _tiny("size = nan"), "setting_range", f"{_T}.size", ("nan", "between 0.5 and 1")),
        Broken("without end", _tiny("size = inf"), "setting_range", f"{_T}.size", ("inf", "between 0.5 and 1")),
        Broken("half a practice", _tiny("count = 2.5"), "key_type", f"{_T}.count", ("a whole number",)),
        Broken("text for a number", _tiny('count = "3"'), "key_type", f"{_T}.count", ("'3'", "a whole number")),
        Broken("truth for a number", _tiny("size = true"), "key_type", f"{_T}.size", ("True", "a number")),
        Broken("list for a setting", _tiny("size = [0.8]"), "key_type", f"{_T}.size", ("a number",)),
        Broken("no such choice", _tiny('style = "owm"'), "key_choice", f"{_T}.style", ("did you mean 'own'", "shared")),
        Broken("reach", _tiny("reach = 1.5"), "setting_range", f"{_T}.reach", ("0 and 1 (share of practices)",)),
        Broken("reach in percent", _tiny("reach = 50"), "setting_range", f"{_T}.reach", ("between 0 and 1",)),
        Broken("adoption", _tiny("adoption_months = -1"), "setting_range", f"{_T}.adoption_months", ("0 and 360",)),
        Broken("cost", _tiny("rent = 1"), "setting_range", f"{_T}.rent", ("7100 and 10000 (EUR per practice a year)",)),
        Broken(
            "start of a table as text", _tiny('start = "2026-01-01"'), "key_type", f"{_T}.start", ("a date such as",)
        ),
        Broken("start as moment", _tiny("start = 2026-01-01T08:00:00"), "key_type", f"{_T}.start", ("a date such as",)),
        Broken("start as year", _tiny("start = 2026"), "key_type", f"{_T}.start", ("2026", "a date such as")),
        Broken("no such day", _tiny("start = 2026-02-30"), "bad_toml", None, ("correct it there",)),
        Broken("too early", _tiny("start = 2024-12-01"), "date_outside", f"{_T}.start", ("from 2025-01-01",)),
        Broken("too late", _tiny("start = 2035-01-01"), "date_outside", f"{_T}.start", ("to 2034-12-01",)),
        Broken("just too late", _tiny("start = 2034-12-02"), "date_outside", f"{_T}.start", ("to 2034-12-01",)),
        Broken(
            "too late in a shorter run",
            scenario_text("a", 'extends = "b"\nyears = 1'),
            "date_outside",
            f"{_T}.start",
            ("to 2025-12-01",),
            file="b.toml",
            others={"b": scenario_text("b", 'region = "twente"\n[interventions.sample_tiny]\nstart = 2027-01-01')},
        ),
        Broken("ends first", _tiny("start = 2027-01-01\nend = 2026-01-01"), "date_order", f"{_T}.end", ("2027-01-01",)),
        Broken("ends at once", _tiny("end = 2025-01-01"), "date_order", f"{_T}.end", ("(2025-01-01)",)),
        Broken(
            "unknown municipality",
            _tiny('municipalities = ["Borne", "Almello"]'),
            "no_such_municipality",
            f"{_T}.municipalities[2]",
            ("did you mean 'Almelo'", "Wierden"),
        ),
        Broken("no municipality", _tiny("municipalities = []"), "key_other", f"{_T}.municipalities", ("at least 1",)),
        Broken(
            "one town", _tiny('municipalities = "Borne"'), "key_type", f"{_T}.municipalities", ("a list in square",)
        ),
        Broken("town by number", _tiny("municipalities = [3]"), "key_type", f"{_T}.municipalities[1]", ("text",)),
        Broken("no such practice", _tiny("practices = [3, 999]"), "no_such_practice", f"{_T}.practices[2]", ("to 17",)),
        Broken("practice below", _tiny("practices = [-1]"), "no_such_practice", f"{_T}.practices[1]", ("from 0",)),
        Broken("practice by name", _tiny('practices = ["x"]'), "key_type", f"{_T}.practices[1]", ("a whole number",)),
        Broken(
            "not in this region",
            a('extends = "base"\n[interventions.sample_ferry]'),
            "cannot_act",
            "interventions.sample_ferry",
            ("region twente", "it has no island"),
        ),
        Broken("no date", _wave('town = "Borne"'), "key_missing", f"{_W}.date", ("add it",)),
        Broken("no town", _wave("date = 2027-01-01"), "key_missing", f"{_W}.town", ("add it",)),
        Broken("date too late", _wave(_WAVE.replace("2027", "2037")), "date_outside", f"{_W}.date", ("2034-12-01",)),
        Broken("event with a start", _wave(f"{_WAVE}start = 2027-01-01"), "key_unknown", f"{_W}.start", ("date",)),
        Broken("town", _wave(_WAVE.replace("Borne", "Born")), "no_such_municipality", f"{_W}.town", ("'Borne'",)),
        Broken("town as number", _wave("date = 2027-01-01\ntown = 3"), "key_type", f"{_W}.town", ("text",)),
        Broken(
            "post", _wave(f'{_WAVE}post = "Hengel"'), "no_such_post", f"{_W}.post", ("out-of-hours post", "Hengelo")
        ),
        Broken("place", _wave(f'{_WAVE}place = "Delde"'), "no_such_place", f"{_W}.place", ("did you mean 'Delden'",)),
        Broken("practice", _wave(f"{_WAVE}practice = 999"), "no_such_practice", f"{_W}.practice", ("999", "to 17")),
        Broken("no practice", _wave(f"{_WAVE}practice = -2"), "key_range", f"{_W}.practice", ("of at least 0",)),
        Broken("people", _wave(f"{_WAVE}people = 9999"), "setting_range", f"{_W}.people", ("0 and 5000 (persons)",)),
        Broken(
            "key of a table of the base",
            scenario_text("a", 'extends = "b"\n[interventions.sample_tiny]\ncuont = 3'),
            "key_unknown",
            f"{_T}.cuont",
            ("did you mean 'count'",),
            others=_TINY_BASE,
        ),
        Broken(
            "fault in a table of the base",
            scenario_text("a", 'extends = "b"\n[interventions.sample_tiny]\nsize = 0.9'),
            "setting_range",
            f"{_T}.count",
            ("1 and 20",),
            file="b.toml",
            others={"b": scenario_text("b", 'region = "twente"\n[interventions.sample_tiny]\ncount = 0')},
        ),
        Broken("empty", "", "key_missing", "id", ("add it",), count=3),
        Broken("binary", bytes(range(128, 256)), "not_utf8", None, ("row 1", "0x80")),
        Broken("null bytes", b"\x00\x00", "bad_toml", None, ("correct it there",)),
        Broken("nested without end", 'id = "a"\nx = ' + "[" * 5000, "bad_toml", None, ("correct it there",)),
        Broken("table twice", _tiny("[interventions.sample_tiny]"), "bad_toml", None, ("correct it there",)),
        Broken("a number of many digits", a(f"years = 1{'0' * 5000}"), "bad_toml", None, ("correct it there",)),
        Broken("a long number", a(f'region = "twente"\nyears = 1{"0" * 400}'), "key_range", "years", ("at most 30",)),
        Broken(
            "a parameter of many digits",
            a(f'extends = "base"\n[parameters]\n"care.no_show" = 1{"0" * 400}'),
            "parameter_range",
            "parameters.care.no_show",
            ("inf", "between 0.01 and 0.06"),
        ),
        Broken(
            "base with a null byte", a('extends = "x\\u0000y.toml"'), "unknown_base", "extends", ("does not exist",)
        ),
        Broken("base in a folder of folders", a('extends = "../.."'), "unknown_base", "extends", ("'../..'",)),
    ]
