"""Contracts of every form and the arrangements that count several as one; what happens to them is in contract_life."""

import enum
from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
    or_,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.core.base import Base, Pence, ShortText, Uid
from app.core.text import fold
from app.council.models import Directorate, Division, Outcome
from app.register.models.contract_life import ContractEvent, ExtensionOption
from app.register.models.overrides import SignalOverride
from app.register.models.providers import Provider
from app.register.models.services import Service
from app.register.regime import Regime, Reservation, Supply
from app.register.signals import ProcurementStatus as ProcurementStatus  # noqa: PLC0414 - part of this module too
from app.register.values import ArrangementValuation, ValueCertainty
from app.register.vat import VatTreatment as VatTreatment  # noqa: PLC0414 - part of this module too


class ContractForm(enum.StrEnum):
    CONTRACT = "contract"
    FRAMEWORK = "framework"
    CALL_OFF = "call-off"
    GRANT = "grant"
    SLA = "service level agreement"
    INTERNAL_SLA = "internal service level agreement"
    MEMORANDUM = "memorandum"

    @property
    def legally_a_contract(self) -> bool:
        """An SLA with a company that is a separate person is a contract; an internal one and a memorandum are not."""
        return self not in {ContractForm.INTERNAL_SLA, ContractForm.MEMORANDUM}

    @property
    def is_agreement(self) -> bool:
        return self in {ContractForm.SLA, ContractForm.INTERNAL_SLA}


class ContractStage(enum.StrEnum):
    """Stored; whether an awarded contract is live or expired follows from its dates on a day."""

    PLANNED = "planned"
    AWARDED = "awarded"
    SUSPENDED = "suspended"
    ENDED_EARLY = "ended early"


class ProcessKind(enum.StrEnum):
    QUOTE = "invitation to quote"
    TENDER = "published invitation to tender"
    OTHER = "other"


class ArrangementKind(enum.StrEnum):
    FRAMEWORK = "framework and its call-offs"
    MANY_PROVIDERS = "agreement with many providers"
    APPROVED_LIST = "approved list"


class Programme(Base):
    """A tag: a transformation phase to which contracts and activities belong."""

    __tablename__ = "programme"
    __record__ = ("programme", "id")

    name: Mapped[ShortText] = mapped_column(unique=True)
    until_on: Mapped[date | None]


class Category(Base):
    """The council's own heading for what is bought."""

    __tablename__ = "category"
    __record__ = ("category", "id")

    name: Mapped[ShortText]
    name_key: Mapped[ShortText] = mapped_column(unique=True)

    @validates("name")
    def _fold_name(self, _key: str, name: str) -> str:
        self.name_key = fold(name)
        return name


class Approval(Base):
    """What a decision allows: a sum, a term, options, and who may act under it."""

    __tablename__ = "approval"
    __record__ = ("approval", "id")

    version: Mapped[int] = mapped_column()
    reference: Mapped[str] = mapped_column(String(60))
    title: Mapped[ShortText]
    directorate_id: Mapped[int] = mapped_column(ForeignKey("directorate.id"), index=True)
    decided_on: Mapped[date | None]
    #: Pounds allowed over the whole life, net of VAT; None where the decision named none.
    sum_allowed: Mapped[Pence | None]
    latest_end_on: Mapped[date | None]
    #: Whether the decision allows the options to extend as well.
    allows_options: Mapped[bool] = mapped_column(default=False)
    delegate_post: Mapped[str | None] = mapped_column(String(200))
    note: Mapped[str | None] = mapped_column(Text)

    directorate: Mapped[Directorate] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Arrangement(Base):
    """Several contracts let or counted as one: a framework and its call-offs, fifty homes, an approved list."""

    __tablename__ = "arrangement"
    __table_args__ = (
        CheckConstraint("withdrawn_at IS NULL OR withdrawn_reason IS NOT NULL", name="withdrawal_has_a_reason"),
        CheckConstraint("value_high IS NULL OR value_high >= value_low", name="range_runs_upwards"),
    )
    __record__ = ("arrangement", "id")

    uid: Mapped[Uid]
    version: Mapped[int] = mapped_column()
    title: Mapped[ShortText]
    title_key: Mapped[ShortText] = mapped_column(index=True)
    kind: Mapped[ArrangementKind]
    directorate_id: Mapped[int] = mapped_column(ForeignKey("directorate.id"), index=True)
    division_id: Mapped[int | None] = mapped_column(ForeignKey("division.id"))
    lead_service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"))
    reference: Mapped[str | None] = mapped_column(String(100))
    valuation: Mapped[ArrangementValuation] = mapped_column(default=ArrangementValuation.ADDED)
    #: Whole life of the whole, with all options; only where the valuation is the stated one.
    value_low: Mapped[Pence | None]
    value_high: Mapped[Pence | None]
    annual_value: Mapped[Pence | None]
    value_note: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str | None] = mapped_column(String(1000))

    directorate: Mapped[Directorate] = relationship()
    division: Mapped[Division | None] = relationship()
    lead_service: Mapped[Service | None] = relationship()
    contracts: Mapped[list["Contract"]] = relationship(
        back_populates="arrangement", order_by="(Contract.title_key, Contract.id)"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @validates("title")
    def _fold_title(self, _key: str, title: str) -> str:
        self.title_key = fold(title)
        return title


class Contract(Base):
    """Any agreement by which a service is delivered, of whatever form, from plan to end."""

    __tablename__ = "contract"
    __table_args__ = (
        CheckConstraint("current_end_on >= starts_on", name="ends_after_it_starts"),
        CheckConstraint("latest_end_on >= current_end_on", name="latest_end_is_the_last"),
        CheckConstraint("awarded_high IS NULL OR awarded_high >= awarded_low", name="range_runs_upwards"),
        CheckConstraint("annual_high IS NULL OR annual_high >= annual_low", name="annual_range_runs_upwards"),
        CheckConstraint("awarded_low IS NULL OR awarded_high IS NOT NULL", name="a_value_has_both_ends"),
        CheckConstraint("annual_low IS NULL OR annual_high IS NOT NULL", name="an_annual_value_has_both_ends"),
        CheckConstraint("withdrawn_at IS NULL OR withdrawn_reason IS NOT NULL", name="withdrawal_has_a_reason"),
        CheckConstraint("NOT exempt OR exempt_ground IS NOT NULL", name="exemption_has_a_ground"),
        CheckConstraint("stage <> 'ended early' OR ended_early_on IS NOT NULL", name="early_end_has_a_date"),
        # Every sort of the list has its index, led by what every list asks: not withdrawn.
        Index("ix_contract_title", "withdrawn_at", "title_key", "id"),
        Index("ix_contract_end", "withdrawn_at", "current_end_on", "id"),
        Index("ix_contract_start", "withdrawn_at", "starts_on", "id"),
        Index("ix_contract_value", "withdrawn_at", "current_high", "id"),
        Index("ix_contract_provider", "withdrawn_at", "provider_key", "id"),
        Index("ix_contract_reference", "withdrawn_at", "reference_key", "id"),
        # Each threshold has one too: the figures it is held against are stored, the answer never.
        Index("ix_contract_whole_life_figure", "whole_life_figure"),
        Index("ix_contract_annual_figure", "annual_figure"),
        Index("ix_contract_renewal_figure", "renewal_figure"),
        Index("ix_contract_unit_end", "directorate_id", "division_id", "current_end_on"),
        Index("ix_contract_reference_key", "reference_key"),
        # What one provider has for one service, by its start: whether several are one, split.
        Index("ix_contract_same", "provider_key", "lead_service_id", "starts_on"),
    )
    __record__ = ("contract", "id")

    uid: Mapped[Uid]
    version: Mapped[int] = mapped_column()
    #: The council's own reference. Blank in one register row in eight, repeated in others: never a key.
    reference: Mapped[str | None] = mapped_column(String(100))
    reference_key: Mapped[str | None] = mapped_column(String(100))
    title: Mapped[ShortText]
    title_key: Mapped[ShortText]
    description: Mapped[str | None] = mapped_column(Text)
    form: Mapped[ContractForm] = mapped_column(default=ContractForm.CONTRACT, index=True)
    stage: Mapped[ContractStage] = mapped_column(default=ContractStage.AWARDED)

    directorate_id: Mapped[int] = mapped_column(ForeignKey("directorate.id"))
    division_id: Mapped[int | None] = mapped_column(ForeignKey("division.id"), index=True)
    #: The service under which the contract's value counts, once. When set, it gives directorate and division.
    lead_service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"), index=True)
    arrangement_id: Mapped[int | None] = mapped_column(ForeignKey("arrangement.id"), index=True)
    #: The lot of a framework or procurement it belongs to, as the council names it: "Lot 2: the north".
    lot: Mapped[str | None] = mapped_column(String(100))
    #: A call-off's framework.
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id"), index=True)
    #: The contract this one follows. A live successor clears the expiry clock of the one it replaces.
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id"), index=True)
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"), index=True)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    outcome_id: Mapped[int | None] = mapped_column(ForeignKey("outcome.id"))
    approval_id: Mapped[int | None] = mapped_column(ForeignKey("approval.id"), index=True)

    awarded_on: Mapped[date | None]
    #: The day the contract was entered into, from which most of the notices' days are counted.
    entered_on: Mapped[date | None]
    #: First day; inclusive, like every date here.
    starts_on: Mapped[date | None]
    #: The last day as awarded. Never changes but by correction.
    awarded_end_on: Mapped[date | None]
    #: The last day of the agreed term, with the extensions taken up so far.
    current_end_on: Mapped[date | None]
    #: The last day if every option left is used. Written by ``settling.settle``, like the figures below.
    latest_end_on: Mapped[date | None]
    #: Runs until either side gives notice.
    rolling: Mapped[bool] = mapped_column(default=False)
    notice_months: Mapped[int | None]
    #: When it ends, in words, where no date can be given.
    end_condition: Mapped[str | None] = mapped_column(String(500))
    ended_early_on: Mapped[date | None]
    review_on: Mapped[date | None]

    #: Whole life as awarded, pounds net of recoverable VAT; equal unless a range. Never changes but by correction.
    awarded_low: Mapped[Pence | None]
    awarded_high: Mapped[Pence | None]
    #: With extensions taken up and variations.
    current_low: Mapped[Pence | None]
    current_high: Mapped[Pence | None]
    #: With every option as well.
    maximum_low: Mapped[Pence | None]
    maximum_high: Mapped[Pence | None]
    #: An option's value is not known, so the maximum is "at least".
    maximum_at_least: Mapped[bool] = mapped_column(default=False)
    #: What a whole-life threshold is held against: the maximum, or the annual amount over the latest term.
    whole_life_figure: Mapped[Pence | None]
    #: What an annual threshold is held against: the annual amount, or the current value spread over the term.
    annual_figure: Mapped[Pence | None]
    #: What an agreement in its place is likely to come to: the yearly figure over the expected new term.
    renewal_figure: Mapped[Pence | None]
    #: Pounds a year, current.
    annual_low: Mapped[Pence | None]
    annual_high: Mapped[Pence | None]
    #: None: not said whether fixed or estimated.
    certainty: Mapped[ValueCertainty | None]
    #: The whole of which the value is the council's share, in words: "a £16m a year NHS contract".
    share_of: Mapped[str | None] = mapped_column(String(300))
    value_note: Mapped[str | None] = mapped_column(String(1000))
    irrecoverable_vat: Mapped[Pence | None]
    vat_treatment: Mapped[VatTreatment | None]
    #: The amount is withheld from those not entitled; the row stays open.
    exempt: Mapped[bool] = mapped_column(default=False)
    exempt_ground: Mapped[str | None] = mapped_column(String(300))
    exempt_by: Mapped[str | None] = mapped_column(String(200))
    exempt_review_on: Mapped[date | None]
    #: The row itself is kept back until this day.
    embargoed_until: Mapped[date | None]

    #: Which law governs it. A person says so: it is never inferred from the value.
    regime: Mapped[Regime | None]
    #: The day the procurement began: it decides which law, and which thresholds, apply.
    procurement_began_on: Mapped[date | None]
    #: What is mainly supplied.
    supply: Mapped[Supply | None]
    #: The supplier is paid, wholly or partly, by those who use the service.
    concession: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: Whether it was reserved to suppliers of a place, for a contract below the threshold.
    reserved_to: Mapped[Reservation | None]
    #: The area it was reserved to, where it was to local suppliers.
    reserved_area: Mapped[str | None] = mapped_column(String(300))
    process: Mapped[ProcessKind | None]
    procurement_status: Mapped[ProcurementStatus | None]
    cpv_code: Mapped[str | None] = mapped_column(String(20))
    cpv_label: Mapped[str | None] = mapped_column(String(300))
    #: Months before the end by which a decision is needed; None: by the kind of procurement (a dated setting).
    lead_time_months: Mapped[int | None]
    #: Months a replacement is expected to run; None: as long as this one.
    expected_term_months: Mapped[int | None]
    #: Why no key performance indicators are set (Procurement Act 2023, s.52(2)).
    no_indicators_reason: Mapped[str | None] = mapped_column(String(1000))
    #: Raised by a person about how it goes; None: no concern.
    concern: Mapped[str | None] = mapped_column(String(1000))
    manager_post: Mapped[str | None] = mapped_column(String(200))
    manager_post_key: Mapped[str | None] = mapped_column(String(200), index=True)
    contact_email: Mapped[str | None] = mapped_column(String(300))
    #: So many months ahead reminders of this contract begin; None: by the council's lead times.
    remind_months: Mapped[int | None]
    document_url: Mapped[str | None] = mapped_column(String(1000))
    tender_url: Mapped[str | None] = mapped_column(String(1000))
    note: Mapped[str | None] = mapped_column(Text)
    confirmed_on: Mapped[date | None]
    #: Who confirmed it, by name as the page said it then.
    confirmed_by: Mapped[str | None] = mapped_column(String(200))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str | None] = mapped_column(String(1000))
    #: The first provider's name, folded: what the list is sorted by. Written by ``settling.settle``.
    provider_key: Mapped[str | None] = mapped_column(String(300))
    #: Reference, title, providers and category, folded; what the search reads. Written by ``settling.settle``.
    search_text: Mapped[str] = mapped_column(Text, default="")

    directorate: Mapped[Directorate] = relationship()
    division: Mapped[Division | None] = relationship()
    lead_service: Mapped[Service | None] = relationship()
    arrangement: Mapped[Arrangement | None] = relationship(back_populates="contracts")
    parent: Mapped["Contract | None"] = relationship(foreign_keys=[parent_id], remote_side="Contract.id")
    replaces: Mapped["Contract | None"] = relationship(foreign_keys=[replaces_id], remote_side="Contract.id")
    category: Mapped[Category | None] = relationship()
    programme: Mapped[Programme | None] = relationship()
    outcome: Mapped[Outcome | None] = relationship()
    approval: Mapped[Approval | None] = relationship()
    providers: Mapped[list["ContractProvider"]] = relationship(
        order_by="(ContractProvider.position, ContractProvider.id)",
        cascade="all, delete-orphan",
        back_populates="contract",
    )
    other_services: Mapped[list["ContractService"]] = relationship(
        order_by="ContractService.id", cascade="all, delete-orphan"
    )
    options: Mapped[list[ExtensionOption]] = relationship(
        order_by="(ExtensionOption.position, ExtensionOption.id)", cascade="all, delete-orphan"
    )
    events: Mapped[list[ContractEvent]] = relationship(
        order_by="(ContractEvent.effective_on, ContractEvent.id)", cascade="all, delete-orphan"
    )
    overrides: Mapped[list[SignalOverride]] = relationship(order_by=SignalOverride.id)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @validates("title")
    def _fold_title(self, _key: str, title: str) -> str:
        self.title_key = fold(title)
        return title

    @validates("reference")
    def _fold_reference(self, _key: str, reference: str | None) -> str | None:
        self.reference_key = fold(reference) if reference else None
        return reference or None

    @validates("manager_post")
    def _fold_post(self, _key: str, post: str | None) -> str | None:
        self.manager_post_key = fold(post) if post else None
        return post or None

    def runs_on(self, day: date) -> bool:
        """Whether the contract is live: awarded, started, not ended. Without an end it runs on."""
        last = self.ended_early_on or self.current_end_on
        return (
            self.stage is not ContractStage.PLANNED
            and (self.starts_on is None or self.starts_on <= day)
            and (last is None or last >= day)
        )

    @classmethod
    def running_on(cls, day: date) -> ColumnElement[bool]:
        """``runs_on``, said in SQL. One test holds the two together."""
        return (
            (cls.stage != ContractStage.PLANNED)
            & or_(cls.starts_on.is_(None), cls.starts_on <= day)
            & or_(cls.current_end_on.is_(None), cls.current_end_on >= day, cls.ended_early_on.is_not(None))
            & or_(cls.ended_early_on.is_(None), cls.ended_early_on >= day)
        )


class ContractProvider(Base):
    """One provider of a contract, with its share where one is recorded."""

    __tablename__ = "contract_provider"
    __table_args__ = (UniqueConstraint("contract_id", "provider_id"),)
    __record__ = ("contract", "contract_id")

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    #: Pounds of the contract's value that go to this provider; None: not recorded.
    share: Mapped[Pence | None]
    #: The lot this provider has, where a contract or framework is shared by lots.
    lot: Mapped[str | None] = mapped_column(String(100))

    contract: Mapped[Contract] = relationship(back_populates="providers")
    provider: Mapped[Provider] = relationship()


class ContractService(Base):
    """A service the contract also serves, beside its lead service; its value does not count there."""

    __tablename__ = "contract_service"
    __table_args__ = (UniqueConstraint("contract_id", "service_id"),)
    __record__ = ("contract", "contract_id")

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), index=True)

    service: Mapped[Service] = relationship()
