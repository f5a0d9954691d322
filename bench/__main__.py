"""``make bench``: fill, serve, export, import; print each figure beside its floor."""

import os
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path

from bench import exporting, importing
from bench.filling import fill
from bench.measuring import HEADINGS, Figure, seconds
from bench.serving import serving

SIZES = (10_000, 100_000)
#: (what, address, aim in milliseconds)
PAGES = (
    ("contracts, first page", "/contracts", "12 ms, 50 KB"),
    (
        "contracts, filtered by directorate and end",
        "/contracts?directorate=2&ends_from=2027-01-01&sort=ends_on",
        "12 ms",
    ),
    ("contracts, searched (common word)", "/contracts?q=home+care", "12 ms"),
    ("contracts, searched (rare)", "/contracts?q=ashby+4321", "12 ms"),
    ("contracts, deep page by value", "/contracts?sort=-value&page=350", "12 ms"),
    ("contracts, columns chosen", "/contracts?columns=reference,provider,category,current_high,manager_post", "14 ms"),
    ("record page", "/contracts/77", "15 ms"),
    ("forthcoming", "/forthcoming", ""),
    ("front page of a procurement lead", "/", "30 ms"),
    ("what needs doing", "/to-do", "12 ms"),
    ("coverage", "/coverage", "12 ms"),
    ("search over everything (common word)", "/search?q=home+care", "20 ms"),
    ("everybody's history", "/history", "20 ms"),
    ("a service", "/services/3", "30 ms at 10,000"),
    ("a provider", "/providers/5", "25 ms"),
    ("timeline", "/timeline", ""),
)
#: What is kept until something is saved, and reckoned anew by whoever comes next: (what, address, aim in seconds)
AFTER_A_CHANGE = (
    ("front page", "/", "2 s"),
    ("what needs doing", "/to-do", "2 s"),
    ("forthcoming", "/forthcoming", "2 s"),
    ("timeline", "/timeline", "2 s"),
)


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        print(
            f"Python {sys.version.split()[0]}, {os.cpu_count()} processors. Floors are bare Flask or the bare library."
        )
        for size in SIZES:
            print(f"\n{size:,} contracts\n{HEADINGS}")
            _bench(size, folder / f"{size}.sqlite")
        print(f"\nImport\n{HEADINGS}")
        for figure in importing.figures(folder):
            print(figure, flush=True)
    finally:
        shutil.rmtree(folder)


def _bench(size: int, file: Path) -> None:
    environment = {
        "DATABASE_URL": f"sqlite:///{file}",
        "SECRET_KEY": "bench",
        "FILES_DIR": str(file.parent),
        "BENCH_FILE": str(file),
    }
    os.environ.update(environment)
    cookie = _prepare(size)
    with serving("bench.floor_app:app", environment) as floor, serving("wsgi:app", environment, cookie) as server:
        least = floor.median_ms("/floor")
        server.median_ms("/health")  # the port is open before the workers have read the product
        first, _ = seconds(lambda: server.get("/"))
        print(Figure("front page, first visit: everything is counted", first * 1_000, "ms", least, "2 s"), flush=True)
        for name, path, aim in PAGES:
            print(Figure(name, server.median_ms(path), "ms", least, aim), flush=True)
        for name, path, aim in AFTER_A_CHANGE:
            _change()
            again, _ = seconds(partial(server.get, path))
            print(Figure(f"{name}, first after a change", again * 1_000, "ms", least, aim), flush=True)
        print(Figure("digest of one who looks after every part", _digest() * 1_000, "ms", least, ""), flush=True)
        print(
            Figure(
                "bytes of the first page",
                len(server.get("/contracts")) / 1_000,
                "KB",
                len(floor.get("/floor")) / 1_000,
                "50 KB",
            )
        )
        rate = floor.pages_a_second("/floor")
        print(
            Figure("list pages a second, two workers", server.pages_a_second("/contracts"), "pages/s", rate, "250"),
            flush=True,
        )
        print(
            Figure("memory of a worker", server.worker_megabytes(), "MB", floor.worker_megabytes(), "110 MB"),
            flush=True,
        )
        for figure in exporting.downloads(server, size):
            print(figure, flush=True)
    if size == SIZES[0]:
        for figure in exporting.documents():
            print(figure, flush=True)


def _change() -> None:
    """Somebody changes a contract."""
    from app import create_app
    from app.core import audit
    from app.core.db import db
    from app.register.models import Contract

    with create_app().app_context():
        audit.act_as(db.session(), audit.Actor(None, "bench"))
        found = db.session.get_one(Contract, 77)
        found.note = f"{found.note or ''}."
        db.session.commit()
        db.engine.dispose()


def _digest() -> float:
    """Seconds for the first of a run; what it reads serves the others."""
    from app import create_app
    from app.core import clock
    from app.core.db import db
    from app.home.reminders import queries

    with create_app().app_context():
        session, every = db.session(), queries.everybody(db.session())
        answering = every.answering(every.people[0])
        taken, _ = seconds(lambda: queries.reminders(session, answering, today=clock.today()))
        session.rollback()
        db.engine.dispose()
    return taken


def _prepare(size: int) -> str:
    """Migrate and fill the database; return the cookie of somebody signed in."""
    from app import create_app
    from app.accounts import commands as accounts
    from app.accounts.commands import RoleWanted
    from app.accounts.roles import Role
    from app.core import clock, migrations
    from app.core.db import db

    app = create_app()
    with app.app_context():
        migrations.upgrade()
        taken, _ = seconds(lambda: fill(db.session(), size))
        print(f"(filled through the product's own rules and history in {taken:.0f} s)")
        role = RoleWanted(Role.PROCUREMENT)
        person = accounts.add_person(db.session(), name="Bench", email="bench@example.org", roles=(role,))
        token = accounts.start_session(db.session(), person.id, browser="bench", now=clock.now())
        db.session.commit()
        db.engine.dispose()
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # Flask's default has it
    cookie: str = serializer.dumps({"token": token})
    return cookie


if __name__ == "__main__":
    main()
