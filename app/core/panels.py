"""How a higher room shows its facts on a lower room's page without being imported by it."""

from collections.abc import Callable

from markupsafe import Markup

from app.core.access import Reader

Panel = Callable[[int, Reader], Markup]
_panels: dict[str, list[Panel]] = {}
#: Where a page sets an order: each panel's place; those without one come last, in the order of the rooms.
_places: dict[Panel, int] = {}
LAST = 100


def panel_on(page: str, place: int = LAST) -> Callable[[Panel], Panel]:
    """Add the decorated function's markup to every page of that kind ("contract", "provider", "home").

    What is said on "contract_next" stands near the contract page's top, below what happens next.
    """

    def add(panel: Panel) -> Panel:
        if panel not in _panels.setdefault(page, []):
            _places[panel] = place
            _panels[page].append(panel)
            _panels[page].sort(key=_places.__getitem__)
        return panel

    return add


def panels_for(page: str, subject: int, reader: Reader) -> list[Markup]:
    """The panels of one record's page, in their order; empty ones left out."""
    return [markup for panel in _panels.get(page, ()) if (markup := panel(subject, reader))]
