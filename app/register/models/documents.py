"""Documents of a contract, a service or a provider: a link, or a file kept outside the database."""

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.base import Base, ShortText
from app.core.files import StoredFile
from app.register.models.contracts import Contract
from app.register.models.providers import Provider
from app.register.models.services import Service


class DocumentKind(enum.StrEnum):
    SPECIFICATION = "specification"
    CONTRACT = "contract"
    VARIATION = "variation"
    DECISION = "decision"
    PLAN = "plan"
    EVIDENCE = "evidence"
    OTHER = "other"


class Document(Base):
    """One version of a document. Its replacement points back at it, so nothing that was filed is lost."""

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint(
            "(contract_id IS NULL AND service_id IS NULL AND provider_id IS NOT NULL)"
            " OR (contract_id IS NULL AND service_id IS NOT NULL AND provider_id IS NULL)"
            " OR (contract_id IS NOT NULL AND service_id IS NULL AND provider_id IS NULL)",
            name="belongs_to_one_record",
        ),
        CheckConstraint("(url IS NULL) <> (file_id IS NULL)", name="is_a_link_or_a_file"),
        CheckConstraint("file_id IS NULL OR filename IS NOT NULL", name="file_has_a_name"),
        CheckConstraint("withdrawn_at IS NULL OR withdrawn_reason IS NOT NULL", name="withdrawal_has_a_reason"),
    )
    __record__ = ("document", "id")

    version: Mapped[int] = mapped_column()
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id"), index=True)
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"), index=True)
    #: A provider, or a trading company.
    provider_id: Mapped[int | None] = mapped_column(ForeignKey("provider.id"), index=True)
    kind: Mapped[DocumentKind]
    title: Mapped[ShortText]
    url: Mapped[str | None] = mapped_column(String(1000))
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    #: As it was called when it was sent.
    filename: Mapped[str | None] = mapped_column(String(200))
    #: Only for those entitled to exempt values.
    not_open: Mapped[bool] = mapped_column(default=False)
    #: The version it took the place of.
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), unique=True)
    #: Counted from 1.
    edition: Mapped[int] = mapped_column(default=1)
    #: A newer version has taken its place.
    replaced: Mapped[bool] = mapped_column(default=False)
    added_at: Mapped[datetime]
    added_by: Mapped[str] = mapped_column(String(200))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str | None] = mapped_column(String(1000))

    contract: Mapped[Contract | None] = relationship()
    service: Mapped[Service | None] = relationship()
    provider: Mapped[Provider | None] = relationship()
    file: Mapped[StoredFile | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
