"""The declarative base and the words columns are written in. Loads without an app."""

import enum
import uuid
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from sqlalchemy import BigInteger, DateTime, Enum, MetaData, String, Uuid, event
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import ColumnProperty, DeclarativeBase, Mapped, QueryableAttribute, mapped_column
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

HUNDREDTH = Decimal("0.01")


class Hundredths(TypeDecorator[Decimal]):
    """A Decimal of two places kept as a whole number of hundredths, because SQLite's Numeric is a float.

    In SQL such a column is only compared, added and summed: a product or an average would come back 100 times wrong.
    """

    impl = BigInteger
    cache_ok = True

    @override
    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if not isinstance(value, Decimal | int):
            raise TypeError(f"Money is Decimal, never {type(value).__name__}")
        hundredths = Decimal(value) * 100
        if hundredths != hundredths.to_integral_value():
            raise ValueError(f"{value} has more than two decimals")
        return int(hundredths)

    @override
    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else (Decimal(int(value)) / 100).quantize(HUNDREDTH)


class Instant(TypeDecorator[datetime]):
    """An aware moment in UTC, on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("A moment needs its time zone")
        return value.astimezone(UTC) if value is not None else None

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


#: Pounds, exact to the penny.
Pence = Annotated[Decimal, mapped_column(Hundredths)]
#: A quantity of two decimals that is not money: full-time equivalents, per cent, units delivered.
Quantity = Annotated[Decimal, mapped_column(Hundredths)]
Key = Annotated[int, mapped_column(primary_key=True)]
#: What export and API name a record by; never in an address of a page.
Uid = Annotated[uuid.UUID, mapped_column(Uuid, unique=True, default=uuid.uuid4)]
ShortText = Annotated[str, mapped_column(String(300))]


class Base(DeclarativeBase):
    """Every table of the product."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Instant,
        enum.Enum: Enum(
            enum.Enum, native_enum=False, length=60, values_callable=lambda kind: [member.value for member in kind]
        ),
    }

    id: Mapped[Key]

    #: The kind of record whose page shows this table's history, and the column that says which one.
    #: ("contract", "contract_id") on a child of a contract; None keeps no history.
    __record__: ClassVar[tuple[str, str] | None] = None


@event.listens_for(Base, "attribute_instrument", propagate=True)
def _keep_old_values(_cls: type[Base], _key: str, attribute: QueryableAttribute[Any]) -> None:
    """Load the old value before a new one is set, so that history can tell it even after a commit expired it."""
    if isinstance(attribute.property, ColumnProperty) and attribute.impl is not None:
        attribute.impl.active_history = True
