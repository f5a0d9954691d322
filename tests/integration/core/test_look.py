"""The frame, forms, lists, pictures and error pages as a browser gets them: strict HTML, and what a person is told."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

import html5lib
import pytest
from flask import Flask, flash, render_template, render_template_string
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader, StrictUndefined
from werkzeug.datastructures import MultiDict

from app.core import dates, forms, listing, money, pictures
from app.core.access import NOBODY, Reader
from app.core.errors import Conflict, Refusal
from app.core.forms import Choice
from app.core.pages import CouncilShown, asset
from app.core.sections import sections_of

READER = Reader(1, "Priya Nandakumar", roles=("procurement lead",))
ERRORS = (400, 403, 404, 409, 413, 429, 500)


class EditForm(forms.VersionedForm):
    title = forms.TextField("What is it called?", [forms.needed("Enter the title")], hint="As on the agreement")
    kind = forms.RadiosField(
        "What form is it?",
        [forms.needed("Choose the form")],
        hint="Of agreement",
        choices=[Choice("contract", "Contract", "Legally binding"), Choice("grant", "Grant"), Choice("sla", "SLA")],
    )
    service = forms.SelectField("Which service?", [forms.needed("Choose a service")], choices=[Choice(1, "Home care")])
    value = forms.PoundsField("What is it worth?", [forms.only_if("kind", "contract"), forms.needed("Enter pounds")])
    ends_on = forms.DayField("When does it end?")
    programmes = forms.CheckboxesField("Which programmes?", choices=[Choice(1, "One"), Choice(2, "Two")])
    exempt = forms.TickField("The value is exempt", hint="Withheld from public editions")
    why = forms.LongTextField("Why?", max_length=200)
    sheet = forms.FileField("Which file?", accept=".csv")


FORM_PAGE = """{% extends "core/form.html" %}{% set title = "Change this contract" %}{% set cancel = "/contracts" %}
{% block questions %}
{{ form.title }}{{ form.kind(reveals={"contract": [form.value]}) }}
{{ form.service }}{{ form.ends_on }}{{ form.programmes }}{{ form.exempt }}{{ form.why }}{{ form.sheet }}
{% endblock %}"""

LIST_PAGE = """{% extends "core/base.html" %}{% set title = "Contracts" %}
{% set wide = true %}{% set paper = "sideways" %}
{% from "core/list.html" import list_heading, filter_panel, applied_filters, sortable, column, table %}
{% from "core/list.html" import downloads, showing, pagination, empty %}
{% from "core/parts.html" import error_summary, tag %}
{% block content %}{{ error_summary(asked.problems) }}{{ list_heading(title, "1,204 contracts") }}
{{ filter_panel(asked) }}{{ applied_filters(asked) }}{{ showing(page) }}{{ downloads(asked) }}
{% call table("Contracts") %}
<thead><tr>{{ sortable(asked, "title", "Contract") }}{{ sortable(asked, "ends_on", "Ends") }}
{{ column("Status") }}</tr></thead><tbody>{% for row in page.rows %}
<tr><td>{{ row }}</td><td></td><td>{{ tag("Live", "green") }}</td></tr>
{% endfor %}</tbody>{% endcall %}{{ pagination(asked, page) }}
{% call empty("None") %}<p>Clear</p>{% endcall %}{% endblock %}"""

RECORD_PAGE = """{% extends "core/base.html" %}{% set title = "Home care" %}{% set breadcrumbs = [("Home", "/")] %}
{% set refresh = 3 %}
{% from "core/parts.html" import record_head, tag, signals, signal, actions, summary, fact, worked_date, section, gap %}
{% from "core/parts.html" import inset, warning, history as history_table, progress, counts, count_card %}
{% from "core/pictures.html" import bar_picture, chain_picture %}
{% block content %}{% call record_head(title, "DN1", "Aloud") %}{{ tag("Live", "green") }}{% endcall %}
{% call signals() %}{{ signal("Expiry", "Ends soon", "yellow", "118 days left") }}{% endcall %}
{{ actions([("Extend", "/e")]) }}
{% call section("Key facts", "facts", change="/change") %}{% call summary() %}
{{ fact("Provider", "Fennside & Sons", change="/p") }}{{ fact("Length") }}
{% call fact("Next step by") %}{{ worked_date(on, "End less 18 months") }}{% endcall %}{% endcall %}{% endcall %}
{{ gap("Annex 2 needs the review date.") }}{{ inset("Known") }}{{ warning("Beware") }}{{ history_table(entries) }}
{{ progress("Reading", 400, 1432) }}{% call counts() %}{{ count_card(1204, "contracts", "/contracts") }}{% endcall %}
{{ bar_picture(bars) }}{{ chain_picture(chain) }}{% endblock %}"""


@pytest.fixture(scope="module")
def shop() -> Flask:
    """An app with nothing but the look: no rooms, no database."""
    app = Flask("app")
    app.config.update(SECRET_KEY="for a look", WTF_CSRF_ENABLED=False)
    design_system = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_loader = ChoiceLoader([PackageLoader("app.core"), design_system])
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(day=dates.day, pounds=money.pounds, sections=sections_of)
    app.jinja_env.globals.update(csrf_token=lambda: "token", asset=asset)
    return app


def frame(reader: Reader = READER) -> dict[str, object]:
    council = CouncilShown("Westmarch County Council", demo=True)
    navigation = [("Home", "/", False), ("Contracts", "/contracts", True)]
    return {"council": council, "reader": reader, "navigation": navigation, "csp_nonce": "n0nce", "version": "1.2.3"}


def form_page(shop: Flask, *given: tuple[str, str], refusal: Refusal | None = None) -> str:
    with shop.test_request_context("/contracts/1/change", method="POST"):
        form = EditForm(MultiDict(given))
        form.validate()
        if refusal is not None:
            form.show_refusal(refusal)
        return render_template_string(FORM_PAGE, form=form, **frame())


def list_page(shop: Flask, *given: tuple[str, str]) -> str:
    filters = (
        listing.words("q", "Words", hint="Any of them"),
        listing.choice("directorate", "Directorate", [Choice(1, "Growth & Transport")]),
        listing.on_day("ends_from", "Ends on or after"),
        listing.amount("value_from", "Value from"),
    )
    asked = listing.listing(
        "/contracts", MultiDict(given), filters=filters, sorts=("title", "ends_on"), default="ends_on"
    )
    with shop.test_request_context("/contracts"):
        page = listing.Page(["Home care"] * 25, 1204, asked.page)
        return render_template_string(LIST_PAGE, asked=asked, page=page, **frame())


def record_page(shop: Flask) -> str:
    parts = (pictures.Part("Confirmed", Decimal(14_600_000)), pictures.Part("Proposals", Decimal(2_000_000)))
    bars = pictures.bars("Decisions", [pictures.Bar("Q1 2026-27", parts, "3 decisions", "/x")], heading="Quarter")
    step = pictures.Step(date(2026, 6, 1), "Start the procurement", "End less 18 months", "Lead times")
    chain = pictures.chain("What happens next", [step], today=date(2026, 11, 22))
    entry = {"at": "22 November 2026", "who": "Sam", "what": "Ends", "old": "", "new": "2027", "why": "Extension 1"}
    with shop.test_request_context("/contracts/1"):
        flash("The contract now ends on 31 October 2027.", "success")
        return render_template_string(RECORD_PAGE, bars=bars, chain=chain, entries=[entry], on=step.on, **frame())


def error_page(shop: Flask, status: int, reader: Reader = READER) -> str:
    with shop.test_request_context("/nowhere"):
        return render_template(f"core/errors/{status}.html", description=None, reference="7F3A91C2", **frame(reader))


def parsed(html: str) -> ET.Element:
    tree: ET.Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    return tree


def text_of(element: ET.Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def the(tree: ET.Element, path: str) -> ET.Element:
    found = tree.findall(f".//{path}")
    assert len(found) == 1, f"{path}: {len(found)}"
    return found[0]


def every_page(shop: Flask) -> Iterable[str]:
    yield form_page(shop)
    yield form_page(shop, ("title", "<b>"), ("kind", "contract"), ("value", "lots"), ("exempt", "yes"))
    yield list_page(shop)
    yield list_page(shop, ("q", "<care>"), ("ends_from", "soon"), ("directorate", "1"), ("page", "3"))
    yield record_page(shop)
    yield from (error_page(shop, status) for status in ERRORS)
    yield error_page(shop, 403, NOBODY)


def test_every_page_is_strict_html_that_the_security_policy_lets_through(shop: Flask) -> None:
    for html in every_page(shop):
        tree = parsed(html)
        assert not [one for one in tree.iter() if "style" in one.attrib or one.tag == "style"]
        assert not [one for one in tree.iter() for name in one.attrib if name.startswith("on")]
        assert all("src" in one.attrib or one.get("nonce") == "n0nce" for one in tree.iter("script"))
        assert not [one for one in tree.iter() if "required" in one.attrib]
        assert "gov.uk" not in html.lower()
        assert "crown" not in html.lower()


def test_every_page_has_one_heading_one_title_and_no_id_twice(shop: Flask) -> None:
    for html in every_page(shop):
        tree = parsed(html)
        ids = [one.attrib["id"] for one in tree.iter() if "id" in one.attrib]
        assert len(ids) == len(set(ids))
        assert text_of(the(tree, "head/title")).endswith(" – Westmarch County Council contracts register")
        assert len(tree.findall(".//h1")) == 1


def test_the_frame_says_where_one_is_and_who(shop: Flask) -> None:
    tree = parsed(error_page(shop, 404))
    assert text_of(the(tree, "a[@aria-current]")) == "Contracts"
    assert "Priya Nandakumar" in text_of(the(tree, "details[@class='app-person']"))
    assert "fictional" in text_of(the(tree, "div[@class='app-demo']"))
    assert the(tree, "form[@role='search']").get("action") == "/search"
    assert the(tree, "form[@action='/sign-out']").get("method") == "post"


def test_a_visitor_is_offered_sign_in_and_no_search(shop: Flask) -> None:
    tree = parsed(error_page(shop, 404, NOBODY))
    assert tree.find(".//form[@role='search']") is None
    assert the(tree, "a[@href='/sign-in']") is not None


def test_every_mistake_links_to_an_input_and_is_said_beside_it(shop: Flask) -> None:
    tree = parsed(form_page(shop, ("kind", "contract"), ("value", "lots"), ("ends_on", "31/13/18")))
    links = the(tree, "ul[@class='govuk-list govuk-error-summary__list']").findall(".//a")
    assert [text_of(link)[:20] for link in links] == [
        "Enter the title",
        "Choose a service",
        "“lots” is not an amo",
        "There is no month 13",
    ]
    for link in links:
        target = link.attrib["href"].removeprefix("#")
        field = the(tree, f"*[@id='{target}']")
        assert field.tag in {"input", "select", "textarea"}
        assert f"{target}-error" in field.attrib["aria-describedby"].split()
        assert text_of(the(tree, f"p[@id='{target}-error']")) == f"Error: {text_of(link)}"
    assert text_of(tree.find(".//title")).startswith("Error: Change this contract")


def test_a_rules_refusal_stands_beside_its_field_or_above_the_form(shop: Flask) -> None:
    beside = parsed(form_page(shop, refusal=Refusal("This ends before it starts", field="ends_on")))
    assert text_of(the(beside, "p[@id='ends_on-error']")) == "Error: This ends before it starts"
    above = form_page(shop, refusal=Refusal("The council has no such year"))
    assert "<li>The council has no such year</li>" in above


def test_the_second_to_save_sees_both_versions_and_keeps_what_was_typed(shop: Flask) -> None:
    conflict = Conflict("Sam saved this first", version=8, differences=(("Title", "Home care", ""),))
    html = form_page(shop, ("title", "Home care"), ("version", "7"), refusal=conflict)
    tree = parsed(html)
    cells = [text_of(cell) for cell in the(tree, "div[@class='app-conflict']").findall(".//tbody/tr/*")]
    assert cells == ["Title", "Home care", "Blank"]
    assert the(tree, "input[@name='version']").get("value") == "8"
    assert the(tree, "input[@id='title']").get("value") == "Home care"
    assert html.count("Sam saved this first") == 1


def test_a_form_with_a_file_is_sent_as_one(shop: Flask) -> None:
    assert the(parsed(form_page(shop)), "form[@enctype='multipart/form-data']") is not None


def test_sorting_paging_and_downloads_keep_the_filters(shop: Flask) -> None:
    tree = parsed(list_page(shop, ("q", "care"), ("page", "3"), ("sort", "-ends_on")))
    assert [head.get("aria-sort") for head in tree.findall(".//th[@aria-sort]")] == ["none", "descending"]
    links = [link.attrib["href"] for link in tree.iter("a") if link.attrib["href"].startswith("/contracts?")]
    assert all("q=care" in link for link in links if "sort=-ends_on" in link and link != "/contracts?sort=-ends_on")
    assert the(tree, "a[@rel='next']").get("href") == "/contracts?q=care&sort=-ends_on&page=4"
    assert "/contracts.csv?q=care&sort=-ends_on" in [link.get("href") for link in tree.iter("a")]
    assert the(tree, "input[@type='hidden'][@name='sort']").get("value") == "-ends_on"


def test_filters_in_force_are_tags_in_words(shop: Flask) -> None:
    tree = parsed(list_page(shop, ("directorate", "1"), ("value_from", "1m"), ("ends_from", "soon")))
    tags = [text_of(tag) for tag in tree.findall(".//a[@class='app-applied__tag']")]
    assert tags == ["Remove the filter Directorate: Growth & Transport", "Remove the filter Value from: £1,000,000"]
    assert the(tree, "input[@name='ends_from']").get("value") == "soon"
    assert text_of(the(tree, "p[@id='filter-ends_from-error']")).startswith("Error: “soon” is not a date")


def test_a_picture_has_a_name_a_description_and_the_same_figures_in_a_table(shop: Flask) -> None:
    tree = parsed(record_page(shop))
    for svg in tree.findall(".//{*}svg[@role='img']"):
        title, description = svg.attrib["aria-labelledby"].split()
        assert [one.attrib["id"] for one in svg.findall("{*}*")[:2]] == [title, description]
    cells = the(tree, "table[@class='govuk-table app-table app-picture__table']/tbody/tr").findall("*")
    assert [text_of(cell) for cell in cells] == ["Q1 2026-273 decisions", "£14.6m", "£2.0m", "£16.6m"]
    assert "Already past" in text_of(the(tree, "tr[@class='govuk-table__row app-late']"))


def test_long_work_shows_itself_with_and_without_javascript(shop: Flask) -> None:
    html = record_page(shop)
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in html
    bar = the(parsed(html), "progress")
    assert (bar.get("value"), bar.get("max")) == ("400", "1432")


def test_what_was_saved_is_said_once(shop: Flask) -> None:
    banner = the(parsed(record_page(shop)), "div[@role='alert']")
    assert text_of(banner) == "Done The contract now ends on 31 October 2027."


def test_a_blank_fact_says_that_nothing_is_recorded(shop: Flask) -> None:
    html = record_page(shop)
    assert "Fennside &amp; Sons" in html
    assert '<span class="app-missing">Not recorded</span>' in html


def test_a_bug_shows_its_reference(shop: Flask) -> None:
    assert "7F3A91C2" in error_page(shop, 500)
