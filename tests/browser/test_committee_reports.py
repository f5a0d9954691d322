"""A committee's extract of the register, three years on one sheet, and the monthly report."""

import zipfile
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import OpenTab
from tests.browser.walking import follow, heading, main, see, stands_every_check, take


def test_a_member_compares_three_dates_and_opens_the_list_behind_a_count(tab: OpenTab) -> None:
    member = tab("member.adults")
    member.goto("/committees/5/programme")
    follow(member, "Register extract")
    expect(heading(member)).to_contain_text("Register extract")
    see(member, "Expiry clock", "Procurement", "Concern", "How the dates are read", "22 November 2026")
    stands_every_check(member)
    member.set_viewport_size({"width": 1280, "height": 900})
    member.get_by_label("The earlier day").fill("1 June 2026")
    member.get_by_role("button", name="Compare these days").focus()
    member.keyboard.press("Enter")
    see(member, "1 June 2026")
    row = main(member).get_by_role("row").filter(has_text="Expiry clock").filter(has_text="Act now")
    count = row.get_by_role("link").last
    number = (count.text_content() or "").split(" ")[0]
    count.focus()
    member.keyboard.press("Enter")
    expect(heading(member)).to_contain_text("Expiry clock: act now")
    see(member, f"{number} contracts on 22 November 2026", "A decision was due by")
    stands_every_check(member)


def test_three_years_are_taken_out_on_one_sheet(tab: OpenTab, tmp_path: Path) -> None:
    member = tab("member.adults")
    member.goto("/forthcoming?committee=all")
    main(member).get_by_role("link", name="Three years on one sheet").click()
    see(member, "Place and Environment Cabinet Committee", "Q4 2026-27", "Timing not yet known", "Authority to procure")
    stands_every_check(member)
    member.set_viewport_size({"width": 1280, "height": 900})
    member.goto("/forthcoming/sheet")
    taken = take(member, member.get_by_role("link", name="Excel, one page of A3"), tmp_path)
    with zipfile.ZipFile(taken) as packed:
        assert "Authority to procure" in packed.read("xl/sharedStrings.xml").decode()


def test_a_director_reads_the_month_and_takes_it_as_a_word_document(tab: OpenTab, tmp_path: Path) -> None:
    director = tab("director")
    director.goto("/decisions")
    main(director).get_by_role("link", name="Monthly report").click()
    see(director, "Started with no decision recorded", "Slipped since last month", "Notices due")
    stands_every_check(director)
    director.set_viewport_size({"width": 1280, "height": 900})
    director.goto("/decisions/monthly")
    director.get_by_label("Directorate").select_option(label="Place and Environment")
    director.get_by_role("button", name="Apply filters").click()
    see(director, "Place and Environment, as at 22 November 2026")
    taken = take(director, director.get_by_role("link", name="Take it as a Word document"), tmp_path)
    with zipfile.ZipFile(taken) as packed:
        assert "Slipped since last month" in packed.read("word/document.xml").decode()
    main(director).get_by_role("link", name="Slipped since last month").first.click()
    expect(heading(director)).to_contain_text("Slipped since last month")
    stands_every_check(director)
