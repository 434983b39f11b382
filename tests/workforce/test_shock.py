"""Who goes in a shock."""

from __future__ import annotations

import mesa
import pytest

from sim.agents.staffing import gps_of
from sim.workforce.shock import who_goes
from tests.workforce.test_agents import model  # noqa: F401


def test_a_larger_shock_takes_the_same_gps_and_more(model: mesa.Model) -> None:  # noqa: F811
    gps = gps_of(model)
    for order in ("random", "age"):
        small, large = ({gp.uid for gp in who_goes(gps, share, order, 3)} for share in (0.1, 0.3))
        assert len(small) == round(0.1 * len(gps)) and small < large
    assert who_goes(gps, 0.0, "age", 3) == [] and len(who_goes(gps, 1.0, "random", 3)) == len(gps)


def test_the_oldest_go_first_and_chance_is_the_seeds(model: mesa.Model) -> None:  # noqa: F811
    gps = gps_of(model)
    old = who_goes(gps, 0.2, "age", 3)
    stay = [gp for gp in gps if gp not in old]
    assert max(gp.birth_month for gp in old) <= min(gp.birth_month for gp in stay)
    one, same, other = ([gp.uid for gp in who_goes(gps, 0.2, "random", seed)] for seed in (3, 3, 4))
    assert one == same != other
    assert [gp.uid for gp in who_goes(gps[::-1], 0.2, "random", 3)] == one  # not by where they stand


def test_a_share_that_is_none_is_refused(model: mesa.Model) -> None:  # noqa: F811
    with pytest.raises(ValueError, match="between 0 and 1"):
        who_goes(gps_of(model), 1.2, "age", 1)
    with pytest.raises(ValueError, match="'random' or 'age'"):
        who_goes(gps_of(model), 0.2, "name", 1)  # type: ignore[arg-type]
