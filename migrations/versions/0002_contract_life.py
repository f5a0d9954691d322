"""Record what happens over a contract's life."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

REGIMES = (
    "public contract",
    "light touch contract",
    "user choice contract",
    "below threshold, notifiable",
    "below threshold",
    "exempt: a company the council controls",
    "exempt: between authorities",
    "exempt: on another ground",
    "health care: Provider Selection Regime",
    "Public Contracts Regulations 2015",
    "grant",
    "internal agreement",
)
GROUNDS = (
    "provided for in the contract",
    "urgency and the protection of life",
    "unforeseeable circumstances",
    "a known risk has come about",
    "additional goods, services or works",
    "the supplier was restructured",
    "defence authority contract",
    "not a substantial modification",
    "below-threshold modification",
    "light touch contract",
    "regulation 72 of the 2015 Regulations",
    "no ground recorded",
)
RESERVATIONS = ("not reserved", "suppliers in the United Kingdom", "local suppliers")


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=60)


def _contract_columns() -> list[sa.Column[object]]:
    return [
        sa.Column("lot", sa.String(length=100), nullable=True),
        sa.Column("regime", _choice("regime", *REGIMES), nullable=True),
        sa.Column("procurement_began_on", sa.Date(), nullable=True),
        sa.Column("supply", _choice("supply", "goods", "services", "works"), nullable=True),
        sa.Column("concession", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("reserved_to", _choice("reservation", *RESERVATIONS), nullable=True),
        sa.Column("reserved_area", sa.String(length=300), nullable=True),
    ]


def _event_columns() -> list[sa.Column[object]]:
    return [
        sa.Column("scope_change", sa.String(length=2000), nullable=True),
        sa.Column("provider_left", sa.String(length=300), nullable=True),
        sa.Column("provider_joined", sa.String(length=300), nullable=True),
        sa.Column("ground", _choice("ground", *GROUNDS), nullable=True),
        sa.Column("uk10_needed", sa.Boolean(), nullable=True),
        sa.Column("uk10_reason", sa.String(length=1000), nullable=True),
        sa.Column("notice_given_on", sa.Date(), nullable=True),
        sa.Column("approval_id", sa.Integer(), nullable=True),
        sa.Column("corrected", sa.JSON(), nullable=True),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
    ]


def upgrade() -> None:
    """Add the regime, lots, what events say beyond dates and sums, and overrides of signals."""
    for column in _contract_columns():
        op.add_column("contract", column)
    op.add_column("contract_provider", sa.Column("lot", sa.String(length=100), nullable=True))
    with op.batch_alter_table("contract_event", schema=None) as batch_op:
        for column in _event_columns():
            batch_op.add_column(column)
        batch_op.create_index(batch_op.f("ix_contract_event_approval_id"), ["approval_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_contract_event_approval_id_approval"), "approval", ["approval_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_contract_event_corrects_id_contract_event"), "contract_event", ["corrects_id"], ["id"]
        )
    op.create_table(
        "signal_override",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("kind", _choice("signalkind", "expiry clock", "procurement", "concern"), nullable=False),
        sa.Column("level", _choice("level", "fine", "watch", "act now"), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=200), nullable=True),
        sa.Column("ended_reason", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ended_at IS NULL OR ended_by IS NOT NULL", name=op.f("ck_signal_override_somebody_ended_it")
        ),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_signal_override_contract_id_contract")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal_override")),
    )
    op.create_index(op.f("ix_signal_override_contract_id"), "signal_override", ["contract_id"], unique=False)
    op.create_index(op.f("ix_signal_override_until_on"), "signal_override", ["until_on"], unique=False)
    op.create_index("ix_contract_same", "contract", ["provider_key", "lead_service_id", "starts_on"], unique=False)


def downgrade() -> None:
    """Take them away again."""
    op.drop_index("ix_contract_same", table_name="contract")
    op.drop_table("signal_override")
    with op.batch_alter_table("contract_event", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_contract_event_corrects_id_contract_event"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_contract_event_approval_id_approval"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_contract_event_approval_id"))
        for column in reversed(_event_columns()):
            batch_op.drop_column(column.name)
    op.drop_column("contract_provider", "lot")
    for column in reversed(_contract_columns()):
        op.drop_column("contract", column.name)
