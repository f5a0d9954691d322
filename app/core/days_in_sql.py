"""Dates reckoned inside the database as ``core.dates`` reckons them, on both databases."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

# A day, whether it may be null or not, is Any here: SQLAlchemy's columns of the two have no type in common.


class DaysBetween(FunctionElement[int]):
    inherit_cache = True
    type = Integer()
    name = "days_between"


class _Later(FunctionElement[date]):
    inherit_cache = True
    type = Date()


class PlusDays(_Later):
    """``plus_days(column, 29)``: so many days later."""

    name = "plus_days"
    inherit_cache = True


class PlusMonths(_Later):
    """``plus_months(column, 3)``: the same day of a later month, or that month's last where it is shorter."""

    name = "plus_months"
    inherit_cache = True


def days_between(first: Any, last: Any) -> ColumnElement[int]:
    """How many days later the second date is; below nought where it is earlier."""
    return DaysBetween(first, last)


def plus_days(day: Any, days: Any) -> ColumnElement[date]:
    return PlusDays(day, days)


def plus_months(day: Any, months: Any) -> ColumnElement[date]:
    return PlusMonths(day, months)


def months_before(day: Any, months: ColumnElement[Any]) -> ColumnElement[date]:
    """``add_months(day, -months)``: clipped to the month's end, as there."""
    return plus_months(day, -months)


def _both(element: FunctionElement[Any], compiler: SQLCompiler, **kwargs: Any) -> tuple[str, str]:
    # Any: as SQLAlchemy hands them on
    day, number = element.clauses
    return compiler.process(day, **kwargs), compiler.process(number, **kwargs)


@compiles(DaysBetween, "sqlite")
def _between_on_sqlite(element: DaysBetween, compiler: SQLCompiler, **kwargs: Any) -> str:
    first, last = _both(element, compiler, **kwargs)
    return f"CAST(julianday({last}) - julianday({first}) AS INTEGER)"


@compiles(DaysBetween, "postgresql")
def _between_on_postgresql(element: DaysBetween, compiler: SQLCompiler, **kwargs: Any) -> str:
    first, last = _both(element, compiler, **kwargs)
    return f"({last} - {first})"


@compiles(PlusDays, "sqlite")
def _days_on_sqlite(element: PlusDays, compiler: SQLCompiler, **kwargs: Any) -> str:
    day, number = _both(element, compiler, **kwargs)
    return f"date({day}, ({number}) || ' days')"


@compiles(PlusDays, "postgresql")
def _days_on_postgresql(element: PlusDays, compiler: SQLCompiler, **kwargs: Any) -> str:
    day, number = _both(element, compiler, **kwargs)
    return f"(({day}) + ({number})::integer)"


@compiles(PlusMonths, "sqlite")
def _months_on_sqlite(element: PlusMonths, compiler: SQLCompiler, **kwargs: Any) -> str:
    """SQLite runs on into the month after; the last day of the month meant is then the smaller."""
    day, number = _both(element, compiler, **kwargs)
    same = f"date({day}, ({number}) || ' months')"
    last = f"date({day}, 'start of month', (({number}) + 1) || ' months', '-1 day')"
    return f"min({same}, {last})"


@compiles(PlusMonths, "postgresql")
def _months_on_postgresql(element: PlusMonths, compiler: SQLCompiler, **kwargs: Any) -> str:
    day, number = _both(element, compiler, **kwargs)
    return f"(({day}) + make_interval(months => ({number})::integer))::date"
