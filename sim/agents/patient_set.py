"""Many inhabitants at once: AgentSet's verbs on whole columns."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Self, cast

import numpy as np
import numpy.typing as npt

from sim.agents.columns import Rows
from sim.agents.mesa_bridge import AgentSet, BridgedSet, GroupBy
from sim.agents.patient import ColumnMethod, Derived, FromColumn, Patient, PatientModel, views

__all__ = ["ColumnView", "PatientGroups", "PatientSet"]

type Mask = npt.NDArray[np.bool_]


class ColumnView:
    """The columns of a set's members, by name: ``columns.age`` is an array (n,) in the order of the set (a copy)."""

    def __init__(self, patients: PatientSet) -> None:
        self._patients = patients

    def __getattr__(self, name: str) -> npt.NDArray[Any]:
        values = None if name.startswith("_") else self._patients.values(name)
        if values is None:
            raise AttributeError(f"patients have no column {name!r}")
        return values

    def __len__(self) -> int:
        return len(self._patients)


class PatientSet(BridgedSet[Patient]):
    """An ordered set of patients, kept as rows.

    The *live* set (``model.agents_by_type[Patient]``, ``rows=None``) is everybody alive, in order of row. A *fixed* set
    holds certain people in a certain order; who leaves the region drops out of it, also when somebody else is given
    the row. The verbs are those of Mesa's ``AgentSet``, with these additions: ``select(where=...)`` and
    ``get(array=True)`` work on columns, ``set`` also takes one value per member, ``do`` and ``map`` call a method
    marked ``over_columns`` once for all. Verbs that take a Python function make a view for each member, which costs
    about half a microsecond. Differences: the live set cannot be changed in place, and groups are ``PatientSet`` s.

    ``shuffle`` and ``shuffle_do`` draw from ``model.random``, as Mesa promises; science code never calls them.
    """

    def __init__(self, model: PatientModel, rows: npt.ArrayLike | None = None, random: Any = None) -> None:
        self.model = model
        self.kind: type[Patient] = getattr(model, "patient_class", Patient)
        self.random = cast("Any", model).random if random is None else random
        self._rows: Rows | None = None
        if rows is not None:
            self._fix(np.asarray(rows, np.int64))

    def _fix(self, rows: Rows) -> None:
        self._rows = rows
        self._uids = self.model.people.uid[rows]

    def _new(self, rows: Rows) -> PatientSet:
        return PatientSet(self.model, rows, self.random)

    def _result(self, rows: Rows, inplace: bool) -> PatientSet:
        if not inplace:
            return self._new(rows)
        self._must_be_fixed()
        self._fix(rows)
        return self

    def _must_be_fixed(self) -> None:
        if self._rows is None:
            raise TypeError("the model's own set is always everybody alive; change a copy() of it")

    # Members

    @property
    def live(self) -> bool:
        """True for the set of everybody alive."""
        return self._rows is None

    @property
    def rows(self) -> Rows:
        """Rows of the members, in order (int64)."""
        people = self.model.people
        if self._rows is None:
            return people.rows
        present: Rows = self._rows[people.alive[self._rows] & (people.uid[self._rows] == self._uids)]
        return present

    @property
    def columns(self) -> ColumnView:
        """The members' columns by name."""
        return ColumnView(self)

    def _row_in(self, patient: object) -> int:
        """Row of a member, -1 for anything else."""
        if type(patient) is not self.kind:
            return -1
        row = int(self.model.people.find(np.array([patient.unique_id], np.uint64))[0])
        if row < 0 or self._rows is None or bool((self._rows == row).any() and (self.rows == row).any()):
            return row
        return -1

    def __len__(self) -> int:
        return len(self.model.people) if self._rows is None else self.rows.size

    def __iter__(self) -> Iterator[Patient]:
        return views(self.kind, self.model, self.rows)

    def __reversed__(self) -> Iterator[Patient]:
        return views(self.kind, self.model, self.rows[::-1])

    def __contains__(self, agent: object) -> bool:
        return self._row_in(agent) >= 0

    def __getitem__(self, item: Any) -> Any:
        """Member number i, or the list of members of a slice."""
        chosen = self.rows[item]
        if isinstance(item, slice):
            return list(views(self.kind, self.model, chosen))
        return self.kind.view(self.model, int(chosen))

    def index(self, value: Any, start: int = 0, stop: int | None = None) -> int:
        """Position of a member; ValueError if it is none."""
        at = np.flatnonzero(self.rows[start:stop] == self._row_in(value))
        if not at.size:
            raise ValueError(f"{value!r} is not in the set")
        return int(at[0]) + slice(start, stop).indices(len(self))[0]

    def count(self, value: Any) -> int:
        """1 for a member, else 0."""
        return int(value in self)

    def to_list(self) -> list[Patient]:
        """A view on each member."""
        return list(self)

    def copy(self) -> PatientSet:
        """Fixed set of the present members."""
        return self._new(self.rows.copy())

    __copy__ = copy

    def replace(self, agents: Iterable[Patient]) -> Self:
        """Make a fixed set hold exactly these members, in this order."""
        self._must_be_fixed()
        self._fix(self._rows_of(agents))
        return self

    def _rows_of(self, agents: Iterable[Any]) -> Rows:
        """Rows of patients of this model, each once; who has left is left out."""
        if isinstance(agents, PatientSet) and agents.model is self.model:
            return agents.rows
        wanted = list(dict.fromkeys(agents))
        for agent in wanted:
            if type(agent) is not self.kind or agent.model is not self.model:
                raise TypeError(f"{agent!r} is no {self.kind.__name__} of this model")
        rows = self.model.people.find(np.array([agent.unique_id for agent in wanted], np.uint64))
        return rows[rows >= 0]

    def add(self, agent: Patient) -> None:
        """Add a living patient to a fixed set, at the end."""
        row = self._rows_of([agent])
        if not row.size:
            raise ValueError(f"{agent!r} has left the region")
        if agent not in self:
            self._must_be_fixed()
            self._fix(np.concatenate([self.rows, row]))

    def discard(self, agent: Patient) -> None:
        """Take a patient out of a fixed set (not out of the model), if it is in."""
        row = self._row_in(agent)
        if row >= 0:
            self._must_be_fixed()
            rows = self.rows
            self._fix(rows[rows != row])

    def remove(self, agent: Patient) -> None:
        """Take a patient out of a fixed set (not out of the model); KeyError if it is not in."""
        if agent not in self:
            raise KeyError(agent)
        self.discard(agent)

    def clear(self) -> None:
        """Take everybody out of a fixed set."""
        self.replace([])

    def __and__(self, other: Iterable[Any]) -> PatientSet:
        rows = self._rows_among(other)  # in the order of the other, as Python's own mixed sets have it
        return self._new(rows[np.isin(rows, self.rows)])

    def __sub__(self, other: Iterable[Any]) -> PatientSet:
        rows = self.rows
        return self._new(rows[~np.isin(rows, self._rows_among(other))])

    def __or__(self, other: Iterable[Any]) -> PatientSet:
        rows, more = self.rows, self._rows_of(other)
        return self._new(np.concatenate([rows, more[~np.isin(more, rows)]]))

    def __xor__(self, other: Iterable[Any]) -> PatientSet:
        rows, more = self.rows, self._rows_of(other)
        return self._new(np.concatenate([rows[~np.isin(rows, more)], more[~np.isin(more, rows)]]))

    def _rows_among(self, agents: Iterable[Any]) -> Rows:
        """As ``_rows_of``, for any agents: others count for nothing."""
        if isinstance(agents, PatientSet):
            return self._rows_of(agents)
        return self._rows_of(agent for agent in agents if type(agent) is self.kind and agent.model is self.model)

    # Reading and writing attributes

    def values(self, name: str) -> npt.NDArray[Any] | None:
        """Array (n,) of a column or of something derived from columns; None if ``name`` is neither."""
        attribute = getattr(self.kind, "uid" if name == "unique_id" else name, None)
        if isinstance(attribute, FromColumn):
            column: npt.NDArray[Any] = getattr(self.model.people, attribute.name)[self.rows]
            return column
        if isinstance(attribute, Derived):
            derived: npt.NDArray[Any] = attribute.function(self.model, self.rows)
            return derived
        return self.model.people.alive[self.rows] if name == "alive" else None

    def get(
        self,
        attr_names: str | list[str],
        handle_missing: str = "error",
        default_value: Any = None,
        *,
        array: bool = False,
    ) -> Any:
        """Values of one attribute: a list; of several: a list with a list for each member, as in Mesa.

        With ``array=True`` one array (n,) in the column's own dtype, or a list with an array for each name.
        """
        if handle_missing not in ("error", "default"):
            raise ValueError(f"Unknown handle_missing option: {handle_missing}, should be one of 'error' or 'default'")
        if not isinstance(attr_names, str):
            named = [self.get(name, handle_missing, default_value, array=array) for name in attr_names]
            if array:
                return named
            return [list(of_one) for of_one in zip(*named, strict=True)] if named else [[] for _ in range(len(self))]
        values = self.values(attr_names)
        if values is not None:
            return values if array else values.tolist()
        if handle_missing == "default":
            single = [getattr(patient, attr_names, default_value) for patient in self]
        else:
            single = [getattr(patient, attr_names) for patient in self]
        return np.array(single) if array else single

    def set(self, attr_name: str, value: Any) -> Self:
        """Give every member ``value``, or member i value[i] if ``value`` is an array (n,)."""
        attribute = getattr(self.kind, attr_name, None)
        if isinstance(attribute, FromColumn) and not attribute.read_only:
            people, rows = self.model.people, self.rows
            getattr(people, attr_name)[rows] = people.column(attr_name).cast(value, rows.size)
        else:
            each = value if isinstance(value, np.ndarray) and value.shape == (len(self),) else None
            for i, patient in enumerate(self):
                setattr(patient, attr_name, value if each is None else each[i].item())
        return self

    def agg(self, attribute: str, func: Callable[..., Any] | Iterable[Callable[..., Any]]) -> Any:
        """Function (or functions) of the values of an attribute.

        ``sum``, ``min``, ``max``, ``len`` and numpy's functions work on the array in 64 bits, any other on a list.
        """
        values = self.values(attribute)
        if values is None:
            return super().agg(attribute, func)
        if values.dtype.kind in "if" or (values.dtype.kind == "u" and values.dtype.itemsize < 8):
            values = values.astype(np.float64 if values.dtype.kind == "f" else np.int64)
        if callable(func):
            return _aggregate(values, func)
        return [_aggregate(values, each) for each in func]

    # Choosing and ordering

    def select(
        self,
        filter_func: Callable[[Patient], bool] | None = None,
        at_most: float = float("inf"),
        inplace: bool = False,
        agent_type: type[Any] | None = None,
        *,
        where: Mask | Callable[[ColumnView], Mask] | None = None,
    ) -> PatientSet:
        """Members that pass, at most so many (a fraction of the set if a float up to 1), in order.

        ``where`` is a mask (n,) or a function of the columns that returns one:
        ``patients.select(where=lambda c: (c.age >= 65) & ~c.registered)``. It comes before ``filter_func``, which
        sees one patient at a time.
        """
        rows = self.rows
        if at_most <= 1.0 and isinstance(at_most, float):
            at_most = int(rows.size * at_most)
        if agent_type is not None and not issubclass(self.kind, agent_type):
            rows = rows[:0]
        elif where is not None:
            mask = np.asarray(where(self.columns) if callable(where) else where)
            if mask.dtype != np.bool_ or mask.shape != rows.shape:
                raise ValueError(f"where gave {mask.dtype}{mask.shape}, expected bool({rows.size},)")
            rows = rows[mask]
        if filter_func is not None:
            rows = np.fromiter(self._passing(rows, filter_func, at_most), np.int64)
        elif at_most < rows.size:
            rows = rows[: int(at_most)]
        return self._result(rows, inplace)

    def _passing(self, rows: Rows, filter_func: Callable[[Patient], bool], at_most: float) -> Iterator[int]:
        found = 0
        for patient in views(self.kind, self.model, rows):
            if found >= at_most:
                return
            if filter_func(patient):
                found += 1
                yield patient.row

    def shuffle(self, inplace: bool = False) -> PatientSet:
        """In an order drawn from ``model.random``: the same order that Mesa would give as many agents."""
        order = list(range(len(self)))
        self.random.shuffle(order)
        return self._result(self.rows[np.array(order, np.int64)], inplace)

    def sort(self, key: Callable[[Patient], Any] | str, ascending: bool = False, inplace: bool = False) -> PatientSet:
        """In order of an attribute or function, largest first unless ``ascending``; equals keep their order."""
        rows = self.rows
        values = self.values(key) if isinstance(key, str) else None
        if values is not None:
            if ascending:
                order = np.argsort(values, kind="stable")
            else:
                order = (rows.size - 1 - np.argsort(values[::-1], kind="stable"))[::-1]
        else:
            function = operator.attrgetter(key) if isinstance(key, str) else key
            keys = [function(patient) for patient in views(self.kind, self.model, rows)]
            order = np.array(sorted(range(rows.size), key=keys.__getitem__, reverse=not ascending), np.int64)
        return self._result(rows[order], inplace)

    def groupby(self, by: Callable[[Patient], Any] | str, result_type: str = "agentset") -> PatientGroups:
        """Members by the value of an attribute or function: ``PatientSet`` s, or lists if ``result_type`` is "list".

        Groups come in the order in which their values first occur.
        """
        rows = self.rows
        values = self.values(by) if isinstance(by, str) else None
        groups: dict[Any, Rows] = {}
        if values is not None:
            if rows.size:
                order = np.argsort(values, kind="stable")
                distinct, start = np.unique(values[order], return_index=True)
                parts = np.split(order, start[1:])
                for i in np.argsort([part[0] for part in parts]).tolist():
                    groups[distinct[i].item()] = rows[parts[i]]
        else:
            function = operator.attrgetter(by) if isinstance(by, str) else by
            members: dict[Any, list[int]] = {}
            for patient in views(self.kind, self.model, rows):
                members.setdefault(function(patient), []).append(patient.row)
            groups = {value: np.array(of_value, np.int64) for value, of_value in members.items()}
        sets = {value: self._new(of_value) for value, of_value in groups.items()}
        return PatientGroups(sets if result_type == "agentset" else {k: v.to_list() for k, v in sets.items()})

    # Doing

    def _column_method(self, method: str | Callable[..., Any]) -> ColumnMethod | None:
        found = getattr(self.kind, method, None) if isinstance(method, str) else method
        return found if isinstance(found, ColumnMethod) else None

    def _each(self, rows: Rows, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> Iterator[Any]:
        for patient in views(self.kind, self.model, rows):
            if isinstance(method, str):
                yield getattr(patient, method)(*args, **kwargs)
            else:
                yield method(patient, *args, **kwargs)

    def do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> Self:
        """Call a method (by name) or function for each member; who leaves before the turn came is passed over."""
        self._do(self.rows, method, *args, **kwargs)
        return self

    def shuffle_do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> Self:
        """As ``do``, in an order drawn from ``model.random``."""
        self._do(self.shuffle().rows, method, *args, **kwargs)
        return self

    def _do(self, rows: Rows, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        whole = self._column_method(method)
        if whole is not None:
            whole.function(self.model, rows, *args, **kwargs)
        else:
            for _ in self._each(rows, method, *args, **kwargs):
                pass

    def map(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> list[Any]:
        """What a method (by name) or function returns for each member."""
        rows = self.rows
        whole = self._column_method(method)
        if whole is None:
            return list(self._each(rows, method, *args, **kwargs))
        results = whole.function(self.model, rows, *args, **kwargs)
        return [None] * rows.size if results is None else np.asarray(results).tolist()

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__.copy()

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)

    def __repr__(self) -> str:
        return f"<{'live' if self.live else 'fixed'} PatientSet of {len(self)}>"


class PatientGroups(GroupBy):
    """Groups of patients by value; see ``PatientSet.groupby``."""

    def agg(self, attr_name: str, func: Callable[..., Any]) -> dict[Any, Any]:
        """Function of an attribute for each group."""
        return {
            value: group.agg(attr_name, func)
            if isinstance(group, AgentSet)
            else func([getattr(patient, attr_name) for patient in group])
            for value, group in self.groups.items()
        }


def _aggregate(values: npt.NDArray[Any], function: Callable[..., Any]) -> Any:
    if function is len:
        return values.size
    if function is sum:
        return values.sum().item()
    if function in (min, max):
        return (values.min() if function is min else values.max()).item()
    # A list for everybody else's functions: Python's own statistics, for one, truncates numpy integers.
    return function(values if (getattr(function, "__module__", "") or "").startswith("numpy") else values.tolist())
