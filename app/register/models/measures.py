"""The council's own list of social value measures, loaded from its file: frameworks, themes, outcomes, measures."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.base import Base, Pence, ShortText


class SocialValueFramework(Base):
    """A list of measures in one version: measures of two lists are never added up."""

    __tablename__ = "social_value_framework"
    __table_args__ = (UniqueConstraint("name", "edition"),)
    __record__ = ("social_value_framework", "id")

    name: Mapped[str] = mapped_column(String(200))
    #: The list's version, as its owner calls it.
    edition: Mapped[str] = mapped_column(String(60))
    source: Mapped[str | None] = mapped_column(String(300))
    licence: Mapped[str | None] = mapped_column(String(300))

    measures: Mapped[list["SocialValueMeasure"]] = relationship(
        order_by="(SocialValueMeasure.code, SocialValueMeasure.id)", back_populates="framework"
    )

    @property
    def called(self) -> str:
        return f"{self.name}, {self.edition}"


class SocialValueTheme(Base):
    """A theme of a framework: jobs, the environment."""

    __tablename__ = "social_value_theme"
    __table_args__ = (UniqueConstraint("framework_id", "code"),)
    __record__ = ("social_value_framework", "framework_id")

    framework_id: Mapped[int] = mapped_column(ForeignKey("social_value_framework.id"))
    code: Mapped[str] = mapped_column(String(40))
    title: Mapped[ShortText]


class SocialValueOutcome(Base):
    """What a theme is to bring about."""

    __tablename__ = "social_value_outcome"
    __table_args__ = (UniqueConstraint("framework_id", "code"),)
    __record__ = ("social_value_framework", "framework_id")

    framework_id: Mapped[int] = mapped_column(ForeignKey("social_value_framework.id"))
    theme_id: Mapped[int] = mapped_column(ForeignKey("social_value_theme.id"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    title: Mapped[ShortText]

    theme: Mapped[SocialValueTheme] = relationship()


class SocialValueMeasure(Base):
    """What is counted, in what unit, and what one unit stands for in pounds where the list says so."""

    __tablename__ = "social_value_measure"
    __table_args__ = (
        UniqueConstraint("framework_id", "code"),
        CheckConstraint("until_on IS NULL OR from_on IS NULL OR until_on >= from_on", name="runs_forward"),
    )
    __record__ = ("social_value_framework", "framework_id")

    framework_id: Mapped[int] = mapped_column(ForeignKey("social_value_framework.id"))
    outcome_id: Mapped[int] = mapped_column(ForeignKey("social_value_outcome.id"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(500))
    unit: Mapped[str] = mapped_column(String(60))
    proxy_value: Mapped[Pence | None]
    proxy_version: Mapped[str | None] = mapped_column(String(60))
    #: How to count it, in words: "each year of employment counts".
    counting: Mapped[str | None] = mapped_column(String(1000))
    from_on: Mapped[date | None]
    #: The last day on which it may be chosen; what counts by it goes on.
    until_on: Mapped[date | None]

    framework: Mapped[SocialValueFramework] = relationship(back_populates="measures")
    outcome: Mapped[SocialValueOutcome] = relationship()
