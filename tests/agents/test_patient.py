from __future__ import annotations

import copy
import pickle
from typing import Any

import mesa
import numpy as np
import pandas as pd
import pytest

from sim.agents.column_model import ColumnModel
from sim.agents.patient import Derived, FromColumn, Patient, PatientGoneError
from sim.agents.patient_set import PatientSet
from sim.agents.people import OUTSIDE_PRACTICE, People
from sim.randomness.ids import Kind, identify
from tests.agents.twins import Citizen, ColumnTown


def test_every_column_is_an_attribute() -> None:
    columns = {name for name, value in vars(Patient).items() if isinstance(value, FromColumn)}
    assert columns | {"alive"} == set(People.names())
    derived = {name for name, value in vars(Patient).items() if isinstance(value, Derived)}
    assert derived == {"age", "registered"}
    assert Patient.birth_month.__doc__ == People.column("birth_month").meaning


def test_values_are_read_and_written_through() -> None:
    model = ColumnModel(rng=1)
    uid = int(identify(Kind.RESIDENT, 1, 2, 3))
    person = Patient(model, uid=uid, birth_month=1487, practice=OUTSIDE_PRACTICE, frailty=0.5)
    assert isinstance(person, mesa.Agent)
    assert (person.unique_id, person.uid) == (uid, uid)
    assert (person.practice, person.frailty, person.usual) == (-2, 0.5, -1)
    assert [type(value) for value in (person.practice, person.frailty, person.registered, person.age, person.uid)] == [
        int, float, bool, int, int
    ]  # fmt: skip
    person.practice = 12
    person.pos = (3.5, 4.25)
    assert model.people.practice[person.row] == 12
    assert (person.x, person.y, person.pos) == (3.5, 4.25, (3.5, 4.25))
    model.people.frailty[person.row] = 2
    assert person.frailty == 2
    assert repr(person) == f"<Patient {uid} in row 0>"
    person.step()


def test_age_follows_the_models_date() -> None:
    model = ColumnModel(rng=1)
    person = Patient(model, birth_month=1489)  # February 2024; the model starts in January 2025
    ages = [person.age]
    model.run_for(30)
    ages.append(person.age)
    model.run_for(1)
    ages.append(person.age)
    model.run_for(365)
    ages.append(person.age)
    assert ages == [0, 0, 1, 2]
    assert model.patients.get("age") == [2]
    unborn = Patient(model, birth_month=1514)
    assert unborn.age == -1


@pytest.mark.parametrize(
    ("name", "value", "error", "words"),
    [
        ("sex", 300, ValueError, "lies outside"),
        ("practice", 1.5, TypeError, "whole numbers"),
        ("frailty", float("inf"), ValueError, "not a finite"),
        ("age", 30, AttributeError, "follows from other columns"),
        ("uid", 3, AttributeError, "cannot be changed"),
        ("unique_id", 3, AttributeError, "no setter"),
        ("row", 3, AttributeError, "no setter"),
        ("model", None, AttributeError, "only columns"),
        ("shoe_size", 40, AttributeError, "only columns"),
        ("remove", None, AttributeError, "only columns"),
    ],
)
def test_refused_assignments(name: str, value: Any, error: type[Exception], words: str) -> None:
    town = ColumnTown()
    person = town.patients[5]
    before = pickle.dumps(town.people)
    with pytest.raises(error, match=words):
        setattr(person, name, value)
    assert pickle.dumps(town.people) == before


def test_equality_and_hash_by_class_and_id() -> None:
    town = ColumnTown()
    person, again, other = town.patients[5], town.patient(6), town.patients[6]
    assert person is not again
    assert person == again
    assert len({person, again, other}) == 2
    assert person != other
    assert person != 6
    assert Patient.view(town, 5) != person  # another class
    assert copy.deepcopy(town).patients[5] == person


def test_numbers_of_people_made_by_hand() -> None:
    town = ColumnTown(3)
    person = Citizen(town, birth_month=4)
    assert person.unique_id == 4
    assert mesa.Agent(town).unique_id == 5
    many = Citizen.create_agents(town, 2, birth_month=4)
    assert many.get("unique_id") == [6, 7]
    with pytest.raises(ValueError, match="belongs to a living"):
        Citizen(town, uid=6, birth_month=4)


def test_creating_many() -> None:
    model = ColumnModel(rng=1)
    made = Patient.create_agents(model, 3, birth_month=[1, 2, 3], practice=7)
    assert isinstance(made, PatientSet)
    assert made.get(["birth_month", "practice"]) == [[1, 7], [2, 7], [3, 7]]
    frame = pd.DataFrame({"birth_month": [8, 9], "frailty": [0.5, 1.5]})
    more = Patient.from_dataframe(model, frame, sex=1)
    assert more.get(["birth_month", "frailty", "sex"]) == [[8, 0.5, 1], [9, 1.5, 1]]
    assert made.get("birth_month") == [1, 2, 3]
    assert len(model.patients) == 5
    with pytest.raises(TypeError, match="by name"):
        Patient.create_agents(model, 3, 5)
    with pytest.raises(TypeError, match="birth_month must be given"):
        Patient(model)


def test_removed_person_can_be_read_until_the_row_is_reused() -> None:
    town = ColumnTown()
    person = town.patients[5]
    age = person.age
    person.remove()
    person.remove()  # as in Mesa, nothing happens
    assert not person.alive
    assert person.age == age
    with pytest.raises(PatientGoneError, match="cannot change any more"):
        person.practice = 3
    with pytest.raises(PatientGoneError, match="cannot change any more"):
        person.visit_all(4)
    town.run_for(119)
    assert Citizen(town, birth_month=5).row == 40
    town.run_for(1)
    born = Citizen(town, birth_month=5)
    assert born.row == 5
    with pytest.raises(PatientGoneError, match="patient 6 left the region and row 5 is now another person's"):
        person.age  # noqa: B018
    with pytest.raises(PatientGoneError):
        person.practice = 3
    person.remove()  # must not remove the other
    assert born.alive
    assert not person.alive
    assert person.unique_id == 6


@pytest.mark.parametrize("twin_of", [copy.deepcopy, lambda p: pickle.loads(pickle.dumps(p))])
def test_copied_with_its_model(twin_of: Any) -> None:
    town = ColumnTown()
    person = town.patients[5]
    town.watched = {person: "the first", town.patients[7]: "the second"}
    twin = twin_of(person)
    assert twin == person
    assert twin.model is not town
    assert list(twin.model.watched.values()) == ["the first", "the second"]
    assert twin in twin.model.watched
    twin.frailty = 9
    assert person.frailty != 9
    assert next(iter(twin.model.watched)).frailty == 9


def test_whole_ids_survive() -> None:
    model = ColumnModel(rng=1)
    uids = identify(Kind.RESIDENT, 1, 0, np.arange(5)) | np.uint64(1 << 63)
    Patient.create_agents(model, 5, uid=uids, birth_month=1)
    assert model.patients.get("unique_id") == uids.tolist()
    assert model.patient(int(uids[3])).row == 3
    assert model.patient(int(uids[3])) in model.patients
