"""The sections of a page that has been put together, for the list of them at its top."""

import re

from markupsafe import Markup

#: As the macro ``section`` of core/parts.html writes it, whichever room the section comes from.
_HEADING = re.compile(r'<h2 class="govuk-heading-m" id="([a-z0-9-]+)">(.*?)</h2>', re.DOTALL)


def sections_of(page: str) -> list[tuple[str, Markup]]:
    """The id and the title of each, in the page's order."""
    return [(found[1], Markup(found[2])) for found in _HEADING.finditer(page)]  # noqa: S704 - it was escaped already
