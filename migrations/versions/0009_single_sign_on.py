"""Know people by their single sign-on, and let a portfolio end."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "person_identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("email", sa.String(length=300), nullable=False),
        sa.Column("bound_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_identity_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_identity")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_person_identity_issuer_subject")),
        sa.UniqueConstraint("person_id", "issuer", name=op.f("uq_person_identity_person_id_issuer")),
    )
    op.add_column("portfolio", sa.Column("until_on", sa.Date(), nullable=True))
    op.add_column("sign_in_attempt", sa.Column("way", sa.String(length=20), nullable=False, server_default="password"))
    op.add_column("sign_in_attempt", sa.Column("refused_because", sa.String(length=300), nullable=True))
    op.create_index(op.f("ix_sign_in_attempt_at"), "sign_in_attempt", ["at"])
    op.add_column(
        "signed_in_session", sa.Column("single_sign_on", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    op.drop_column("signed_in_session", "single_sign_on")
    op.drop_index(op.f("ix_sign_in_attempt_at"), table_name="sign_in_attempt")
    op.drop_column("sign_in_attempt", "refused_because")
    op.drop_column("sign_in_attempt", "way")
    op.drop_column("portfolio", "until_on")
    op.drop_table("person_identity")
