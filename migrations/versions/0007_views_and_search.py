"""Keep saved views and index every record for search.

What the search reads of a record is a view of its own (``search_of_service``), written to ``search_entry`` by triggers
on every table it comes from. A later migration that rebuilds one of those tables on SQLite drops the views and triggers
first and makes them again, as for the full text of contracts.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

#: Kind: (tables it is read from, with the record as r; title; words). {all} joins several rows by a blank.
READ: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "service": ("service r", "r.name", ("r.head_post", "r.purpose")),
    "provider": (
        "provider r",
        "r.name",
        (
            "{all:SELECT name AS v FROM provider_name WHERE provider_id = r.id ORDER BY id}",
            "{all:SELECT value AS v FROM provider_identifier WHERE provider_id = r.id ORDER BY id}",
        ),
    ),
    "trading_company": (
        "trading_company r JOIN provider p ON p.id = r.provider_id",
        "p.name",
        ("r.purpose", "r.plan_title", "r.shareholder_lead_post"),
    ),
    "in_house_unit": ("in_house_unit r", "r.name", ("r.head_post",)),
    "arrangement": ("arrangement r", "r.title", ("r.reference",)),
    "agreement": (
        "agreement r JOIN contract c ON c.id = r.contract_id",
        "c.title",
        (
            "c.reference",
            "r.client_lead_post",
            "r.decision_reference",
            "{all:SELECT measure AS v FROM agreement_standard WHERE agreement_id = r.id ORDER BY position, id}",
        ),
    ),
    "commitment": ("social_value_commitment r", "r.text", ("r.theme", "r.measure")),
    "activity": (
        "activity r LEFT JOIN committee m ON m.id = r.committee_id",
        "r.title",
        ("r.purpose", "r.decision_taker", "r.lead_post", "r.decision_reference", "m.name"),
    ),
    "approval": ("approval r", "r.reference || ' ' || r.title", ("r.delegate_post",)),
    "committee": ("committee r", "r.name", ()),
    "person": ("person r", "r.name", ("r.email", "r.post")),
}
#: (kind, table that changes, its columns that count, how its row tells the records; {row} is NEW or OLD)
KEPT: tuple[tuple[str, str, str, str], ...] = (
    ("service", "service", "name, head_post, purpose", "{row}.id"),
    ("provider", "provider", "name", "{row}.id"),
    ("provider", "provider_name", "name, provider_id", "{row}.provider_id"),
    ("provider", "provider_identifier", "value, provider_id", "{row}.provider_id"),
    ("trading_company", "trading_company", "provider_id, purpose, plan_title, shareholder_lead_post", "{row}.id"),
    ("trading_company", "provider", "name", "SELECT id FROM trading_company WHERE provider_id = {row}.id"),
    ("in_house_unit", "in_house_unit", "name, head_post", "{row}.id"),
    ("arrangement", "arrangement", "title, reference", "{row}.id"),
    ("agreement", "agreement", "contract_id, client_lead_post, decision_reference", "{row}.id"),
    ("agreement", "agreement_standard", "agreement_id, measure, position", "{row}.agreement_id"),
    ("agreement", "contract", "title, reference", "SELECT id FROM agreement WHERE contract_id = {row}.id"),
    ("commitment", "social_value_commitment", "text, theme, measure", "{row}.id"),
    (
        "activity",
        "activity",
        "title, purpose, decision_taker, lead_post, decision_reference, committee_id",
        "{row}.id",
    ),
    ("activity", "committee", "name", "SELECT id FROM activity WHERE committee_id = {row}.id"),
    ("approval", "approval", "reference, title, delegate_post", "{row}.id"),
    ("committee", "committee", "name", "{row}.id"),
    ("person", "person", "name, email, post", "{row}.id"),
)
#: Accents off, capitals down, and nothing but words: PostgreSQL's parser takes "25/00053" for a file otherwise.
PLAIN_WORDS = r"""
CREATE FUNCTION search_words(said text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT btrim(regexp_replace(
        lower(regexp_replace(normalize(coalesce(said, ''), NFKD), '[' || chr(768) || '-' || chr(879) || ']', '', 'g')),
        '[^a-z0-9' || chr(128) || '-' || chr(8191) || chr(8304) || '-' || chr(65535) || ']+', ' ', 'g'))
$$
"""


def upgrade() -> None:
    _add_tables()
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    if on_postgresql:
        op.execute(PLAIN_WORDS)
    for kind in READ:
        op.execute(f"CREATE VIEW search_of_{kind} AS {_read(kind, on_postgresql=on_postgresql)}")
        op.execute(
            f"INSERT INTO search_entry (kind, record_id, title, words) "  # noqa: S608 - our own names
            f"SELECT '{kind}', record_id, title, words FROM search_of_{kind}"
        )
    _index(on_postgresql=on_postgresql)
    for kept in KEPT:
        _keep_on_postgresql(*kept) if on_postgresql else _keep_on_sqlite(*kept)


def _add_tables() -> None:
    op.create_table(
        "search_entry",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
        sa.UniqueConstraint("kind", "record_id", name=op.f("uq_search_entry_kind_record_id")),
    )
    op.create_table(
        "saved_view",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("name_key", sa.String(length=100), nullable=False),
        sa.Column("list_path", sa.String(length=100), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_saved_view_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
    )
    op.create_index("ix_saved_view_person_list", "saved_view", ["person_id", "list_path"])
    op.create_table(
        "start_page",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("view_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_start_page_person_id_person")),
        sa.ForeignKeyConstraint(["view_id"], ["saved_view.id"], name=op.f("fk_start_page_view_id_saved_view")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_start_page")),
        sa.UniqueConstraint("person_id", name=op.f("uq_start_page_person_id")),
    )
    op.create_index(op.f("ix_start_page_view_id"), "start_page", ["view_id"])
    op.create_table(
        "chosen_columns",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("list_path", sa.String(length=100), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_chosen_columns_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chosen_columns")),
        sa.UniqueConstraint("person_id", "list_path", name=op.f("uq_chosen_columns_person_id_list_path")),
    )


def _read(kind: str, *, on_postgresql: bool) -> str:
    """The statement that reads what is searched of a kind of record."""
    source, title, parts = READ[kind]
    join = "string_agg" if on_postgresql else "group_concat"
    said = [
        f"coalesce((SELECT {join}(x.v, ' ') FROM ({part[5:-1]}) x), '')"  # noqa: S608 - our own names
        if part.startswith("{all:")
        else f"coalesce({part}, '')"
        for part in parts
    ]
    words = " || ' ' || ".join([title, *said])
    return f"SELECT r.id AS record_id, {title} AS title, {words} AS words FROM {source}"  # noqa: S608


def _index(*, on_postgresql: bool) -> None:
    """Full text: FTS5 kept by triggers on SQLite, a GIN index on PostgreSQL; a word of the title weighs more."""
    if on_postgresql:
        op.execute(
            "CREATE INDEX ix_entry_search ON search_entry USING gin "
            "((setweight(to_tsvector('simple', search_words(title)), 'A') || "
            "setweight(to_tsvector('simple', search_words(words)), 'B')))"
        )
        return
    op.execute(
        "CREATE VIRTUAL TABLE entry_search USING fts5"
        "(title, words, content='search_entry', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 2', prefix='2 3')"
    )
    op.execute("INSERT INTO entry_search(entry_search) VALUES ('rebuild')")
    here = "INSERT INTO entry_search(rowid, title, words) VALUES (new.id, new.title, new.words);"
    gone = (
        "INSERT INTO entry_search(entry_search, rowid, title, words) VALUES ('delete', old.id, old.title, old.words);"
    )
    op.execute(f"CREATE TRIGGER entry_search_added AFTER INSERT ON search_entry BEGIN {here} END")
    op.execute(f"CREATE TRIGGER entry_search_removed AFTER DELETE ON search_entry BEGIN {gone} END")
    op.execute(f"CREATE TRIGGER entry_search_changed AFTER UPDATE ON search_entry BEGIN {gone} {here} END")


def _put(kind: str, records: str) -> str:
    """Read the records again, or find them gone."""
    return (
        f"DELETE FROM search_entry WHERE kind = '{kind}' AND record_id IN ({records}); "  # noqa: S608
        f"INSERT INTO search_entry (kind, record_id, title, words) "
        f"SELECT '{kind}', record_id, title, words FROM search_of_{kind} WHERE record_id IN ({records});"
    )


def _keep_on_sqlite(kind: str, table: str, columns: str, records: str) -> None:
    new, old = (_put(kind, records.format(row=row)) for row in ("new", "old"))
    name = f"search_of_{kind}_in_{table}"
    op.execute(f"CREATE TRIGGER {name}_added AFTER INSERT ON {table} BEGIN {new} END")
    op.execute(f"CREATE TRIGGER {name}_changed AFTER UPDATE OF {columns} ON {table} BEGIN {old} {new} END")
    op.execute(f"CREATE TRIGGER {name}_removed AFTER DELETE ON {table} BEGIN {old} END")


def _keep_on_postgresql(kind: str, table: str, columns: str, records: str) -> None:
    new, old = (_put(kind, records.format(row=row)) for row in ("NEW", "OLD"))
    name = f"search_of_{kind}_in_{table}"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP <> 'INSERT' THEN {old} END IF; IF TG_OP <> 'DELETE' THEN {new} END IF; RETURN NULL; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {name} AFTER INSERT OR DELETE OR UPDATE OF {columns} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {name}()"
    )


def downgrade() -> None:
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for kind, table, _, _ in KEPT:
        name = f"search_of_{kind}_in_{table}"
        if on_postgresql:
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}")
        else:
            for act in ("added", "changed", "removed"):
                op.execute(f"DROP TRIGGER {name}_{act}")
    for kind in READ:
        op.execute(f"DROP VIEW search_of_{kind}")
    if not on_postgresql:
        op.execute("DROP TABLE entry_search")
    for table in ("chosen_columns", "start_page", "saved_view", "search_entry"):
        op.drop_table(table)
    if on_postgresql:
        op.execute("DROP FUNCTION search_words(text)")
