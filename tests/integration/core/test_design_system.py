"""Our fields are the design system's: the same markup as its own macros give, which are slower and not strict."""

import re
from typing import Any
from xml.etree import ElementTree as ET

import html5lib
import pytest
from flask import Flask, render_template_string
from jinja2 import Environment, PackageLoader, PrefixLoader, StrictUndefined
from werkzeug.datastructures import MultiDict

from app.core import forms
from app.core.forms import Choice
from app.core.sections import sections_of


class EditForm(forms.QuestionForm):
    title = forms.TextField("What is it called?", [forms.needed("Enter the title")], hint="As on the agreement")
    kind = forms.RadiosField(
        "What form is it?",
        [forms.needed("Choose the form")],
        hint="Of agreement",
        choices=[Choice("contract", "Contract", "Legally binding"), Choice("grant", "Grant"), Choice("sla", "SLA")],
    )
    service = forms.SelectField("Which service?", [forms.needed("Choose a service")], choices=[Choice(1, "Home care")])
    value = forms.PoundsField("What is it worth?")
    programmes = forms.CheckboxesField("Which programmes?", choices=[Choice(1, "One"), Choice(2, "Two")])
    why = forms.LongTextField("Why?", [forms.needed("Say why")])
    note = forms.LongTextField("Anything else?", max_length=200, hint="Not names")
    sheet = forms.FileField("Which file?", accept=".csv")


@pytest.fixture(scope="module")
def shop() -> Flask:
    """An app with nothing but the fields."""
    app = Flask("app")
    app.jinja_env.filters.update(sections=sections_of)
    app.config.update(SECRET_KEY="for a look", WTF_CSRF_ENABLED=False)
    app.jinja_loader = PackageLoader("app.core")
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    return app


DESIGN_SYSTEM = Environment(
    loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}), autoescape=True
)


def theirs(component: str, macro: str, params: dict[str, Any]) -> str:  # Any: the design system's own options
    source = (
        f'{{% from "govuk_frontend_jinja/components/{component}/macro.html" import {macro} %}}{{{{ {macro}(params) }}}}'
    )
    return DESIGN_SYSTEM.from_string(source).render(params=params)


def bare(html: str) -> str:
    """The markup without what a reader and a browser do not notice: spacing, and the order of attributes."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    return "".join(written(one) for one in parser.parseFragment(html))


def written(element: ET.Element) -> str:
    attributes = "".join(f' {name}="{" ".join(value.split())}"' for name, value in sorted(element.attrib.items()))
    inner = f"{element.text or ''}{''.join(written(child) for child in element)}"
    return re.sub(r"\s+", "", f"<{element.tag}{attributes}>{inner}</{element.tag}>{element.tail or ''}")


LABEL_M: dict[str, Any] = {"classes": "govuk-label--m"}
LEGEND_M: dict[str, Any] = {"classes": "govuk-fieldset__legend--m"}
KIND: dict[str, Any] = {  # Any: the design system's own options
    "name": "kind",
    "idPrefix": "kind",
    "hint": {"text": "Of agreement"},
    "errorMessage": {"text": "Choose the form"},
    "fieldset": {"legend": {"text": "What form is it?", **LEGEND_M}},
    "items": [
        {"value": "contract", "text": "Contract", "hint": {"text": "Legally binding"}},
        {"value": "grant", "text": "Grant"},
        {"value": "sla", "text": "SLA"},
    ],
}


SERVICE: dict[str, Any] = {  # Any: as above
    "id": "service",
    "name": "service",
    "label": {"text": "Which service?", **LABEL_M},
    "errorMessage": {"text": "Choose a service"},
    "items": [{"value": "", "text": "Choose one"}, {"value": "1", "text": "Home care"}],
}


@pytest.mark.parametrize(
    ("field", "component", "macro", "params"),
    [
        pytest.param(
            "title",
            "input",
            "govukInput",
            {
                "id": "title",
                "name": "title",
                "label": {"text": "What is it called?", **LABEL_M},
                "hint": {"text": "As on the agreement"},
                "errorMessage": {"text": "Enter the title"},
            },
            id="text",
        ),
        pytest.param(
            "value",
            "input",
            "govukInput",
            {
                "id": "value",
                "name": "value",
                "classes": "govuk-input--width-10",
                "label": {"text": "What is it worth?", **LABEL_M},
                "prefix": {"text": "£"},
            },
            id="pounds",
        ),
        pytest.param("kind", "radios", "govukRadios", KIND, id="radios"),
        pytest.param(
            "programmes",
            "checkboxes",
            "govukCheckboxes",
            {
                "name": "programmes",
                "idPrefix": "programmes",
                "fieldset": {"legend": {**LEGEND_M, "text": "Which programmes?"}},
                "items": [{"value": "1", "text": "One", "checked": True}, {"value": "2", "text": "Two"}],
            },
            id="checkboxes",
        ),
        pytest.param("service", "select", "govukSelect", SERVICE, id="select"),
        pytest.param(
            "why",
            "textarea",
            "govukTextarea",
            {
                "id": "why",
                "name": "why",
                "label": {"text": "Why?", **LABEL_M},
                "errorMessage": {"text": "Say why"},
            },
            id="long text",
        ),
        pytest.param(
            "note",
            "character-count",
            "govukCharacterCount",
            {
                "id": "note",
                "name": "note",
                "maxlength": 200,
                "label": {"text": "Anything else?", **LABEL_M},
                "hint": {"text": "Not names"},
            },
            id="counted text",
        ),
        pytest.param(
            "sheet",
            "file-upload",
            "govukFileUpload",
            {
                "id": "sheet",
                "name": "sheet",
                "label": {"text": "Which file?", **LABEL_M},
                "attributes": {"accept": ".csv"},
            },
            id="file",
        ),
    ],
)
def test_a_field_is_the_design_systems(
    shop: Flask,
    field: str,
    component: str,
    macro: str,
    params: dict[str, Any],  # Any: the design system's own options
) -> None:
    with shop.test_request_context("/", method="POST"):
        form = EditForm(MultiDict([("programmes", "1")]))
        form.validate()
        assert bare(form[field]()) == bare(theirs(component, macro, params))


def test_the_error_summary_is_the_design_systems(shop: Flask) -> None:
    source = '{% from "core/parts.html" import error_summary %}{{ error_summary(problems) }}'
    with shop.app_context():
        ours = render_template_string(
            source, problems=[forms.Problem("Enter the title", "#title"), forms.Problem("No")]
        )
    items = [{"text": "Enter the title", "href": "#title"}, {"text": "No"}]
    params = {"titleText": "There is a problem", "errorList": items}
    assert bare(ours) == bare(theirs("error-summary", "govukErrorSummary", params))
