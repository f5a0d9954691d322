"""Committees at work: a member follows and asks, chair and clerk answer; the clerk orders an agenda with its pack."""

import zipfile
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import OpenTab
from tests.browser.walking import follow, heading, main, press, see, see_saved, stands_every_check, take

CASTLES = "Country parks to a trust"


def test_a_member_follows_and_asks_and_the_chair_answers(tab: OpenTab) -> None:
    member = tab("member.place")
    member.goto("/my-committees")
    see(member, "What is coming to my committees", "Who decides, when", "Why a key decision", "How it runs")
    card = main(member).get_by_role("article").filter(has_text="Recycling centres in the east after the extension")
    card.get_by_role("button", name="Follow Recycling centres").focus()
    member.keyboard.press("Enter")
    see_saved(member, "You follow Recycling centres in the east after the extension")
    card.locator("a", has_text="Ask to look at this").click()
    expect(heading(member)).to_contain_text("Ask a committee to look at this")
    press(member, "Ask")
    expect(member.get_by_role("alert")).to_contain_text("Say why, in a sentence or two")
    member.get_by_role("radio", name="Its provider").check()
    member.get_by_label("Why should the committee look at it?").fill("Can our own company run all eighteen?")
    member.get_by_label("At which meeting, if you have a wish?").select_option(index=1)
    press(member, "Ask")
    see_saved(member, "The clerk is asked")
    see(member, "Can our own company run all eighteen?", "Requests that wait for your answer as chair")
    stands_every_check(member)
    member.set_viewport_size({"width": 1280, "height": 900})
    member.get_by_role("link", name="Decline the request about Recycling centres in the east after").click()
    press(member, "Decline")
    expect(member.get_by_role("alert")).to_contain_text("Say why, so that the member can read it")
    member.get_by_label("Why is it declined?").fill("The report of January answers it")
    press(member, "Decline")
    see_saved(member, "is declined")
    member.goto("/my-committees")
    see(member, "The report of January answers it")


def test_a_clerk_accepts_orders_the_agenda_and_takes_the_pack_out(tab: OpenTab, tmp_path: Path) -> None:
    clerk = tab("clerk")
    clerk.goto("/")
    see(clerk, "requests waiting")
    clerk.goto("/pre-scrutiny?state=asked")
    stands_every_check(clerk)
    clerk.set_viewport_size({"width": 1280, "height": 900})
    clerk.goto("/pre-scrutiny?state=asked")
    clerk.get_by_role("link", name=f"Accept the request about {CASTLES}").click()
    clerk.get_by_label("Which meeting is to hear it?").select_option(index=1)
    press(clerk, "Accept")
    see_saved(clerk, "is on the work programme")
    see(clerk, CASTLES, "B. Key or significant decisions for recommendation or endorsement")
    main(clerk).get_by_role("link", name="21 January").or_(
        main(clerk).locator("dd a[href^='/meetings/']")
    ).first.click()
    see(clerk, "C. Monitoring of performance", "D. Other items for comment or recommendation", "Lacks")
    stands_every_check(clerk)
    clerk.set_viewport_size({"width": 1280, "height": 900})
    address = clerk.url
    follow(clerk, "Add an item")
    clerk.get_by_label("What is the item called?").fill("Hedges, and who cuts them")
    press(clerk, "Save")
    see_saved(clerk, "Hedges, and who cuts them is on the work programme")
    clerk.get_by_role("button", name="Up Hedges, and who cuts them").focus()
    clerk.keyboard.press("Enter")
    others = clerk.locator("section", has_text="D. Other items").locator("li")
    expect(others.first).to_contain_text("Hedges, and who cuts them")
    clerk.goto(f"{address}/pack")
    see(clerk, "The committee is asked to:", "How much", "Performance")
    stands_every_check(clerk)
    clerk.set_viewport_size({"width": 1280, "height": 900})
    taken = take(clerk, clerk.get_by_role("link", name="as a Word document"), tmp_path)
    with zipfile.ZipFile(taken) as packed:
        assert "Hedges, and who cuts them" in packed.read("word/document.xml").decode()


def test_a_clerk_records_an_answer_and_the_member_reads_what_it_changed(tab: OpenTab) -> None:
    clerk = tab("clerk")
    clerk.goto("/committees/2/said-and-done")
    see(clerk, "You said, we did", "The directorate has not answered yet")
    stands_every_check(clerk)
    clerk.set_viewport_size({"width": 1280, "height": 900})
    clerk.get_by_role("link", name="Day opportunities redesigned around towns").click()
    follow(clerk, "Record the directorate's answer")
    clerk.get_by_label("What does the directorate answer?").fill("The transport plan comes in January")
    clerk.get_by_label("What has it changed").fill("The decision moved to spring")
    press(clerk, "Record the answer")
    see_saved(clerk, "The answer on Day opportunities")
    member = tab("member.adults", scripts=False)
    member.goto("/my-committees")
    see(member, "The transport plan comes in January", "The decision moved to spring")


def test_a_decision_is_left_out_only_for_urgency_and_comes_back(tab: OpenTab) -> None:
    clerk = tab("clerk")
    clerk.goto("/committees/5/programme")
    clerk.get_by_role("link", name="Leave out Recycling centres in the east").first.click()
    press(clerk, "Leave out")
    expect(clerk.get_by_role("alert")).to_contain_text("nothing else allows a key decision to be left out")
    clerk.get_by_label("What makes it too urgent to come?").fill("The contract ends in April")
    clerk.get_by_label("Why can no meeting hear it in time?").fill("The next meeting is in January")
    press(clerk, "Leave out")
    see(clerk, "Left out for urgency", "The contract ends in April")
    stands_every_check(clerk)
    clerk.set_viewport_size({"width": 1280, "height": 900})
    clerk.get_by_role("button", name="Bring back Recycling centres").click()
    see_saved(clerk, "comes to its committee again")
