"""Which law governs a contract. A person says so: it is never inferred from the value alone."""

from enum import StrEnum


class Regime(StrEnum):
    """Framework, call-off and concession are facts beside it: they can stand on several of these."""

    PUBLIC = "public contract"
    LIGHT_TOUCH = "light touch contract"
    USER_CHOICE = "user choice contract"
    BELOW_NOTIFIABLE = "below threshold, notifiable"
    BELOW = "below threshold"
    EXEMPT_VERTICAL = "exempt: a company the council controls"
    EXEMPT_HORIZONTAL = "exempt: between authorities"
    EXEMPT_OTHER = "exempt: on another ground"
    HEALTH = "health care: Provider Selection Regime"
    BEFORE_THE_ACT = "Public Contracts Regulations 2015"
    GRANT = "grant"
    INTERNAL = "internal agreement"


class Supply(StrEnum):
    """What is mainly supplied; it decides the threshold, and by how much a change may move the value."""

    GOODS = "goods"
    SERVICES = "services"
    WORKS = "works"


class Reservation(StrEnum):
    """Local Government (Exclusion of Non-commercial Considerations) (England) Order 2026: below the threshold only."""

    NONE = "not reserved"
    UK = "suppliers in the United Kingdom"
    LOCAL = "local suppliers"
