"""The roles people hold."""

import enum


class Role(enum.StrEnum):
    ADMINISTRATOR = "administrator"
    PROCUREMENT = "procurement"
    COMMISSIONER = "commissioner"
    PLANNER = "planner"
    DIRECTOR = "director"
    MEMBER = "member"
    CLERK = "clerk"
    PERFORMANCE = "performance"
    FINANCE = "finance"
    AUDITOR = "auditor"


#: How a page says it.
WORDS = {
    Role.PROCUREMENT: "procurement lead",
    Role.PLANNER: "business planner",
    Role.DIRECTOR: "corporate director",
    Role.MEMBER: "committee member",
    Role.PERFORMANCE: "performance officer",
}


def words(role: Role) -> str:
    return WORDS.get(role, str(role))
