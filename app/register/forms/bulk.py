"""What to set on many contracts at once, and who takes over a post."""

from typing import Any

from app.core.forms import (
    CheckboxesField,
    Choice,
    DayField,
    LongTextField,
    QuestionForm,
    SelectField,
    TextField,
    WholeNumberField,
    choices_of,
    needed,
    only_if,
    required_if,
)
from app.core.forms.question import Question
from app.register.commands.bulk.editing import LABELS, Item
from app.register.models import ProcurementStatus
from app.register.queries.bulk import Offered
from app.register.regime import Regime
from app.register.units import UnitChosen

CLEAR = "Nothing: clear what is there"
HINTS = {
    Item.UNIT: "Where a service is set, the service says it",
    Item.SERVICE: "It gives its contracts their directorate and division",
    Item.CONFIRM: "Somebody has looked at each of them today",
    Item.WITHDRAW: "They leave every list; nothing recorded about them is lost",
}
#: The question of each item; confirming and withdrawing ask nothing more.
QUESTIONS = {item: item.value for item in Item if item not in {Item.CONFIRM, Item.WITHDRAW}}


class BulkForm(QuestionForm):
    """One or several things to set. What is ticked and left blank is cleared."""

    items = CheckboxesField[Item](
        "What do you want to change?",
        [needed("Choose at least one thing to change")],
        choices=[Choice(item, LABELS[item], HINTS.get(item, "")) for item in Item],
        hint="Only what you tick is changed",
    )
    manager_post = TextField(
        "Which post manages them?",
        [only_if("items", Item.MANAGER)],
        hint="A post, not a person. Leave blank to clear it",
        max_length=200,
    )
    unit = SelectField[UnitChosen](
        "Which part of the council answers for them?",
        [required_if("items", Item.UNIT, message="Choose a unit"), only_if("items", Item.UNIT)],
        blank="Choose a unit",
    )
    service = SelectField[int]("Which service do they serve most?", [only_if("items", Item.SERVICE)], blank=CLEAR)
    category = SelectField[int]("What is bought?", [only_if("items", Item.CATEGORY)], blank=CLEAR)
    programme = SelectField[int]("Which programme are they part of?", [only_if("items", Item.PROGRAMME)], blank=CLEAR)
    outcome = SelectField[int]("Which outcome do they serve most?", [only_if("items", Item.OUTCOME)], blank=CLEAR)
    arrangement = SelectField[int](
        "Which arrangement are they counted in?", [only_if("items", Item.ARRANGEMENT)], blank=CLEAR
    )
    procurement_status = SelectField[ProcurementStatus](
        "How far is the procurement of what follows?",
        [only_if("items", Item.PROCUREMENT_STATUS)],
        choices=choices_of(ProcurementStatus),
        blank=CLEAR,
    )
    regime = SelectField[Regime](
        "Which law governs them?", [only_if("items", Item.REGIME)], choices=choices_of(Regime), blank=CLEAR
    )
    review_on = DayField(
        "When are they to be reviewed?",
        [only_if("items", Item.REVIEW)],
        hint="For example, 31 March 2018. Leave blank to clear it",
    )
    lead_time_months = WholeNumberField(
        "How many months before its end is a decision needed?",
        [only_if("items", Item.LEAD_TIME)],
        hint="Leave blank for the council's own lead time",
        most=120,
        suffix="months",
    )
    reason = LongTextField("Why?", [needed("Say why: it stands in each contract's history")], rows=3, max_length=1000)

    def offer(self, offered: Offered) -> None:
        self.unit.choices, self.service.choices = offered.units, offered.services
        self.category.choices, self.programme.choices = offered.categories, offered.programmes
        self.outcome.choices, self.arrangement.choices = offered.outcomes, offered.arrangements

    @property
    def reveals(self) -> dict[str, list[Question[Any]]]:
        """Each tick opens its question."""
        return {item.value: [self[name]] for item, name in QUESTIONS.items()}

    def answers(self) -> dict[Item, Any]:
        return {item: self[QUESTIONS[item]].data if item in QUESTIONS else True for item in self.items.data or ()}


class ReassignForm(QuestionForm):
    """Who takes over, and why; the rows are read beside it."""

    to = TextField(
        "Which post takes over?",
        hint="A post, not a person. A row can name another below",
        max_length=200,
    )
    reason = LongTextField("Why?", [needed("Say why: it stands in each record's history")], rows=3, max_length=1000)


class UndoForm(QuestionForm):
    """Nothing to ask: what would be undone is shown."""
