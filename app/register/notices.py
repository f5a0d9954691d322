"""The notices of the Procurement Act 2023: their names, and the last lawful day of each. Plain Python."""

from enum import StrEnum


class NoticeKind(StrEnum):
    """As Find a Tender numbers them, and the copies of contracts and changes that go with them."""

    UK1 = "UK1"
    UK2 = "UK2"
    UK3 = "UK3"
    UK4 = "UK4"
    UK5 = "UK5"
    UK6 = "UK6"
    UK7 = "UK7"
    UK8 = "UK8"
    UK9 = "UK9"
    UK10 = "UK10"
    UK11 = "UK11"
    UK12 = "UK12"
    UK13 = "UK13"
    UK14 = "UK14"
    UK15 = "UK15"
    UK16 = "UK16"
    UK17 = "UK17"
    COPY = "copy of the contract"
    COPY_OF_CHANGE = "copy of a change"
