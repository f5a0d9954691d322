"""What people type becomes a typed answer; what cannot be understood says what would be."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import FileStorage, MultiDict
from wtforms import FieldList, Form, FormField

from app.core import forms
from app.core.dates import day
from app.core.money import pounds


class Kind(StrEnum):
    CONTRACT = "contract"
    SLA = "SLA with a company"


class PlainForm(Form):  # type: ignore[misc]  # WTForms has no types; plain, because a unit test has no app
    """A form without the pieces that need a request."""


class OptionForm(PlainForm):
    months = forms.WholeNumberField("How many months?", [forms.needed("Enter the number of months")], most=240)


class AgreementForm(PlainForm):
    title = forms.TextField("What is it called?", [forms.needed("Enter the title")], max_length=20)
    kind = forms.RadiosField("What form is it?", choices=forms.choices_of(Kind, hints={Kind.SLA: "Or internal"}))
    starts_on = forms.DayField(
        "When does it start?", [forms.required_if("kind", Kind.CONTRACT, message="Enter a date")]
    )
    value = forms.PoundsField("What is it worth?", [forms.only_if("kind", Kind.CONTRACT), forms.needed("Enter pounds")])
    fte = forms.NumberField("How many full-time equivalents?", most=1000)
    provider = forms.SelectField[int]("Who provides it?")
    sme = forms.YesNoField("Is it a small or medium-sized enterprise?")
    exempt = forms.TickField("The value is exempt")
    ground = forms.LongTextField("On what ground?", [forms.required_if("exempt", message="Enter the ground")])
    programmes = forms.CheckboxesField("Which programmes?", choices=[forms.Choice(1, "One"), forms.Choice(2, "Two")])
    sheet = forms.FileField("Which file?")
    options = FieldList(FormField(OptionForm))
    version = forms.VersionField()


def filled(*pairs: tuple[str, object]) -> AgreementForm:
    form = AgreementForm(MultiDict([("title", "Home care"), *pairs]))
    form.validate()
    return form


def error_of(field: str, *pairs: tuple[str, object]) -> str:
    return str(filled(*pairs)[field].error)


def test_answers_come_out_typed() -> None:
    form = filled(("kind", "contract"), ("starts_on", "1/4/2015"), ("value", "1.2m"), ("fte", "12.5"), ("sme", "no"))
    assert not form.errors
    assert form.kind.data is Kind.CONTRACT
    assert form.starts_on.data == date(2015, 4, 1)
    assert form.value.data == Decimal("1200000.00")
    assert form.fte.data == Decimal("12.5")
    assert form.sme.data is False


def test_blank_answers_are_none_or_nothing_chosen() -> None:
    form = filled(("starts_on", "  "), ("value", ""), ("fte", ""), ("ground", "\r\n"))
    assert not form.errors
    assert [form.starts_on.data, form.value.data, form.fte.data, form.sme.data, form.ground.data] == [None] * 5
    assert form.programmes.data == ()
    assert form.exempt.data is False


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        pytest.param("title", " ", "Enter the title", id="nothing but spaces"),
        pytest.param("title", "x" * 21, "Shorten this to 20 characters or fewer: it has 21", id="too long"),
        pytest.param("starts_on", "31/13/18", "There is no month 13", id="no such month"),
        pytest.param("value", "lots", "“lots” is not an amount in pounds", id="words for money"),
        pytest.param("fte", "many", "Enter a number, like 12.5", id="words for a number"),
        pytest.param("fte", "1.234", "no more than 2 decimal places", id="three decimals"),
        pytest.param("fte", "-1", "between 0 and 1,000", id="a minus"),
        pytest.param("fte", "nan", "Enter a number, like 12.5", id="not a number to a computer either"),
        pytest.param("kind", "grant", "Choose an answer from the list", id="a choice that is not there"),
    ],
)
def test_wrong_answers_say_what_would_work(field: str, typed: str, message: str) -> None:
    form = AgreementForm(MultiDict({"title": "Home care", "kind": "contract", field: typed}))
    form.validate()
    assert message in form[field].error


def test_understood_answers_are_said_back_in_full() -> None:
    form = filled(("kind", "contract"), ("starts_on", "31-mar-18"), ("value", "1.2m"), ("fte", "12.50"))
    assert form.starts_on.written == "31 March 2018"
    assert form.value.written == "1,200,000"
    assert form.fte.written == "12.5"


def test_what_was_not_understood_stays_as_it_was_typed() -> None:
    form = filled(("kind", "contract"), ("starts_on", "next spring"), ("value", "1.2 zillion"))
    assert form.starts_on.written == "next spring"
    assert form.value.written == "1.2 zillion"


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1)))
def test_a_day_said_back_is_read_as_the_same_day(on: date) -> None:
    assert filled(("starts_on", day(on))).starts_on.data == on


@given(st.decimals(min_value=0, max_value=10**11, places=2))
def test_an_amount_said_back_is_read_as_the_same_amount(amount: Decimal) -> None:
    form = filled(("kind", "contract"), ("starts_on", "1/4/2015"), ("value", pounds(amount)))
    assert form.value.data == amount
    assert filled(("kind", "contract"), ("value", form.value.written)).value.data == amount


@given(st.text(), st.text(), st.text(), st.text())
def test_nothing_that_can_be_typed_breaks_a_form(start: str, value: str, number: str, title: str) -> None:
    form = filled(("starts_on", start), ("value", value), ("fte", number), ("kind", title), ("version", number))
    assert "\x00" not in (form.title.data or "")


def test_control_characters_are_left_out_of_what_was_typed() -> None:
    assert filled(("title", "Home\x00 \x0bcare\x7f\x85")).title.data == "Home care"


def test_a_question_that_is_not_asked_is_forgotten_with_its_mistakes() -> None:
    form = filled(("kind", "SLA with a company"), ("value", "lots"))
    assert not form.errors
    assert form.value.data is None


def test_a_question_is_needed_only_where_another_is_answered_so() -> None:
    assert error_of("starts_on", ("kind", "contract")) == "Enter a date"
    assert error_of("starts_on", ("kind", "SLA with a company")) == ""
    assert error_of("ground", ("exempt", "yes")) == "Enter the ground"
    assert error_of("ground") == ""


def test_an_answer_not_understood_is_not_also_called_missing() -> None:
    form = filled(("kind", "contract"), ("starts_on", "1/4/2015"), ("value", "lots"))
    assert len(form.value.errors) == 1


def test_choices_may_come_with_the_request() -> None:
    form = AgreementForm(MultiDict([("title", "Home care"), ("provider", "7")]))
    form.provider.choices = (forms.Choice(7, "Fennside Ltd"), forms.Choice(8, "Greenholt LLP"))
    assert form.validate()
    assert form.provider.data == 7
    assert form.provider.is_chosen(form.provider.choices[0])


def test_several_choices_keep_only_those_on_the_list() -> None:
    assert filled(("programmes", "2"), ("programmes", "9")).programmes.data == (2,)


def test_an_enum_is_offered_in_its_own_words() -> None:
    first, second = forms.choices_of(Kind, hints={Kind.SLA: "Or internal"})
    assert (first.label, first.key, first.hint) == ("Contract", "contract", "")
    assert (second.label, second.hint) == ("SLA with a company", "Or internal")


def test_an_empty_file_box_is_no_file() -> None:
    assert filled(("sheet", FileStorage(BytesIO(), filename=""))).sheet.data is None
    sent = FileStorage(BytesIO(b"a,b"), filename="register.csv")
    assert filled(("sheet", sent)).sheet.data is sent


@pytest.mark.parametrize(("typed", "version"), [("7", 7), ("", None), ("seven", None), ("-7", None)])
def test_the_version_read_comes_back_as_a_number(typed: str, version: int | None) -> None:
    assert filled(("version", typed)).version.data == version


def test_an_answer_made_sure_of_is_taken_and_a_missing_one_is_a_bug() -> None:
    form = filled()
    assert forms.answered(form.title) == "Home care"
    with pytest.raises(TypeError, match="starts_on"):
        forms.answered(form.starts_on)


def test_problems_stand_in_the_order_of_the_page_and_link_to_the_input() -> None:
    form = filled(("kind", "contract"), ("value", "lots"), ("options-0-months", ""), ("options-1-months", "12"))
    assert list(forms.problems_of(form)) == [
        forms.Problem("Enter a date", "#starts_on"),
        forms.Problem("“lots” is not an amount in pounds: write it like £1,200,000, 1200000 or 1.2m", "#value"),
        forms.Problem("Enter the number of months", "#options-0-months"),
    ]


@pytest.mark.parametrize(
    ("typed", "works"),
    [("name@example.gov.uk", True), ("name", False), ("a b@example.gov.uk", False), ("@x.uk", False)],
)
def test_an_address_needs_a_name_and_a_place(typed: str, works: bool) -> None:  # noqa: FBT001 - a truth table
    class SignInForm(PlainForm):
        email = forms.EmailField("What is your email address?")

    assert SignInForm(MultiDict([("email", typed)])).validate() is works


def test_a_password_is_taken_exactly_as_typed() -> None:
    class SecretForm(PlainForm):
        password = forms.PasswordField("Password")

    assert SecretForm(MultiDict([("password", " two  spaces ")])).password.data == " two  spaces "


def test_a_record_fills_the_form() -> None:
    form = AgreementForm(data={"title": "Home care", "kind": Kind.SLA, "starts_on": date(2015, 4, 1), "version": 3})
    assert form.starts_on.written == "1 April 2015"
    assert form.kind.is_chosen(form.kind.choices[1])
