"""Yes, no or not known: not known is an answer of its own, and never means no."""

from enum import StrEnum
from typing import Self


class Known(StrEnum):
    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not known"

    @classmethod
    def of(cls, fact: bool | None) -> Self:  # noqa: FBT001 - the fact itself
        return cls("not known" if fact is None else "yes" if fact else "no")

    @property
    def fact(self) -> bool | None:
        return {Known.YES: True, Known.NO: False}.get(self)


def said(fact: bool | None) -> str:  # noqa: FBT001
    """As a page says it: "Yes", "No", "Not known"."""
    return str(Known.of(fact)).capitalize()
