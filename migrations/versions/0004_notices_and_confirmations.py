"""Record notices, the day a contract was entered into, and who confirmed a record."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KINDS = (*(f"UK{number}" for number in range(1, 18)), "copy of the contract", "copy of a change")


def upgrade() -> None:
    op.create_table(
        "contract_notice",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum(*KINDS, name="noticekind", native_enum=False, length=60), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=True),
        sa.Column("url", sa.String(length=1000), nullable=True),
        sa.Column("standstill_ends_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_reason IS NOT NULL",
            name=op.f("ck_contract_notice_withdrawal_has_a_reason"),
        ),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_contract_notice_contract_id_contract")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_notice")),
    )
    op.create_index("ix_contract_notice_contract", "contract_notice", ["contract_id", "kind", "published_on"])
    op.add_column("contract", sa.Column("entered_on", sa.Date(), nullable=True))
    op.add_column("contract", sa.Column("confirmed_by", sa.String(length=200), nullable=True))
    op.add_column("service", sa.Column("confirmed_on", sa.Date(), nullable=True))
    op.add_column("service", sa.Column("confirmed_by", sa.String(length=200), nullable=True))


def downgrade() -> None:
    op.drop_column("service", "confirmed_by")
    op.drop_column("service", "confirmed_on")
    op.drop_column("contract", "confirmed_by")
    op.drop_column("contract", "entered_on")
    op.drop_index("ix_contract_notice_contract", "contract_notice")
    op.drop_table("contract_notice")
