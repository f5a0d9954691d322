"""Keep what was published."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Fields withheld of contracts, editions as they were published, and answers to requests for information."""
    op.create_table(
        "published_edition",
        sa.Column(
            "kind", sa.Enum("contracts", "grants", name="filekind", native_enum=False, length=60), nullable=False
        ),
        sa.Column("period", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("organisation", sa.String(length=300), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("correction", sa.String(length=1000), nullable=True),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "number = 1 OR correction IS NOT NULL",
            name=op.f("ck_published_edition_later_edition_says_what_it_corrects"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_edition")),
        sa.UniqueConstraint("kind", "period", "number", name=op.f("uq_published_edition_kind_period_number")),
    )
    op.create_table(
        "information_answer",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=100), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("asked", sa.String(length=1000), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("sent_by", sa.String(length=200), nullable=True),
        sa.Column("csv_id", sa.Integer(), nullable=False),
        sa.Column("xlsx_id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "sent_on IS NULL OR sent_by IS NOT NULL", name=op.f("ck_information_answer_somebody_sent_it")
        ),
        sa.ForeignKeyConstraint(["csv_id"], ["stored_file.id"], name=op.f("fk_information_answer_csv_id_stored_file")),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["stored_file.id"], name=op.f("fk_information_answer_letter_id_stored_file")
        ),
        sa.ForeignKeyConstraint(
            ["xlsx_id"], ["stored_file.id"], name=op.f("fk_information_answer_xlsx_id_stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_information_answer")),
    )
    op.create_table(
        "published_file",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["published_edition.id"], name=op.f("fk_published_file_edition_id_published_edition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_file")),
        sa.UniqueConstraint("edition_id", "name", name=op.f("uq_published_file_edition_id_name")),
    )
    op.create_table(
        "field_redaction",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column(
            "field",
            sa.Enum(
                "ContractReference",
                "ContractTitle",
                "Description",
                "ProcurementCategory",
                "CPVCode",
                "StartDate",
                "EndDate",
                "ReviewDate",
                "LastExtensionDate",
                "ContractValue",
                "IrrecoverableVAT",
                "SupplierName",
                "SMESupplier",
                "ContactName",
                "ProcessType",
                "TenderDocumentURL",
                "ContractDocumentURL",
                name="withholdable",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column(
            "ground",
            sa.Enum(
                "foi40",
                "foi41",
                "foi43_1",
                "foi43_2",
                "pa94",
                "sch12a_3",
                "ipr",
                "third_party",
                name="ground",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("public_interest", sa.String(length=1000), nullable=True),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.Column("lifted_by", sa.String(length=200), nullable=True),
        sa.Column("lifted_reason", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "lifted_on IS NULL OR lifted_reason IS NOT NULL", name=op.f("ck_field_redaction_lifting_has_a_reason")
        ),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_field_redaction_contract_id_contract")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_redaction")),
    )
    op.create_index("ix_field_redaction_review_on", "field_redaction", ["review_on"], unique=False)
    op.create_index(
        "uq_field_redaction_standing",
        "field_redaction",
        ["contract_id", "field"],
        unique=True,
        sqlite_where=sa.text("lifted_on IS NULL"),
        postgresql_where=sa.text("lifted_on IS NULL"),
    )
    op.create_table(
        "published_row",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_published_row_contract_id_contract")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["published_edition.id"], name=op.f("fk_published_row_edition_id_published_edition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_row")),
    )
    op.create_index("ix_published_row_edition", "published_row", ["edition_id", "position"], unique=False)


def downgrade() -> None:
    for table in ("published_row", "published_file", "published_edition", "information_answer", "field_redaction"):
        op.drop_table(table)
