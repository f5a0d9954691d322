"""Every address of the app with its blanks filled in from a council: a new page is walked without being named here."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from flask import Flask
from typing_extensions import override
from werkzeug.routing import AnyConverter, Rule

from app.core.rights import Permission
from app.register.forms.contracts.sections import Section
from tests.integration.whole_council import Side, WholeCouncil

#: What stands in an address's blank, by its name; ``None`` for a side means that it belongs to no directorate.
OF_A_SIDE: Mapping[str, Callable[[Side], object]] = {
    "activity_id": lambda side: side.activity.id,
    "agenda_item_id": lambda side: side.agenda_item.id,
    "agreement_id": lambda side: side.agreement.id,
    "approval_id": lambda side: side.approval.id,
    "arrangement_id": lambda side: side.arrangement.id,
    "change_id": lambda side: side.change_id,
    "commitment_id": lambda side: side.commitment.id,
    "contract_id": lambda side: side.contract.id,
    "credit_id": lambda side: side.credit.id,
    "decision_id": lambda side: side.decision.id,
    "decision_notice_id": lambda side: side.decision_notice.id,
    "uid": lambda side: side.decision_notice.uid,
    "delivery_id": lambda side: side.delivery.id,
    "document_id": lambda side: side.document.id,
    "event_id": lambda side: side.event.id,
    "indicator_id": lambda side: side.indicator.id,
    "notice_id": lambda side: side.notice.id,
    "option_id": lambda side: side.option.id,
    "return_id": lambda side: side.returns[0].id,
    "redaction_id": lambda side: side.redaction.id,
    "request_id": lambda side: side.request.id,
    "result_id": lambda side: side.standard.results[0].id,
    "service_id": lambda side: side.service.id,
    "spend_id": lambda side: side.spend.id,
    "slug": lambda side: side.directorate.slug,
    "standard_id": lambda side: side.standard.id,
    "statement_id": lambda side: side.statement.id,
    "target_id": lambda side: side.commitment.interim_targets[0].id,
    "partner_id": lambda side: side.service.partners[0].id,
    "unit_id": lambda side: side.unit.id,
}
#: The council's own: structure, people, settings, providers. Who may is the same for all of them.
OF_THE_COUNCIL: Mapping[str, Callable[[WholeCouncil], object]] = {
    "answer_id": lambda made: made.shared["answer_id"],
    "bulk_id": lambda made: made.shared["bulk_id"],
    "edition_number": lambda made: made.shared["edition_number"],
    "filename": lambda made: made.shared["filename"],
    "layout": lambda _made: "schema",
    "part": lambda _made: "withheld",
    "period": lambda made: made.shared["period"],
    "view_id": lambda made: made.shared["view_id"],
    "committee_id": lambda made: made.adults.committee.id,
    "directorate_id": lambda made: made.adults.directorate.id,
    "division_id": lambda made: made.adults.division.id,
    "edition_id": lambda made: made.shared["edition_id"],
    "item_id": lambda made: made.shared["item_id"],
    "election_id": lambda made: made.shared["election_id"],
    "holiday_id": lambda made: made.holiday.id,
    "identity_id": lambda made: made.identity.id,
    "identifier_id": lambda made: made.number.id,
    "meeting_id": lambda made: made.adults.meeting.id,
    "merge_id": lambda made: made.merge.id,
    "merged_id": lambda made: made.lookalike.id,
    "test_id": lambda made: made.control_test.id,
    "name_id": lambda made: made.other_name.id,
    "outcome_id": lambda made: made.outcome.id,
    "person_id": lambda made: made.person.id,
    "portfolio_id": lambda made: made.portfolio.id,
    "programme_id": lambda made: made.programme.id,
    "provider_id": lambda made: made.provider.id,
    "role_id": lambda made: made.role_held.id,
    "run_id": lambda made: made.import_run.id,
    "sha256": lambda made: made.import_run.file_hash,
    "spend_import_id": lambda made: made.spend_import.id,
    "session_id": lambda made: made.session_id,
    "source_id": lambda made: made.import_run.source_id,
    "token": lambda made: made.link,
    "value_id": lambda made: made.setting.id,
    "year": lambda _made: "2026-27",
}
#: Blanks whose meaning hangs on the page they are in.
IN_A_PAGE: Mapping[tuple[str, str], Callable[[WholeCouncil, Side], object]] = {
    **{
        (f"register.{page}", "contract_id"): lambda _made, side: side.agreement.id
        for page in (
            *("agreement", "edit_agreement", "move_agreement", "set_charge", "new_review", "new_standard"),
            *("edit_standard", "withdraw_standard", "restore_standard", "new_result", "correct_result"),
            *("new_credit", "settle_credit"),
        )
    },
    **{
        (f"register.{page}", "provider_id"): lambda made, _side: made.company.id
        for page in ("trading_company", "edit_trading_company", "record_control_test", "correct_control_test")
    },
    **{
        (f"council.{page}", "name"): lambda made, _side: made.setting.name
        for page in ("setting", "new_setting_value", "withdraw_setting_value")
    },
    **{
        (f"home.{page}", name): value
        for page in ("record_history", "record_history_file")
        for name, value in (("kind", lambda _made, _side: "contract"), ("number", lambda _made, side: side.contract.id))
    },
    **{(f"home.{page}", "column"): lambda _made, _side: "title" for page in ("put_back", "put_activity_back")},
    ("home.put_activity_back", "change_id"): lambda _made, side: side.activity_change_id,
    ("register.correct_indicator_result", "result_id"): lambda _made, side: side.result.id,
    ("imports.spend_held", "ending"): lambda _made, _side: "csv",
    **{(f"home.{page}", "code"): lambda _made, _side: "confirm" for page in ("to_do_list", "to_do_file", "gap_list")},
    **{
        (f"home.{page}", name): value
        for page in ("snooze", "wake")
        for name, value in (
            ("code", lambda _made, _side: "ends-ahead"),
            ("found_id", lambda _made, side: side.ends_soon.id),
        )
    },
    ("home.calendar_feed", "token"): lambda made, _side: made.calendar,
    ("register.services_file", "ending"): lambda _made, _side: "csv",
    ("imports.problems", "ending"): lambda _made, _side: "csv",
    ("plans.answer", "annex"): lambda _made, _side: 3,
    ("plans.holds", "annex"): lambda _made, _side: 5,
    ("plans.missing", "code"): lambda _made, _side: "SE1",
    ("annexes.part", "number"): lambda _made, side: side.arrangement.id,
    ("imports.template", "ending"): lambda _made, _side: "csv",
}
#: One format stands for all where a page is only asked who may open it.
FORMATS = ("csv", "docx", "html", "pdf", "xlsx")
KINDS: Mapping[str, Callable[[Side], int]] = {
    "contract": lambda side: side.contract.id,
    "arrangement": lambda side: side.arrangement.id,
}
#: Blanks that are about one of the two directorates. A set of annexes, named by its directorate, is read by all.
ABOUT_A_UNIT = {*OF_A_SIDE, "number"} - {"slug"}
#: Pages that leave out what is not one's own rather than refusing entry.
LEAVE_OUT_OTHERS = {
    # A member may ask their own committee about anything; only whoever asked takes a request back.
    *("decisions.ask_about_activity", "decisions.ask_about_contract", "decisions.take_request_back"),
    "register.undo_assigning",
    "register.unconfirm",
}


@dataclass(frozen=True)
class Address:
    """One page or action, ready to ask for."""

    endpoint: str
    url: str
    methods: frozenset[str]
    needs: Permission | None
    #: Whose record it is about; None where it is about none of a directorate.
    side: Side | None

    @override
    def __str__(self) -> str:
        return self.url


class Unclassified(AssertionError):
    """A blank in an address that nobody has said how to fill."""


def addresses(
    app: Flask, made: WholeCouncil, *, method: str = "GET", formats: tuple[str, ...] = ("csv",)
) -> Iterator[Address]:
    """Each address that takes the method, once for each side where it is about a record of one."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule):
        if method in (rule.methods or ()) and rule.endpoint != "static":
            for address, values in _of_rule(app, rule, made):
                if values.get("ending") in {None, *formats}:
                    yield address


def _of_rule(app: Flask, rule: Rule, made: WholeCouncil) -> Iterator[tuple[Address, Mapping[str, object]]]:
    about = bool(ABOUT_A_UNIT & rule.arguments)
    adapter = app.url_map.bind("localhost")
    view: Any = app.view_functions[rule.endpoint]  # Any: the page says who may open it as an attribute
    for side in made.sides if about else made.sides[:1]:
        for values in _filled(rule, made, side):
            url = adapter.build(rule.endpoint, values)
            yield (
                Address(rule.endpoint, url, frozenset(rule.methods or ()), view.needs, side if about else None),
                values,
            )


def _filled(rule: Rule, made: WholeCouncil, side: Side) -> Iterator[dict[str, object]]:
    names = sorted(rule.arguments)
    choices = [list(_choices(rule, name, made, side)) for name in names]
    for some in product(*choices):
        values = dict(zip(names, some, strict=True))
        if "number" in values and values.get("kind") in KINDS:
            values["number"] = KINDS[str(values["kind"])](side)
        yield values


def _choices(rule: Rule, name: str, made: WholeCouncil, side: Side) -> Iterable[object]:
    converter = rule._converters[name]
    if (rule.endpoint, name) in IN_A_PAGE:
        return [IN_A_PAGE[rule.endpoint, name](made, side)]
    if isinstance(converter, AnyConverter):
        return sorted(converter.items)
    if (rule.endpoint, name) == ("register.edit_contract", "section"):
        return list(Section)
    if name == "number":
        return [1]
    if name in OF_A_SIDE:
        return [OF_A_SIDE[name](side)]
    if name in OF_THE_COUNCIL:
        return [OF_THE_COUNCIL[name](made)]
    raise Unclassified(f"{rule.rule}: say in tests/integration/addresses.py what <{name}> is, and whose")
