"""Every row of a list held against the register: made, changed, left, held or refused, and why. Stores nothing."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from app.core.errors import Refusal
from app.core.text import fold
from app.imports.answers import PatternKey
from app.imports.bringing import FIELDS, brought_by, check_whole
from app.imports.brought import Resolved
from app.imports.choices import Choices
from app.imports.comparing import Comparison, compare
from app.imports.drafts import draft
from app.imports.known import Known, uid_of
from app.imports.models import ImportLink, RowOutcome
from app.imports.plans import Plan, RowPlan, Unknown, words_of_holds
from app.imports.resolving import Resolver
from app.imports.rows import ContractRow, Outcome, PatternGroup, Place, RowProblem, RowUnderstood, Understanding
from app.imports.several import add_providers
from app.imports.targets import Target
from app.register.models import Contract, ContractStage
from app.register.settling import settle

EXAMPLES = 5
#: Words of a notice whose contract is still to be awarded.
PLANNED = frozenset(
    ("planned", "planning", "pipeline", "future", "open", "tender", "opportunity", "draft", "early engagement")
)
_NO_SUCH_ID = "No contract has this Register id: leave the cell blank to make a new contract"
_WITHDRAWN = "Held: its contract was withdrawn from the register: restore it there, or take the row out of the list"


@dataclass
class Planner:
    """Plans the rows of one list, in order."""

    known: Known
    choices: Choices
    today: date
    sheet: str
    #: The list says posts, not people, for who manages a contract.
    keeps_posts: bool = False
    resolver: Resolver = field(init=False)
    plans: dict[int, RowPlan] = field(default_factory=dict)
    #: Contracts that rows of this list have spoken for, by their first row.
    taken: dict[int, int] = field(default_factory=dict)
    questions: dict[PatternKey, PatternGroup] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.resolver = Resolver(self.known, self.choices)

    def plan(self, understanding: Understanding) -> Plan:
        for row in understanding.rows:
            self.plans[row.number] = self._row(row)
        self._find_frameworks()
        return Plan(
            tuple(self.plans.values()),
            (*understanding.patterns, *self.questions.values()),
            self._unknown("unit", self.resolver.units),
            self._unknown("provider", self.resolver.providers),
            self._gone(),
        )

    def _row(self, row: RowUnderstood) -> RowPlan:
        if row.outcome is not Outcome.READY:
            held = row.outcome is Outcome.HELD
            remarks = words_of_holds(row.held_by) if held else [problem.words for problem in row.problems]
            return RowPlan(row, RowOutcome.HELD if held else RowOutcome.REFUSED, remarks=remarks, problems=row.problems)
        contract, link, problem = self._matched(row)
        if problem:
            return self._refused(row, problem)
        if contract is not None and contract.withdrawn_at is not None:
            return RowPlan(row, RowOutcome.HELD, remarks=[_WITHDRAWN])
        return RowPlan(row, RowOutcome.UNCHANGED, contract) if row.stands else self._weighed(row, contract, link)

    def _weighed(self, row: RowUnderstood, contract: Contract | None, link: ImportLink | None) -> RowPlan:
        """What the names of the row stand for, or why it waits."""
        resolved, held_by, remarks = self.resolver.resolve(row.contract, contract if row.contract.register_id else None)
        if resolved is None:
            return RowPlan(row, RowOutcome.HELD, remarks=words_of_holds(held_by))
        if resolved.waits:
            return RowPlan(row, RowOutcome.HELD, contract, remarks=[f"Held: {words}" for words in resolved.waits])
        return self._placed(row, resolved, contract, link, remarks)

    def _placed(
        self,
        row: RowUnderstood,
        resolved: Resolved,
        contract: Contract | None,
        link: ImportLink | None,
        remarks: list[str],
    ) -> RowPlan:
        brought = brought_by(row.contract, resolved, keeps_posts=self.keeps_posts)
        head = self._head(row)
        if head is not None:
            return self._joined(row, resolved, head, brought, link)
        if contract is None:
            return self._new(row, resolved, brought, remarks)
        return self._known_one(row, resolved, contract, link, brought, remarks)

    # Which contract a row speaks of.

    def _matched(self, row: RowUnderstood) -> tuple[Contract | None, ImportLink | None, RowProblem | None]:
        if row.contract.register_id:
            uid = uid_of(row.contract.register_id)
            contract = self.known.contracts_by_uid.get(uid) if uid else None
            if contract is None:
                return None, None, self._problem(row, row.contract.register_id, _NO_SUCH_ID)
            first = self.taken.setdefault(contract.id, row.number)
            if first != row.number:
                return None, None, self._problem(row, row.contract.register_id, f"Row {first} has this Register id too")
            return contract, None, None
        link = self.known.links.get(row.key.code)
        return (self.known.contracts.get(link.contract_id) if link else None), link, None

    def _problem(self, row: RowUnderstood, text: str, cure: str) -> RowProblem:
        return RowProblem(Place(self.sheet, row.number), text, cure)

    def _refused(self, row: RowUnderstood, problem: RowProblem) -> RowPlan:
        return RowPlan(row, RowOutcome.REFUSED, remarks=[problem.words], problems=(problem,))

    # One contract printed on several rows.

    def _head(self, row: RowUnderstood) -> RowPlan | None:
        """The earlier row whose contract this one names another provider of."""
        number = row.value_repeats_row
        if number is None or row.contract.register_id:
            return None
        head = self.plans[number]
        if head.is_stored:
            return head
        return next(
            (
                plan
                for plan in self.plans.values()
                if plan.row.value_repeats_row == number and plan.is_stored and not plan.repeats
            ),
            None,
        )

    def _joined(
        self, row: RowUnderstood, resolved: Resolved, head: RowPlan, brought: dict[str, str], link: ImportLink | None
    ) -> RowPlan:
        remark = f"Another provider of the contract in row {head.row.number}, whose value it repeats"
        contract = head.contract
        plan = RowPlan(row, head.outcome, contract, remarks=[remark], brought=brought, link=link, repeats=True)
        if contract is None:
            raise TypeError("A stored row has a contract")
        if head.is_new:
            add_providers(contract, resolved.providers)
            settle(contract)
            return plan
        there = {entry.provider.name_key for entry in contract.providers}
        missing = [provider for provider in resolved.providers if provider.name_key not in there]
        plan.outcome = RowOutcome.UPDATED if missing else RowOutcome.UNCHANGED
        plan.joining = tuple(missing)
        return plan

    # A new contract.

    def _new(self, row: RowUnderstood, resolved: Resolved, brought: dict[str, str], remarks: list[str]) -> RowPlan:
        contract = draft(stage=_stage(row.contract))
        for one in FIELDS:
            if one.name in brought and not _is_later_end(one.name, brought):
                one.put(contract, row.contract, resolved)
        try:
            check_whole(contract)
            settle(contract)
        except Refusal as refusal:
            return self._refused(row, self._problem(row, "", refusal.message))
        if contract.reference:
            self.known.frameworks[fold(contract.reference)].append(contract)
        return RowPlan(row, RowOutcome.CREATED, contract, is_new=True, remarks=remarks, brought=brought)

    def _find_frameworks(self) -> None:
        """A call-off may stand above its framework in the list."""
        for plan in self.plans.values():
            row = plan.row.contract
            if not (plan.is_new and plan.contract and row.parent_reference):
                continue
            plan.contract.parent = self.resolver.parent(row)
            if plan.contract.parent is None:
                plan.remarks.append(
                    f"Parent reference “{row.parent_reference}”: no contract, or more than one, has it: none is set"
                )

    # A contract the register has.

    def _known_one(
        self,
        row: RowUnderstood,
        resolved: Resolved,
        contract: Contract,
        link: ImportLink | None,
        brought: dict[str, str],
        remarks: list[str],
    ) -> RowPlan:
        found = compare(contract, row.contract, resolved, brought, link.brought if link else None, self)
        self._ask(row, found)
        if found.held_by or found.waits:
            waits = [f"Held: {words}" for words in found.waits]
            words = [*words_of_holds(found.held_by), *(change.words for change in found.waiting), *waits]
            return RowPlan(row, RowOutcome.HELD, contract, remarks=words, link=link)
        outcome = RowOutcome.UPDATED if found.changes else RowOutcome.UNCHANGED
        words = [*remarks, *(change.words for change in found.changes), *found.remarks]
        return RowPlan(row, outcome, contract, changes=found.changes, remarks=words, brought=brought, link=link)

    def _ask(self, row: RowUnderstood, found: Comparison) -> None:
        for key, change in found.asked:
            group = self.questions.get(key) or PatternGroup(
                key, 0, (), (), self.choices.answers.settled(key), self.choices.answers.given(key) is not None
            )
            if group.count < EXAMPLES:
                text = f"{change.old} becomes {change.new}"
                group = replace(
                    group, examples=(*group.examples, Place(self.sheet, row.number)), texts=(*group.texts, text)
                )
            self.questions[key] = replace(group, count=group.count + 1)

    # Sums over the list.

    def _unknown(self, kind: str, counted: Counter[str]) -> tuple[Unknown, ...]:
        resolver = self.resolver
        return tuple(
            Unknown(resolver.printed.get(key, key), count, f"{kind}:{key}" in resolver.made)
            for key, count in sorted(counted.items(), key=lambda found: (-found[1], found[0]))
        )

    def _gone(self) -> int:
        named = {plan.row.key.code for plan in self.plans.values()}
        by_id = {plan.contract.id for plan in self.plans.values() if plan.contract is not None and not plan.is_new}
        left = {link.contract_id for code, link in self.known.links.items() if code not in named}
        return len(left - by_id)


def _is_later_end(name: str, brought: Mapping[str, str]) -> bool:
    """A new contract's end is the one it has now: what it was first is told by events the file does not hold."""
    return name == Target.AWARDED_END_ON.value and Target.CURRENT_END_ON.value in brought


def _stage(row: ContractRow) -> ContractStage:
    return ContractStage.PLANNED if fold(row.status) in PLANNED else ContractStage.AWARDED
