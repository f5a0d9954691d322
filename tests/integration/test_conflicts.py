"""Two people have one record open: the second to save sees both versions, and loses nothing."""

import html
import re
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.accounts.models import RoleHeld
from app.accounts.roles import Role
from app.core import clock
from app.core.rights import ScopeKind
from app.decisions.models import ItemOutcome
from app.plans.rules import Answer
from tests.integration.addresses import Address, addresses
from tests.integration.whole_council import WholeCouncil, a_whole_council
from tests.makers import a_person, signed_in

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

INPUT = re.compile(r"<input\b[^>]*>")
AREA = re.compile(r"<textarea\b([^>]*)>(.*?)</textarea>", re.DOTALL)
CHOICE = re.compile(r"<select\b([^>]*)>(.*?)</select>", re.DOTALL)
CHOSEN = re.compile(r'<option\b[^>]*value="([^"]*)"[^>]*\bselected')
VERSION = re.compile(r'name="version"[^>]*value="(\d+)"')
#: Add to a record, or say something of it once, rather than write over what it says. ``ACTS`` tries them.
ADDS = re.compile(
    r"/(?:new|withdraw|end|extend|vary|names|numbers|judgement|decision|strike-out|lapse|reopen|override|suspend|resume"
    r"|unlink|call-off|successor|none|status|social-value-considered|close|move|route|replace|award|response|send|chase|let-off)$|/contracts/\d+/correct$|/agreements/\d+/results/\d+$"
    r"|/returns/\d+/parts/\d+$"
)
MAIN = re.compile(r"<main.*?</main>", re.DOTALL)


@dataclass
class Sheet:
    """A form as a browser would send it, and the text it lets be changed."""

    answers: dict[str, list[str]]
    texts: tuple[str, ...]

    def changed(self, by: str) -> dict[str, list[str]]:
        """With a word of one's own in its first free text."""
        name = self.texts[0]
        why = {"reason": ["It was a slip"]} if "reason" in self.answers else {}
        return {**self.answers, **why, name: [f"{self.answers[name][0]} {by}".strip()]}


def attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return html.unescape(found[1]) if found else ""


def sheet_of(page: str) -> Sheet:
    main = (MAIN.search(page) or re.search(r".*", page, re.DOTALL))[0]  # type: ignore[index]  # one of them matches
    answers: dict[str, list[str]] = {}
    texts: list[str] = []
    for tag in INPUT.findall(main):
        kind, name = attribute(tag, "type"), attribute(tag, "name")
        if not name or (kind in {"checkbox", "radio"} and " checked" not in tag) or kind in {"file", "submit"}:
            continue
        answers.setdefault(name, []).append(attribute(tag, "value"))
        if kind == "text" and is_free(tag):
            texts.append(name)
    for tag, inside in AREA.findall(main):
        answers[attribute(tag, "name")] = [html.unescape(inside).strip()]
        texts.append(attribute(tag, "name"))
    for tag, inside in CHOICE.findall(main):
        answers[attribute(tag, "name")] = [html.unescape(one) for one in CHOSEN.findall(inside)] or [""]
    return Sheet(answers, tuple(name for name in texts if name not in NOT_FREE))


def is_free(tag: str) -> bool:
    """Takes any words: not a date, an amount or a number, which are narrow."""
    return "govuk-input--width-" not in tag and "govuk-input__wrapper" not in tag and "inputmode" not in tag


#: Answers that are no words of one's own: they name a record, or say why and are kept beside it.
NOT_FREE = {
    *("passing", "parent", "replaces", "under", "plan_url", "document_url", "tender_url", "contact_email"),
    *("url", "evidence_url"),
}


def forms_with_a_version(app: Flask, client: FlaskClient, made: WholeCouncil) -> list[Address]:
    found = []
    for address in addresses(app, made):
        if address.needs is not None and "POST" in address.methods and address.side is not made.adults:
            page = client.get(address.url)
            if page.status_code == 200 and VERSION.search(page.text) and not ADDS.search(address.url):
                found.append(address)
    return found


@pytest.fixture
def made(app: Flask, session: Session) -> WholeCouncil:
    return a_whole_council(session, app.extensions["settings"].files_dir)


def test_the_second_to_save_sees_both_versions_and_loses_nothing(
    app: Flask, session: Session, connection: Connection, made: WholeCouncil
) -> None:
    first, second = (
        signed_in(FlaskClient(app, app.response_class, use_cookies=True), session, a_person(session, role, name=name))
        for role, name in ((Role.PROCUREMENT, "Robin Holt"), (Role.PROCUREMENT, "Sam Field"))
    )
    wrong, tried = [], 0
    for address in forms_with_a_version(app, first, made):
        sheet = sheet_of(first.get(address.url).text)
        if not sheet.texts:
            continue
        with connection.begin_nested() as before:
            wrong += [f"{address}: {fault}" for fault in conflict_of(first, second, address.url, sheet)]
            before.rollback()
        session.expire_all()
        tried += 1
    assert not wrong, "\n".join(wrong)
    assert tried >= MANY


#: Fewer forms than this cannot be all of them: the walk has lost its way.
MANY = 12


#: What is done to a record, what it asks, and where somebody else changes the same record meanwhile.
CONTRACT, AGREEMENT, SERVICE, DOCUMENT, ITEM, PART = (
    *("/contracts/{contract}/edit/what", "/agreements/{agreement}/edit", "/services/{service}/edit"),
    *("/documents/{document}/edit", "/agenda-items/{item}/change", "/plans/2026-27/returns/{return}/parts/3"),
)
ACTS: tuple[tuple[str, dict[str, str], str], ...] = (
    ("/contracts/{contract}/extend", {"uses_option": "yes"}, CONTRACT),
    ("/contracts/{contract}/correct", {"starts_on": "2 April 2024"}, CONTRACT),
    ("/contracts/{contract}/end", {"ends_on": "31 March 2027"}, CONTRACT),
    ("/contracts/{contract}/events/{event}/strike-out", {}, CONTRACT),
    ("/contracts/{contract}/options/{option}/lapse", {}, CONTRACT),
    ("/contracts/{contract}/suspend", {}, CONTRACT),
    ("/contracts/{contract}/successor", {}, CONTRACT),
    ("/contracts/{contract}/withdraw", {}, CONTRACT),
    (
        "/contracts/{contract}/social-value-considered",
        {"considered_on": "1 March 2024", "considered_by": "Sam"},
        CONTRACT,
    ),
    ("/agreements/{agreement}/status", {"status": "under review", "on": "1 October 2026"}, AGREEMENT),
    ("/services/{service}/route", {"route": "mixed", "from_on": "1 April 2026"}, SERVICE),
    ("/documents/{document}/replace", {"url": "https://wold.example/newer"}, DOCUMENT),
    (
        "/agenda-items/{item}/response",
        {"response": "It was done", "responded_by": "Head of Roads", "responded_on": "1 November 2026"},
        ITEM,
    ),
    ("/plans/2026-27/returns/{return}/chase", {"whom": "Robin Holt", "how": "I ask them myself"}, PART),
    (PART, {}, PART),
)


def test_an_act_on_a_record_changed_since_waits_until_the_change_was_seen(
    app: Flask, session: Session, connection: Connection, made: WholeCouncil
) -> None:
    people = [a_person(session, Role.PROCUREMENT, name=name) for name in ("Robin Holt", "Sam Field")]
    people[0].roles.append(RoleHeld(role=Role.CLERK, scope=ScopeKind.COUNCIL))
    first, second = (
        signed_in(FlaskClient(app, app.response_class, use_cookies=True), session, person) for person in people
    )
    roads = made.roads
    named = {
        "contract": roads.contract.id,
        "agreement": roads.agreement.id,
        "service": roads.service.id,
        "document": roads.document.id,
        "event": roads.event.id,
        "option": roads.option.id,
        "item": roads.agenda_item.id,
        "return": made.adults.returns[0].id,
    }
    part = made.adults.returns[0].parts[2]
    part.answer, part.answered_at, part.answered_by = Answer.COMPLETE, clock.now(), "Morgan Ash"
    roads.agenda_item.outcome = ItemOutcome.ENDORSED
    session.commit()
    wrong = []
    for path, answers, changed_at in ACTS:
        url, other = path.format(**named), changed_at.format(**named)
        with connection.begin_nested() as before:
            wrong += [f"{url}: {fault}" for fault in overtaken(first, second, url, answers, other)]
            before.rollback()
        session.expire_all()
    assert not wrong, "\n".join(wrong)


def overtaken(first: FlaskClient, second: FlaskClient, url: str, answers: dict[str, str], other: str) -> list[str]:
    """The second opens the act's page, the first changes the record, the second acts: what went wrong."""
    sheet = sheet_of(second.get(url).text)
    asked = {**sheet.answers, "reason": ["Fieldfare"], **{name: [answer] for name, answer in answers.items()}}
    saved = first.post(other, data=sheet_of(first.get(other).text).changed("Robinson"))
    if saved.status_code != FOUND:
        return [f"{other} could not be saved: {problems(saved.text)}"]
    met = second.post(url, data=asked)
    if met.status_code == FOUND or "Somebody else" not in met.text:
        return [f"it was done without a word: {met.status_code} {problems(met.text)}"]
    again = {**sheet_of(met.text).answers, **{name: [answer] for name, answer in answers.items()}}
    faults = [] if "reason" not in again or again["reason"] == ["Fieldfare"] else ["what was typed is gone"]
    done = second.post(url, data=again)
    if done.status_code != FOUND:  # an act that says back what it comes to asks once more, and why it is right
        asked_once_more = sheet_of(done.text).answers
        passing = {"passing": ["It is right"]} if "passing" in asked_once_more else {}
        done = second.post(url, data={**again, **asked_once_more, **passing})
    return faults if done.status_code == FOUND else [*faults, f"it cannot be done after: {problems(done.text)}"]


FOUND = 302


def conflict_of(first: FlaskClient, second: FlaskClient, url: str, sheet: Sheet) -> list[str]:
    """Both open the page, both save: what went wrong, if anything did."""
    saved = first.post(url, data=sheet.changed("Robinson"))
    if saved.status_code != FOUND:
        return [f"the first could not save {sheet.texts[0]}: {saved.status_code} {problems(saved.text)}"]
    now = second.get(url).text
    if VERSION.findall(now) == [sheet.answers["version"][0]] and "Robinson" not in now:
        return []  # the answer counts only together with others: nothing was written
    met = second.post(url, data=sheet.changed("Fieldfare"))
    if met.status_code != 200:
        return [f"the second overwrote the first without being told: {met.status_code}"]
    faults = [f"{word} is not shown" for word in ("Robinson", "Fieldfare", "Somebody else") if word not in met.text]
    again = sheet_of(met.text)
    if "Fieldfare" not in " ".join(again.answers.get(sheet.texts[0], ())):
        faults.append("what the second typed is gone")
    kept = second.post(url, data=again.answers)
    if kept.status_code != FOUND:
        faults.append(f"saving again does not work: {kept.status_code} {problems(kept.text)}")
    return faults


def problems(page: str) -> list[str]:
    """The error summary's lines."""
    summary = re.search(r'class="govuk-error-summary".*?</ul>', page, re.DOTALL)
    lines = re.sub(r"<[^>]+>", "\n", summary[0] if summary else "").split("\n")
    return [" ".join(line.split()) for line in lines if line.strip()]
