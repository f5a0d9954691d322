"""Record spend, performance and documents."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was spent under contracts, how well they run, and the documents of each record."""
    op.add_column("contract", sa.Column("no_indicators_reason", sa.String(length=1000), nullable=True))
    op.create_table(
        "spend_import",
        sa.Column("filename", sa.String(length=300), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by", sa.String(length=200), nullable=False),
        sa.Column("over_entered", sa.Boolean(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spend_import")),
    )
    op.create_index(op.f("ix_spend_import_file_hash"), "spend_import", ["file_hash"], unique=False)
    op.create_table(
        "contract_spend",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.Column("from_file", sa.Boolean(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_reason IS NOT NULL",
            name=op.f("ck_contract_spend_withdrawal_has_a_reason"),
        ),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_contract_spend_contract_id_contract")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_spend")),
        sa.UniqueConstraint("contract_id", "year", name=op.f("uq_contract_spend_contract_id_year")),
    )
    op.create_table(
        "contract_spend_month",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_contract_spend_month_contract_id_contract")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_spend_month")),
        sa.UniqueConstraint("contract_id", "month", name=op.f("uq_contract_spend_month_contract_id_month")),
    )
    op.create_table(
        "document",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.Column("provider_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "specification",
                "contract",
                "variation",
                "decision",
                "plan",
                "evidence",
                "other",
                name="documentkind",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("url", sa.String(length=1000), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("filename", sa.String(length=200), nullable=True),
        sa.Column("not_open", sa.Boolean(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("replaced", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(length=200), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(contract_id IS NULL AND service_id IS NULL AND provider_id IS NOT NULL)"
            " OR (contract_id IS NULL AND service_id IS NOT NULL AND provider_id IS NULL)"
            " OR (contract_id IS NOT NULL AND service_id IS NULL AND provider_id IS NULL)",
            name=op.f("ck_document_belongs_to_one_record"),
        ),
        sa.CheckConstraint("(url IS NULL) <> (file_id IS NULL)", name=op.f("ck_document_is_a_link_or_a_file")),
        sa.CheckConstraint("file_id IS NULL OR filename IS NOT NULL", name=op.f("ck_document_file_has_a_name")),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_reason IS NOT NULL", name=op.f("ck_document_withdrawal_has_a_reason")
        ),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_document_contract_id_contract")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_document_file_id_stored_file")),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_document_provider_id_provider")),
        sa.ForeignKeyConstraint(["replaces_id"], ["document.id"], name=op.f("fk_document_replaces_id_document")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_document_service_id_service")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_document_replaces_id")),
    )
    op.create_index(op.f("ix_document_contract_id"), "document", ["contract_id"], unique=False)
    op.create_index(op.f("ix_document_provider_id"), "document", ["provider_id"], unique=False)
    op.create_index(op.f("ix_document_service_id"), "document", ["service_id"], unique=False)
    op.create_table(
        "indicator",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("measures", sa.Text(), nullable=True),
        sa.Column("unit", sa.String(length=60), nullable=True),
        sa.Column("target", sa.BigInteger(), nullable=True),
        sa.Column(
            "direction",
            sa.Enum("higher is better", "lower is better", name="direction", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column(
            "frequency",
            sa.Enum(
                "monthly", "quarterly", "every six months", "yearly", name="frequency", native_enum=False, length=60
            ),
            nullable=False,
        ),
        sa.Column("measured_from", sa.Date(), nullable=False),
        sa.Column("linked_to_payment", sa.Boolean(), nullable=True),
        sa.Column("set_before_entering", sa.Boolean(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=1000), nullable=True),
        sa.Column("next_period_ends_on", sa.Date(), nullable=False),
        sa.Column("latest_to_on", sa.Date(), nullable=True),
        sa.Column("latest_figure", sa.BigInteger(), nullable=True),
        sa.Column(
            "latest_rating",
            sa.Enum(
                "good",
                "approaching target",
                "requires improvement",
                "inadequate",
                "other",
                name="rating",
                native_enum=False,
                length=60,
            ),
            nullable=True,
        ),
        sa.Column("periods_below", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_reason IS NOT NULL", name=op.f("ck_indicator_withdrawal_has_a_reason")
        ),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_indicator_contract_id_contract")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
    )
    op.create_index(op.f("ix_indicator_contract_id"), "indicator", ["contract_id"], unique=False)
    op.create_table(
        "indicator_result",
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("figure", sa.BigInteger(), nullable=True),
        sa.Column(
            "rating",
            sa.Enum(
                "good",
                "approaching target",
                "requires improvement",
                "inadequate",
                "other",
                name="rating",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("evidence_url", sa.String(length=1000), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("assessed_by", sa.String(length=200), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "corrects_id IS NULL OR reason IS NOT NULL", name=op.f("ck_indicator_result_correction_has_a_reason")
        ),
        sa.CheckConstraint("to_on >= from_on", name=op.f("ck_indicator_result_ends_after_it_starts")),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["indicator_result.id"], name=op.f("fk_indicator_result_corrects_id_indicator_result")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_indicator_result_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_indicator_result_indicator_id_indicator")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_result")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_indicator_result_corrects_id")),
    )
    op.create_index(op.f("ix_indicator_result_indicator_id"), "indicator_result", ["indicator_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_indicator_result_indicator_id"), table_name="indicator_result")
    op.drop_table("indicator_result")
    op.drop_index(op.f("ix_indicator_contract_id"), table_name="indicator")
    op.drop_table("indicator")
    op.drop_index(op.f("ix_document_service_id"), table_name="document")
    op.drop_index(op.f("ix_document_provider_id"), table_name="document")
    op.drop_index(op.f("ix_document_contract_id"), table_name="document")
    op.drop_table("document")
    op.drop_table("contract_spend_month")
    op.drop_table("contract_spend")
    op.drop_index(op.f("ix_spend_import_file_hash"), table_name="spend_import")
    op.drop_table("spend_import")
    op.drop_column("contract", "no_indicators_reason")
