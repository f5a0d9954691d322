"""Merging providers that are one, and undoing it: nothing lost, and whatever was changed since is said."""

from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.core import clock
from app.core.errors import Refusal
from app.core.rights import Grant, Permission, Reader
from app.register.commands import merging, providers
from app.register.identifiers import Scheme
from app.register.models import (
    ContractProvider,
    ControlTest,
    PartnerRole,
    Provider,
    ProviderIdentifier,
    ProviderKind,
    ProviderMerge,
    ProviderName,
    ServicePartner,
    TradingCompany,
)
from app.register.queries import duplicates, merge_preview
from tests.integration.reading import shown_words
from tests.makers import a_person, signed_in
from tests.register_makers import a_contract, a_council, a_directorate, a_provider, a_service

EVERYBODY = Reader(None, "reader", grants=(Grant(frozenset(Permission), exempt=True),))


def page_text(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return shown_words(answer.text)


def merge(session: Session, keep: Provider, merged: Provider) -> ProviderMerge:
    done = merging.merge_providers(session, keep, merged, reason="One company", by="Robin", now=clock.now())
    session.commit()
    session.expire_all()
    return done


def undo(session: Session, done: ProviderMerge) -> tuple[str, ...]:
    left = merging.undo_merge(session, done, by="Robin", now=clock.now())
    session.commit()
    session.expire_all()
    return left


def all_of(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Everything a merge touches, without the numbers of rows and versions."""
    session.expire_all()
    parts = select(ContractProvider.contract_id, ContractProvider.provider_id, ContractProvider.share)
    numbers = select(ProviderIdentifier.provider_id, ProviderIdentifier.scheme, ProviderIdentifier.value)
    return {
        "parts": sorted((tuple(row) for row in session.execute(parts)), key=str),
        "numbers": sorted(
            (tuple(row) for row in session.execute(numbers.add_columns(ProviderIdentifier.is_primary))), key=str
        ),
        "names": sorted(tuple(row) for row in session.execute(select(ProviderName.provider_id, ProviderName.name))),
        "companies": [tuple(row) for row in session.execute(select(TradingCompany.provider_id))],
        "tests": [tuple(row) for row in session.execute(select(ControlTest.provider_id))],
        "partners": [tuple(row) for row in session.execute(select(ServicePartner.provider_id))],
        "providers": [
            (one.id, one.kind, one.sme, one.parent_id, one.merged_into_id, one.withdrawn_at)
            for one in session.scalars(select(Provider).order_by(Provider.id))
        ],
    }


@pytest.fixture
def two(session: Session) -> tuple[Provider, Provider]:
    """Two records of one company with a bit of everything, and a contract of both."""
    a_council(session)
    adults = a_directorate(session, name="Adults")
    service = a_service(session, adults, name="Home care")
    keep = a_provider(session, name="Lumen Care Ltd", kind=ProviderKind.NOT_KNOWN)
    merged = a_provider(session, name="Lumen Care Limited", sme=True)
    keep.identifiers = [
        ProviderIdentifier(scheme="GB-COH", value="01234567", is_primary=True),
        ProviderIdentifier(scheme="VENDOR", value="V1"),
    ]
    merged.identifiers = [
        ProviderIdentifier(scheme="GB-COH", value="07654321", is_primary=True),
        ProviderIdentifier(scheme="VENDOR", value="V1"),
    ]
    keep.other_names = [ProviderName(name="Lumen")]
    merged.other_names = [ProviderName(name="LUMEN"), ProviderName(name="Hearth Homecare")]
    merged.trading_company = TradingCompany(purpose="Care")
    child = a_provider(session, name="Lumen Nights Ltd")
    child.parent_id = merged.id
    a_contract(session, adults, title="Nights", service=service, providers=(merged,))
    a_contract(session, adults, title="Both", service=service, providers=(keep, merged), shares=(100, 250))
    a_contract(session, adults, title="Half known", service=service, providers=(keep, merged), shares=(100, None))
    service.partners = [ServicePartner(provider_id=merged.id, role=PartnerRole.FUNDS)]
    session.add(
        ControlTest(
            provider_id=merged.id, tested_on=clock.today(), recorded_at=clock.now(), recorded_by="Robin",
        )
    )  # fmt: skip
    session.commit()
    return keep, merged


def test_a_merge_moves_everything_and_its_undoing_puts_everything_back(
    session: Session, two: tuple[Provider, Provider]
) -> None:
    keep, merged = two
    before = all_of(session)
    done = merge(session, keep, merged)
    after = all_of(session)
    assert all(provider_id == keep.id for _, provider_id, _ in after["parts"])
    assert sorted(str(share) for _, _, share in after["parts"]) == ["350.00", "None", "None"]
    assert after["tests"] == after["partners"] == after["companies"] == [(keep.id,)]
    assert {(scheme, value, primary) for _, scheme, value, primary in after["numbers"]} == {
        ("GB-COH", "01234567", True),
        ("GB-COH", "07654321", False),
        ("VENDOR", "V1", False),
    }
    assert [name for _, name in after["names"]] == ["Hearth Homecare", "Lumen", "Lumen Care Limited"]
    assert (keep.kind, keep.sme, merged.merged_into_id) == (ProviderKind.PRIVATE, True, keep.id)
    assert undo(session, done) == ()
    assert all_of(session) == before
    with pytest.raises(Refusal, match="undone by Robin already"):
        undo(session, done)


def test_what_was_changed_since_stays_and_is_said(session: Session, two: tuple[Provider, Provider]) -> None:
    keep, merged = two
    other = a_provider(session, name="Somebody else")
    done = merge(session, keep, merged)
    by_title = {one.contract.title: one for one in session.scalars(select(ContractProvider))}
    by_title["Nights"].provider_id = other.id
    by_title["Both"].share = Decimal(999)
    session.commit()
    assert undo(session, done) == ("2 contracts",)
    held = {(one.contract.title, one.provider_id) for one in session.scalars(select(ContractProvider))}
    assert ("Nights", other.id) in held
    assert ("Half known", merged.id) in held


def test_a_chain_of_merges_is_undone_from_its_end(session: Session, two: tuple[Provider, Provider]) -> None:
    keep, merged = two
    third = a_provider(session, name="Lumen Group")
    before = all_of(session)
    first, second = merge(session, keep, merged), merge(session, third, keep)
    assert merged.merged_into_id == third.id
    with pytest.raises(Refusal):
        undo(session, first)
    assert undo(session, second) == ()
    assert undo(session, first) == ()
    assert all_of(session) == before


def test_the_other_room_of_numbers_and_names_finds_the_kept_one(
    session: Session, two: tuple[Provider, Provider]
) -> None:
    from app.imports.known import load_known

    keep, merged = two
    merge(session, keep, merged)
    known = load_known(session, None, [])
    assert known.providers["lumen care limited"].id == keep.id
    assert known.providers_by_number["GB-COH", "07654321"].id == keep.id


def test_a_parent_merged_with_its_child_stands_under_nobody(session: Session) -> None:
    parent, child = a_provider(session, name="Group"), a_provider(session, name="Group Ltd")
    child.parent_id = parent.id
    session.commit()
    before = all_of(session)
    done = merge(session, child, parent)
    assert session.get_one(Provider, child.id).parent_id is None
    assert undo(session, done) == ()
    assert all_of(session) == before


def test_conflicts_are_shown_before_anything_happens(session: Session, two: tuple[Provider, Provider]) -> None:
    keep, merged = two
    merging.tell_apart(session, merged, keep, by="Priya", now=clock.now())
    session.commit()
    shown = merge_preview.merge_preview(session, keep, merged, EVERYBODY, clock.today())
    words = " ".join(shown.conflicts)
    assert "Priya looked at these two" in words
    assert "different Companies House number, 01234567 and 07654321" in words
    assert "Both are providers of Both: they become one, with a share of £350" in words
    assert "Both are providers of Half known: they become one, and as only one share is recorded" in words
    assert any("3 contracts running or to come" in line for line in shown.moves)


def test_pairs_are_found_told_apart_and_remembered(client: FlaskClient, session: Session) -> None:
    a_council(session)
    lumen, limited = (
        a_provider(session, name="Lumen & Hearth Ltd"),
        a_provider(session, name="LUMEN AND HEARTH LIMITED"),
    )
    tern, plover = a_provider(session, name="Tern Ltd"), a_provider(session, name="Plover plc")
    providers.add_identifier(session, tern, Scheme.VENDOR, "V9")
    plover.identifiers = [ProviderIdentifier(scheme="VENDOR", value="V9")]
    traded = a_provider(session, name="Smith Brothers t/a Tern")
    session.commit()
    assert set(duplicates.likely_pairs(session)) == {
        (lumen.id, limited.id),
        (tern.id, plover.id),
        (tern.id, traded.id),
    }
    signed_in(client, session, a_person(session, Role.PROCUREMENT))
    assert "vendor number V9" in page_text(client, "/providers/duplicates")
    assert client.post(f"/providers/{tern.id}/not-the-same/{traded.id}").status_code == 302
    session.expire_all()
    assert (tern.id, traded.id) not in duplicates.likely_pairs(session)
    assert "Pairs that are not the same" in page_text(client, "/providers/duplicates")
    assert client.post(f"/providers/{traded.id}/perhaps-the-same/{tern.id}").status_code == 302
    session.expire_all()
    assert (tern.id, traded.id) in duplicates.likely_pairs(session)


def test_a_provider_is_merged_and_unmerged_on_its_page(
    client: FlaskClient, session: Session, two: tuple[Provider, Provider]
) -> None:
    keep, merged = two
    signed_in(client, session, a_person(session, Role.PROCUREMENT))
    asked = client.post(f"/providers/{keep.id}/merge", data={"merged": "Lumen Carre Ltd"})
    assert "like Lumen Care" in asked.text
    found = client.post(f"/providers/{keep.id}/merge", data={"merged": "07654321"})
    assert found.location.endswith(f"/providers/{keep.id}/merge/{merged.id}")
    assert "Look at these first" in page_text(client, found.location)
    done = client.post(found.location, data={"reason": "A letter about the new name"})
    assert done.status_code == 302
    text = page_text(client, f"/providers/{keep.id}")
    assert "A letter about the new name" in text
    assert f"Merged into {keep.name}" in page_text(client, f"/providers/{merged.id}")
    assert "undo the merge" in client.post(f"/providers/{merged.id}/restore").text
    session.expire_all()
    stored = session.scalars(select(ProviderMerge)).one()
    assert client.post(f"/providers/merges/{stored.id}/undo").status_code == 302
    assert "provider of its own again" in page_text(client, f"/providers/{merged.id}")


def test_providers_are_merged_and_unmerged_by_command(
    app: Flask, session: Session, two: tuple[Provider, Provider]
) -> None:
    keep, merged = two

    def run(*words: str) -> tuple[int, str]:
        done = app.test_cli_runner().invoke(args=["register", *words])
        session.expire_all()
        return done.exit_code, done.output

    before = all_of(session)
    assert "Lumen Care Ltd" in run("duplicates")[1]
    trial = run("merge-providers", str(keep.id), str(merged.id), "--reason", "One", "--dry-run")
    assert trial[0] == 0
    assert "look at: Both are providers of Both" in trial[1]
    assert all_of(session) == before
    code, said = run("merge-providers", str(keep.id), str(merged.id), "--reason", "One")
    assert (code, merged.merged_into_id) == (0, keep.id)
    assert run("merge-providers", str(keep.id), str(merged.id), "--reason", "One")[0] == 2
    assert run("merge-providers", "99999", str(merged.id), "--reason", "One")[0] == 2
    assert run("undo-merge", said.split()[-1])[0] == 0
    assert all_of(session) == before
    assert run("undo-merge", "99999")[0] == 2
