"""Events that change what people ask, who works and by what they are measured: which way each of them acts.

Expectations come from the mechanism; parameters are those that a month really has.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.agents.staffing import gps_of, practices_of
from sim.interventions.package import instance_of
from sim.interventions.registry import events
from sim.modifiers import Modifier, Resolver
from sim.money.tariffs import Tariffs
from sim.parameters import Parameters
from sim.region.practice_staff import GPRole
from sim.workforce.crew import crew_of
from sim.workforce.duty_market import willing_hours
from sim.workforce.merging import carries
from sim.workforce.staff import equilibrium_vacancy
from sim.workforce.start import start_careers
from sim.workforce.strain import momentary_strain
from sim.world.needs import NeedTables
from sim.world.tables import natural_increase
from tests.interventions.tables import table
from tests.model.digest import prepared
from tests.workforce.crowd import SEED, shipped, small, whole
from tests.workforce.test_training import begun
from tests.workforce.years import START, fresh, live

BANDS = ("0-4", "5-17", "18-44", "45-64", "65-74", "75-84", "85+")
RESPIRATORY, MENTAL = "respiratory and infection", "mental"


def during(kind: str, passed: int = 0, base: Parameters | None = None, **keys: Any) -> Parameters:
    """The region's parameters so many months after an event of January 2025."""
    ready = prepared()
    base = base or shipped()
    declaration = events()[kind]
    begin = (2025 - 1900) * 12
    one = instance_of(declaration, table(declaration, **keys), ready.region, base, begin)
    modifiers = [part for part in declaration.function(one) if isinstance(part, Modifier)]
    none = np.empty(0, np.int64)
    return Resolver(base, modifiers, 1).resolve(
        begin + passed, np.empty(0, np.uint64), none, ready.region.node_municipality
    ).region  # fmt: skip


def place(p: Parameters, name: str, of: str) -> float:
    return float(p.column(name)[(p[name].index or []).index(of)])


def by_complaint(p: Parameters, rate: str) -> np.ndarray:
    """Needs by age band and complaint (7, 10)."""
    mix = NeedTables.of(p).complaint[[0, 0, 1, 2, 2, 3, 3]]
    return np.asarray(p.column(rate)[:, None] * np.diff(mix, axis=1, prepend=0.0))


@pytest.mark.parametrize("rate", ["needs.contact_rate", "needs.post_rate"])
def test_in_an_epidemic_only_respiratory_complaints_rise_for_some_months(rate: str) -> None:
    before, now = by_complaint(shipped(), rate), by_complaint(during("epidemic_winter", respiratory=2.0), rate)
    at = (shipped()["needs.urgent_today"].index or []).index(RESPIRATORY)
    factor = np.ones(10)
    factor[at] = 2.0
    np.testing.assert_allclose(now, before * factor, rtol=1e-9)
    assert (now.sum(axis=1) / before.sum(axis=1)).argmax() <= 1, "most of all for children"
    assert during("epidemic_winter", 3, respiratory=2.0) is shipped(), "over when it is over"
    sick = during("epidemic_winter", sickness=1.5)
    for name in ("workforce.sick_weeks", "workforce.staff_sick"):
        assert sick.number(name) == pytest.approx(1.5 * shipped().number(name)), "and those who must do the work too"


def test_the_shift_from_hospital_grows_by_the_month_and_leaves_children_out() -> None:
    rates = [during("hospital_shift", months, growth=1.0).column("needs.contact_rate") for months in (0, 59, 119, 200)]
    usual = shipped().column("needs.contact_rate")
    found = [float((rate / usual)[2]) for rate in rates]
    assert found == pytest.approx([1.0 + 0.1 / 120, 1.05, 1.1, 1.1])
    assert all((rate[:2] == usual[:2]).all() for rate in rates)
    p = during("hospital_shift", 119)
    name = "care.follow_up"
    assert place(p, name, "heart, vessels, metabolism") > place(shipped(), name, "heart, vessels, metabolism")
    assert place(p, name, MENTAL) == place(shipped(), name, MENTAL)
    assert p.column("care.referral").tolist() == shipped().column("care.referral").tolist()


def test_who_waits_for_mental_care_comes_back_to_the_practice() -> None:
    base, p = shipped(), during("mental_care_wait", months=4.0, contacts=0.3)
    more = place(base, "care.referral", MENTAL) * 4.0 * 0.3
    assert place(p, "care.follow_up", MENTAL) == pytest.approx(place(base, "care.follow_up", MENTAL) + more)
    assert place(p, "care.follow_up", "social") == place(base, "care.follow_up", "social")
    assert (NeedTables.of(p).condition[8:] > NeedTables.of(base).condition[8:]).all()
    assert (NeedTables.of(p).condition[:8] == NeedTables.of(base).condition[:8]).all()


def test_who_finds_no_nursing_home_asks_for_visits() -> None:
    base, p = shipped(), during("nursing_home_shortage", waiting=0.05, needs=4.0, visits=0.8, home_care=1.0)

    def visits(q: Parameters) -> np.ndarray:
        return np.asarray(q.column("needs.contact_rate") * q.column("care.visit_share"))

    usual = base.column("needs.contact_rate")[-1]
    added = 0.05 * usual * (4.0 * 0.8 - base.column("care.visit_share")[-1])
    assert visits(p)[-1] - visits(base)[-1] == pytest.approx(added)
    assert visits(p)[:-1].tolist() == visits(base)[:-1].tolist()
    seen = [q.column("needs.contact_rate")[-1] * (1 - q.column("care.visit_share")[-1]) for q in (base, p)]
    assert seen[1] == pytest.approx(usual * (0.95 * (1 - base.column("care.visit_share")[-1]) + 0.05 * 4.0 * 0.2))
    cared = during("nursing_home_shortage", waiting=0.0, home_care=1.2)
    assert cared.column("care.visit_share")[5:] == pytest.approx(1.2 * base.column("care.visit_share")[5:])


def test_deaths_fall_over_the_years() -> None:
    found = [natural_increase(during("ageing_beyond_forecast", m, mortality=0.8)) for m in (0, 59, 119, 240)]
    usual = natural_increase(shipped())
    old = [float(one[0, 85] / usual[0, 85]) for one in found]
    assert old == pytest.approx([1.0 - 0.2 / 120, 0.9, 0.8, 0.8])


def test_more_posts_of_assistants_stand_vacant_and_no_others() -> None:
    before, now = equilibrium_vacancy(shipped()), equilibrium_vacancy(during("assistant_shortage"))
    assert now[0] > 3.0 * before[0]
    assert now[1:].tolist() == before[1:].tolist()


def test_fewer_begin_their_training_and_those_who_do_would_have_begun() -> None:
    usual = begun(2.13, 48)
    p = during("training_places_empty", filled=0.5)
    assert p.number("training.places") == shipped().number("training.places"), "the places are there"
    few = begun(2.13, 48, p)
    assert set(few) < set(usual)
    assert len(few) == pytest.approx(0.5 * len(usual), rel=0.25)


def test_a_lower_norm_makes_lists_long_and_takes_room_from_those_who_look() -> None:
    model = fresh(small())
    region, people, _ = small()
    start_careers(model, region, SEED, shipped(), START, np.bincount(people.node[: people.n], minlength=1))
    gps, practices = gps_of(model), practices_of(model)
    lists = np.array([one.registered for one in practices], np.int64)
    vacant = np.zeros(lists.size, bool)
    norms = [p.number("practices.norm_list") for p in (shipped(), during("norm_change", norm=0.85))]
    strain = [momentary_strain(crew_of(gps), lists, vacant, norm, shipped()) for norm in norms]
    assert (strain[1] >= strain[0]).all() and strain[1].mean() > strain[0].mean() + 0.02
    room = [np.maximum(carries(practices, norm, shipped()) - lists, 0.0).sum() for norm in norms]
    assert room[1] < room[0], "less of a list that is divided finds a place near by"


def test_tariffs_change_what_is_paid_and_only_what_is_said() -> None:
    base, now = Tariffs.of(shipped()), Tariffs.of(during("tariff_change", consult=1.2, passant=1.5))
    assert now.consult / base.consult == pytest.approx(1.2, rel=0.001)
    assert now.passant / base.passant == pytest.approx(1.5, rel=0.001)
    assert (now.registration == base.registration).all() and (now.duty == base.duty).all()
    p = during("tariff_change", duty=1.3)
    assert p.column("workforce.duty_tariff") == pytest.approx(1.3 * shipped().column("workforce.duty_tariff"))


def test_enforcement_shrinks_the_stock_of_locums_and_not_all_of_it_is_employed() -> None:
    months = 18
    runs = {
        "usual": live(months, made=whole()),
        "enforced": live(months, during("locum_enforcement", stop=0.05), made=whole()),
        "none stop": live(months, during("locum_enforcement", stop=0.0), made=whole()),
    }
    roles = {
        name: np.bincount([int(gp.role) for gp in gps_of(model)], minlength=4) for name, (model, _) in runs.items()
    }
    locum = GPRole.CHANGING_LOCUM
    assert roles["enforced"][locum] < roles["none stop"][locum] < roles["usual"][locum]
    regular = {name: int(row[[GPRole.EMPLOYED, GPRole.FIXED_LOCUM]].sum()) for name, row in roles.items()}
    assert regular["none stop"] > regular["usual"]
    gained = regular["enforced"] - regular["usual"]
    assert gained < roles["usual"][locum] - roles["enforced"][locum], "the rest is gone from the region's hours"


def test_locums_who_go_on_do_less_duty() -> None:
    role = np.array([int(one) for one in GPRole])
    hours = [
        willing_hours(role, np.zeros(role.size, bool), p) for p in (shipped(), during("locum_enforcement", duty=0.5))
    ]
    assert (hours[1] / np.maximum(hours[0], 1e-9))[GPRole.CHANGING_LOCUM] == pytest.approx(0.5)
    assert hours[1][GPRole.EMPLOYED] == hours[0][GPRole.EMPLOYED]
