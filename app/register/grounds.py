"""What in law allows a contract to be changed during its term."""

from enum import StrEnum


class Ground(StrEnum):
    """Procurement Act 2023, s.74 and schedule 8; for what began before it, regulation 72 of the 2015 Regulations."""

    PROVIDED_FOR = "provided for in the contract"
    URGENCY = "urgency and the protection of life"
    UNFORESEEABLE = "unforeseeable circumstances"
    KNOWN_RISK = "a known risk has come about"
    ADDITIONAL = "additional goods, services or works"
    RESTRUCTURING = "the supplier was restructured"
    DEFENCE = "defence authority contract"
    NOT_SUBSTANTIAL = "not a substantial modification"
    BELOW_THRESHOLD = "below-threshold modification"
    LIGHT_TOUCH = "light touch contract"
    REGULATION_72 = "regulation 72 of the 2015 Regulations"
    NOT_RECORDED = "no ground recorded"
