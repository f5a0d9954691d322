"""One box finds every kind of record, for those who may open it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import insert, text, update
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.core import clock
from app.core.db import db
from app.core.rights import Grant, Permission, Reader
from app.core.search import KINDS, about, left_behind, pieces, terms_of
from app.council.models import Committee, CommitteeKind
from app.decisions.models import Activity, ActivityKind
from app.home.queries import search
from app.register.models import (
    Agreement,
    AgreementStatus,
    Approval,
    InHouseUnit,
    Provider,
    ProviderIdentifier,
    ProviderName,
    SocialValueCommitment,
    TradingCompany,
)
from tests.conftest import NewApp
from tests.databases import load_demo
from tests.makers import a_person, added, signed_in
from tests.register_makers import a_contract, a_directorate, a_provider, a_service, an_arrangement

TODAY = clock.today()
EVERYTHING = Reader(None, "a test", (Grant(frozenset(Permission), exempt=True),))
#: Reads what is open, and is entitled to nothing that is kept back.
ANYBODY = Reader(None, "a reader", (Grant(frozenset({Permission.READ})),))


def one_of_each(session: Session) -> None:
    """A record of every kind, each with the word Tamarisk in its title."""
    unit = a_directorate(session)
    a_service(session, unit, name="Tamarisk respite")
    company = a_provider(session, name="Tamarisk Care Ltd")
    company.identifiers = [ProviderIdentifier(scheme="GB-COH", value="01234567")]
    company.other_names = [ProviderName(name="Juniper Homes")]
    company.trading_company = TradingCompany(purpose="Care at home")
    contract = a_contract(session, unit, title="Tamarisk agreement", reference="25/00053")
    added(session, Agreement(contract_id=contract.id, status=next(iter(AgreementStatus))))
    an_arrangement(session, unit, title="Tamarisk homes")
    added(session, SocialValueCommitment(directorate_id=unit.id, theme="Jobs", text="Tamarisk apprentices"))
    added(
        session,
        Activity(title="Tamarisk redesign", purpose="Fewer beds", kind=next(iter(ActivityKind)), directorate=unit),
    )
    added(session, Approval(reference="25/00999", title="Let the Tamarisk contract", directorate_id=unit.id))
    added(session, InHouseUnit(name="Tamarisk House", directorate_id=unit.id))
    added(session, Committee(name="Tamarisk Committee", kind=next(iter(CommitteeKind))))
    a_person(session, name="Toni Tamarisk")


def kinds(session: Session, words: str, reader: Reader = EVERYTHING) -> dict[str, int]:
    return {found.name: found.total for found in search.everything(session, words, reader, TODAY)}


def test_one_word_finds_a_record_of_every_kind_and_the_search_is_whole(session: Session) -> None:
    one_of_each(session)
    assert kinds(session, "tamaris") == {"contract": 1, **dict.fromkeys(KINDS, 1)}
    assert "person" not in kinds(session, "tamarisk", ANYBODY)
    assert left_behind(session) == []


@pytest.mark.parametrize("said", ["01234567", "juniper", "JUNIPER ho", "Tamarisk Ltd"])
def test_a_provider_is_found_by_number_and_by_any_of_its_names(session: Session, said: str) -> None:
    one_of_each(session)
    assert kinds(session, said)["provider"] == 1


def test_the_very_reference_comes_first_and_titles_before_the_rest(session: Session) -> None:
    unit = a_directorate(session)
    a_contract(session, unit, title="Follows 77 12 of last year")
    exact = a_contract(session, unit, title="Zinc roofs", reference="77/12")
    supplier = a_provider(session, name="Larch Ltd")
    named = a_contract(session, unit, title="Alder beds", providers=(supplier,))
    titled = a_contract(session, unit, title="The care of every old larch in the county's country parks")
    a_service(session, unit, name="Beds", purpose="Larch and larch and larch")
    first = a_service(session, unit, name="Larch planting in the parks of the county")
    by_reference = search.everything(session, "77/12", EVERYTHING, TODAY)[0]
    assert by_reference.first[0].url == f"/contracts/{exact.id}"
    found = {one.name: [hit.url for hit in one.first] for one in search.everything(session, "larch", EVERYTHING, TODAY)}
    assert found["contract"] == [f"/contracts/{titled.id}", f"/contracts/{named.id}"]
    assert found["service"][0] == f"/services/{first.id}"


def test_what_is_kept_back_is_neither_found_nor_counted(session: Session) -> None:
    unit = a_directorate(session)
    secret = a_contract(session, unit, title="Quince merger", embargoed_until=TODAY + timedelta(days=30))
    added(session, Agreement(contract_id=secret.id, status=next(iter(AgreementStatus))))
    an_arrangement(session, unit, title="Quince arrangement", contracts=(secret,))
    added(
        session, SocialValueCommitment(directorate_id=unit.id, contract_id=secret.id, theme="Jobs", text="Quince jobs")
    )
    about_it = Activity(
        title="Quince again", purpose="x", kind=next(iter(ActivityKind)), directorate=unit, contract_id=secret.id
    )
    added(session, about_it)
    assert kinds(session, "quince", ANYBODY) == {}
    assert set(kinds(session, "quince")) == {"contract", "agreement", "arrangement", "commitment", "activity"}
    assert search.of_kind(session, "activity", "quince", ANYBODY, TODAY, 1).rows == []  # type: ignore[union-attr]


def test_amounts_are_no_words(session: Session) -> None:
    a_contract(session, a_directorate(session), title="Medlar", value=7_654_321, exempt=True, value_note="say 7654321")
    assert kinds(session, "7654321") == {}


def test_the_search_stays_right_however_a_record_is_changed(session: Session) -> None:
    """By hand, in bulk, merged, and put back as it was."""
    one_of_each(session)
    session.execute(
        insert(Provider), [{"name": "Bulk Rowan Ltd", "name_key": "bulk rowan ltd", "version": 1, **_blank()}]
    )
    assert kinds(session, "rowan")["provider"] == 1
    session.execute(update(Provider).where(Provider.name == "Bulk Rowan Ltd").values(name="Bulk Hazel Ltd"))
    assert kinds(session, "rowan") == {}
    assert kinds(session, "hazel")["provider"] == 1
    kept, gone = (
        session.query(Provider).filter_by(name=name).one() for name in ("Bulk Hazel Ltd", "Tamarisk Care Ltd")
    )
    session.execute(update(ProviderName).where(ProviderName.provider_id == gone.id).values(provider_id=kept.id))
    assert [hit.url for one in search.everything(session, "juniper", EVERYTHING, TODAY) for hit in one.first] == [
        f"/providers/{kept.id}"
    ]
    session.execute(text("DELETE FROM search_entry WHERE kind = 'service'"))
    assert "service" in " ".join(left_behind(session))


def _blank() -> dict[str, object]:
    return {"uid": uuid4(), "kind": "not known", "name_masked": False}


@pytest.mark.parametrize(
    "said",
    [
        *(
            '"',
            "'",
            "tamarisk OR 1=1",
            "NEAR(a b)",
            "title:tamarisk",
            "tamarisk*",
            "^tamarisk",
            "-tamarisk",
            "a AND",
            "%",
        ),
        *("_" * 50, "x" * 5_000, "tamarisk & ! | <->", ":*", "\\", "(((", "\x00tamarisk", "é" * 300, "{tamarisk}"),
    ],
)
def test_whatever_is_typed_is_only_words(client: FlaskClient, session: Session, said: str) -> None:
    one_of_each(session)
    answer = signed_in(client, session, Role.ADMINISTRATOR).get("/search", query_string={"q": said})
    assert answer.status_code == 200
    assert client.get("/search", query_string={"q": said, "kind": "service", "page": "9"}).status_code == 200


def test_the_words_found_are_marked_and_a_long_text_is_cut_about_them() -> None:
    terms = terms_of("café HOM")
    assert [piece.text for piece in pieces("Café and homes", terms) if piece.found] == ["Café", "homes"]
    assert about(f"{'x ' * 200}the café {'y ' * 200}", terms_of("cafe")).startswith("… ")
    assert about("nothing here", terms) == ""


def test_a_kind_has_pages_of_its_own(client: FlaskClient, session: Session) -> None:
    unit = a_directorate(session)
    for number in range(30):
        a_service(session, unit, name=f"Sorrel {number:02}")
    signed_in(client, session, Role.COMMISSIONER)
    body = client.get("/search?q=sorrel").text
    assert "See all 30 services" in body
    second = client.get("/search?q=sorrel&kind=service&page=2").text
    assert "Showing 26 to 30 of 30" in second
    assert "<mark>Sorrel</mark>" in second
    assert client.get("/search?q=sorrel&kind=person").text.count("Nothing was found") == 0


def test_the_check_names_what_was_left_behind_and_mends_it(new_app: NewApp, engine_name: str) -> None:
    app = new_app(engine_name, load_demo)
    run = app.test_cli_runner()
    assert run.invoke(args=["register", "check"]).exit_code == 0
    with app.app_context():
        db.session.execute(text("UPDATE search_entry SET words = 'x' WHERE kind = 'committee'"))
        db.session.commit()
    told = run.invoke(args=["register", "check"])
    assert told.exit_code == 1
    assert "of committee otherwise" in told.output
    assert run.invoke(args=["register", "check", "--mend-search"]).exit_code == 0
