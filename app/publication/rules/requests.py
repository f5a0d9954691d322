"""Requests under the Freedom of Information Act: when the answer is due."""

from collections.abc import Container
from datetime import date

from app.core.dates import day
from app.core.errors import Refusal
from app.council.calendar import add_working_days

#: Freedom of Information Act 2000, s.10(1): "not later than the twentieth working day following the date of receipt".
WORKING_DAYS_TO_ANSWER = 20


def answer_due(received_on: date, holidays: Container[date]) -> date:
    return add_working_days(received_on, WORKING_DAYS_TO_ANSWER, holidays)


def check_received(received_on: date, today: date) -> None:
    if received_on > today:
        raise Refusal(f"Enter the day it was received, up to {day(today)}", field="received_on")


def check_sent(sent_on: date, received_on: date, today: date) -> None:
    if not received_on <= sent_on <= today:
        raise Refusal(f"Enter a day between {day(received_on)} and {day(today)}", field="sent_on")
