"""One inhabitant as a Mesa agent: a light view on a row of ``People``.

A view holds the model, the row and the person's id; everything else is read from and written to the columns at the
moment it is asked for. Views come and go; two views on the same person are equal. Science code works on the columns;
views are for looking at single people, for Mesa's tools and for teaching.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import MemberDescriptorType
from typing import Any, Protocol, Self, overload

import numpy as np
import numpy.typing as npt

from sim.agents.columns import Rows
from sim.agents.mesa_bridge import Agent, AgentSet
from sim.agents.people import NO_PRACTICE, People

__all__ = [
    "ColumnMethod",
    "Derived",
    "FromColumn",
    "Patient",
    "PatientGoneError",
    "PatientModel",
    "over_columns",
    "views",
]


class PatientGoneError(LookupError):
    """A view was used after its person left and, for reading, after somebody else was given the row."""


class PatientModel(Protocol):
    """What a patient asks of its model (see ``ColumnModel``)."""

    people: People

    @property
    def day(self) -> int:
        """Days since the start."""
        raise NotImplementedError

    @property
    def month(self) -> int:
        """Month index of today, (year - 1900) * 12 + month - 1."""
        raise NotImplementedError

    def patient_set(self, rows: Rows) -> AgentSet[Any]:
        """Fixed set of the people in these rows."""
        raise NotImplementedError

    def number_ids(self, n: int) -> npt.NDArray[np.uint64]:
        """Ids for people that are made by hand."""
        raise NotImplementedError


# numpy scalars' own item() takes microseconds.
_PLAIN: dict[str, type] = {"b": bool, "i": int, "u": int, "f": float}


class FromColumn[T]:
    """Attribute of a view that is read from and written to the column of the same name."""

    def __init__(self, read_only: bool = False) -> None:
        self.read_only = read_only

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name
        self.__doc__ = People.column(name).meaning

    @overload
    def __get__(self, view: None, owner: type) -> Self: ...
    @overload
    def __get__(self, view: Patient, owner: type) -> T: ...
    def __get__(self, view: Patient | None, owner: type) -> Self | T:
        if view is None:
            return self
        value: T = getattr(view.model.people, self.name).item(view.row)
        return value

    def __set__(self, view: Patient, value: T) -> None:
        if self.read_only:
            raise AttributeError(f"{self.name} of a patient cannot be changed")
        people = view.model.people
        getattr(people, self.name)[view.living_row] = people.column(self.name).cast(value, 1)


class Derived[T]:
    """Attribute worked out from columns: ``function(model, rows)``, where ``rows`` is an array of rows, or one row."""

    def __init__(self, function: Callable[[Any, Any], Any]) -> None:
        self.function = function
        self.name = function.__name__
        self.__doc__ = function.__doc__

    @overload
    def __get__(self, view: None, owner: type) -> Self: ...
    @overload
    def __get__(self, view: Patient, owner: type) -> T: ...
    def __get__(self, view: Patient | None, owner: type) -> Self | T:
        if view is None:
            return self
        found = self.function(view.model, view.row)
        value: T = _PLAIN[found.dtype.kind](found)
        return value

    def __set__(self, view: Patient, value: Any) -> None:
        raise AttributeError(f"{self.name} of a patient follows from other columns; it cannot be set")


class ColumnMethod:
    """Method of a patient written for many at once, see ``over_columns``."""

    def __init__(self, function: Callable[..., Any], skip_gone: bool = False) -> None:
        self.function = function
        self.skip_gone = skip_gone
        self.__doc__ = function.__doc__
        self.__name__ = function.__name__

    @overload
    def __get__(self, view: None, owner: type) -> Self: ...
    @overload
    def __get__(self, view: Patient, owner: type) -> Callable[..., Any]: ...
    def __get__(self, view: Patient | None, owner: type) -> Self | Callable[..., Any]:
        if view is None:
            return self
        patient = view

        def of_one(*args: Any, **kwargs: Any) -> Any:
            if self.skip_gone and not patient.alive:
                return None
            result = self.function(patient.model, np.array([patient.living_row]), *args, **kwargs)
            return None if result is None else np.asarray(result)[0].item()

        return of_one

    def __call__(self, patient: Patient, *args: Any, **kwargs: Any) -> Any:
        """As a plain function of one patient."""
        return self.__get__(patient, type(patient))(*args, **kwargs)


def over_columns(function: Callable[..., Any]) -> ColumnMethod:
    """Make ``function(model, rows, ...)`` a method of patients, done for a whole ``PatientSet`` in one call.

    ``rows`` is an int64 array of living people; the function returns None or an array with one value for each row.
    """
    return ColumnMethod(function)


def _leave(model: PatientModel, rows: Rows) -> None:
    """Leave the region today; nothing happens to somebody who has left already."""
    model.people.remove(rows, model.day)


class Patient(Agent):
    """An inhabitant of the region.

    ``Patient(model, birth_month=..., sex=..., ...)`` adds a person to ``model.people``: any column may be given;
    without ``uid`` the person gets a number of the model's, which means nothing in another scenario.
    ``Agent.__init__`` is not called: it would register an object and set ``unique_id``.

    Reading works as long as the row is not somebody else's, also after the person left; writing needs a living
    person. Otherwise ``PatientGoneError`` is raised. Attributes that are no columns are refused: they would vanish
    with the view.
    """

    __slots__ = ("_row", "_uid", "model")

    model: Any
    _row: int
    _uid: int

    uid = FromColumn[int](read_only=True)
    birth_month = FromColumn[int]()
    sex = FromColumn[int]()
    node = FromColumn[int]()
    x = FromColumn[float]()
    y = FromColumn[float]()
    household = FromColumn[int]()
    household_birth = FromColumn[int]()
    deprivation = FromColumn[int]()
    conditions = FromColumn[int]()
    frailty = FromColumn[float]()
    digital = FromColumn[float]()
    practice = FromColumn[int]()
    usual = FromColumn[int]()
    usual_since = FromColumn[int]()
    search = FromColumn[int]()
    wants_other = FromColumn[int]()
    search_since = FromColumn[int]()
    rate_day = FromColumn[float]()
    rate_ooh = FromColumn[float]()
    last_seen = FromColumn[int]()
    linked = FromColumn[int]()

    def __init__(self, model: PatientModel, **columns: Any) -> None:
        if "uid" not in columns:
            columns["uid"] = model.number_ids(1)
        rows = model.people.add(1, day=model.day, **columns)
        _point(self, model, int(rows[0]), int(model.people.uid[rows[0]]))

    @classmethod
    def view(cls, model: PatientModel, row: int) -> Self:
        """View on the person in a row."""
        return cls.remembered(model, row, model.people.uid.item(row))

    @classmethod
    def remembered(cls, model: PatientModel, row: int, uid: int) -> Self:
        """View on the person ``uid`` who was seen in a row; not checked before it is used."""
        return _point(cls.__new__(cls), model, row, uid)

    def __setattr__(self, name: str, value: Any) -> None:
        attribute = getattr(type(self), name, None)
        if not hasattr(type(attribute), "__set__") or isinstance(attribute, MemberDescriptorType):
            raise AttributeError(f"{name!r} cannot be set on a patient: only columns of People outlive the view")
        object.__setattr__(self, name, value)

    # Who it is

    @property
    def unique_id(self) -> int:
        """The person's 64-bit id."""
        return self._uid

    @property
    def alive(self) -> bool:
        """True while the person lives in the region."""
        people = self.model.people
        return bool(people.alive.item(self._row)) and people.uid.item(self._row) == self._uid

    @property
    def row(self) -> int:
        """Row of the person's columns; PatientGoneError if the person left and somebody else has the row."""
        if self.model.people.uid.item(self._row) != self._uid:
            raise PatientGoneError(
                f"patient {self._uid} left the region and row {self._row} is now another person's; "
                "keep the id, not the view"
            )
        return self._row

    @property
    def living_row(self) -> int:
        """As ``row``, and PatientGoneError also when the person has left."""
        row = self.row
        if not self.model.people.alive[row]:
            raise PatientGoneError(f"patient {self._uid} left the region and cannot change any more")
        return row

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other._uid == self._uid

    def __hash__(self) -> int:
        return hash((type(self), self._uid))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._uid} in row {self._row}>"

    # What follows from the columns

    @Derived[int]
    def age(model: Any, rows: Any) -> Any:
        """Age in whole years at the model's date."""
        return (model.month - model.people.birth_month[rows]) // 12

    @Derived[bool]
    def registered(model: Any, rows: Any) -> Any:
        """True if registered with a practice, in or outside the region."""
        return model.people.practice[rows] != NO_PRACTICE

    @property
    def pos(self) -> tuple[float, float]:
        """Place in the regional plane, km."""
        return self.x, self.y

    @pos.setter
    def pos(self, place: tuple[float, float]) -> None:
        self.x, self.y = place

    # Coming and going

    @classmethod
    def create_agents(cls, model: PatientModel, n: int, *args: Any, **columns: Any) -> AgentSet[Any]:
        """Add n people; each column is one value or n of them. Returns the ``PatientSet`` of the new people."""
        if args:
            raise TypeError("columns of patients are given by name")
        if "uid" not in columns:
            columns["uid"] = model.number_ids(n)
        return model.patient_set(model.people.add(n, day=model.day, **columns))

    @classmethod
    def from_dataframe(cls, model: PatientModel, df: Any, **columns: Any) -> AgentSet[Any]:
        """Add one person for each row of a pandas DataFrame, whose columns are named like those of ``People``."""
        named = {str(name): df[name].to_numpy() for name in df.columns}
        return cls.create_agents(model, len(df), **named, **columns)

    remove = ColumnMethod(_leave, skip_gone=True)

    # Pickle and deepcopy: the id comes first, so that a view can be hashed while its model is still being restored.

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (type(self), self._row, self._uid), self.model

    def __setstate__(self, model: PatientModel) -> None:
        _set_model(self, model)


# Past ``Patient.__setattr__``, which refuses these names; twice as fast as ``object.__setattr__``.
_set_model, _set_row, _set_uid = (vars(Patient)[slot].__set__ for slot in ("model", "_row", "_uid"))


def _point[P: Patient](view: P, model: PatientModel | None, row: int, uid: int) -> P:
    """Let a view stand for a person."""
    _set_model(view, model)
    _set_row(view, row)
    _set_uid(view, uid)
    return view


def _restored(kind: type[Patient], row: int, uid: int) -> Patient:
    return _point(kind.__new__(kind), None, row, uid)


def views[P: Patient](kind: type[P], model: PatientModel, rows: Rows) -> Iterator[P]:
    """A view on each row in turn, leaving out who left before the turn came."""
    people, new = model.people, kind.__new__
    unchanged = people.changes
    for row, uid in zip(rows.tolist(), people.uid[rows].tolist(), strict=True):
        # Columns are fetched anew once there was a change: they may have grown.
        if people.changes == unchanged or (people.alive.item(row) and people.uid.item(row) == uid):
            view = new(kind)
            _set_model(view, model)
            _set_row(view, row)
            _set_uid(view, uid)
            yield view
