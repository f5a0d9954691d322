"""What the two databases say in different words, said once."""

from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Date, Integer, SQLColumnExpression
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

Day: TypeAlias = SQLColumnExpression[date] | SQLColumnExpression[date | None]


class _DaysBetween(FunctionElement[int]):
    """The days from one date to another."""

    type = Integer()
    inherit_cache = True


def days_between(first: Day, last: Day) -> ColumnElement[int]:
    """How many days later the second date is; below nought where it is earlier."""
    return _DaysBetween(first, last)


@compiles(_DaysBetween, "sqlite")
def _in_sqlite(element: _DaysBetween, compiler: SQLCompiler, **how: Any) -> str:  # Any: the compiler's own
    first, last = (compiler.process(one, **how) for one in element.clauses)
    return f"CAST(julianday({last}) - julianday({first}) AS INTEGER)"


@compiles(_DaysBetween, "postgresql")
def _in_postgresql(element: _DaysBetween, compiler: SQLCompiler, **how: Any) -> str:  # Any: the compiler's own
    first, last = (compiler.process(one, **how) for one in element.clauses)
    return f"({last} - {first})"


class _MonthsBefore(FunctionElement[date]):
    """The day so many months before another."""

    type = Date()
    inherit_cache = True


def months_before(day: ColumnElement[Any], months: ColumnElement[Any]) -> ColumnElement[date]:
    """``add_months(day, -months)``, said in SQL: clipped to the month's end, as there."""
    return _MonthsBefore(day, months)


@compiles(_MonthsBefore, "sqlite")
def _months_in_sqlite(element: _MonthsBefore, compiler: SQLCompiler, **how: Any) -> str:  # Any: the compiler's own
    day, months = (compiler.process(one, **how) for one in element.clauses)
    first = f"date({day}, 'start of month', '-' || ({months}) || ' months'"
    return f"min({first}, '+' || (strftime('%d', {day}) - 1) || ' days'), {first}, '+1 month', '-1 day'))"


@compiles(_MonthsBefore, "postgresql")
def _months_in_postgresql(element: _MonthsBefore, compiler: SQLCompiler, **how: Any) -> str:  # Any: as above
    day, months = (compiler.process(one, **how) for one in element.clauses)
    return f"CAST({day} - make_interval(months => CAST({months} AS integer)) AS date)"
