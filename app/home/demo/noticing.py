"""The law that governs some of the demonstration's contracts, the notices published about them, and who confirmed."""

from app.home.demo.notation import ONE_DAY, Cells, table
from app.home.demo.registering import Loading
from app.register.models import Contract, ContractNotice
from app.register.notices import NoticeKind, standstill_ends
from app.register.regime import Regime, Supply

#: Every third service was confirmed within the year.
EVERY = 3


def load_notices(loading: Loading) -> None:
    for number, cells in enumerate(table("notices"), 1):
        contract = loading.register.contracts[cells["contract"]]
        _write_law(loading, contract, cells)
        for place, text in enumerate(cells["notices"].split(";")):
            if text:
                loading.session.add(_notice(loading, contract, text, number * 10 + place))
    _confirm_services(loading)
    loading.session.flush()


def _write_law(loading: Loading, contract: Contract, cells: Cells) -> None:
    contract.regime = contract.regime or Regime(cells["regime"])
    contract.supply = contract.supply or Supply(cells["supply"])
    contract.procurement_began_on = loading.calendar.first_if(cells["began"])
    contract.entered_on = loading.calendar.as_at - int(cells["entered"]) * ONE_DAY if cells["entered"] else None


def _notice(loading: Loading, contract: Contract, text: str, number: int) -> ContractNotice:
    """``UK6:20`` is an award notice published twenty days ago."""
    kind, _, ago = text.rpartition(":")
    published_on = loading.calendar.as_at - int(ago) * ONE_DAY
    notice = ContractNotice(
        contract_id=contract.id,
        kind=NoticeKind(kind),
        published_on=published_on,
        number=f"{number:06}-{published_on.year}",
    )
    if notice.kind is NoticeKind.UK6:
        notice.standstill_ends_on = standstill_ends(published_on, 8, frozenset())
    return notice


def _confirm_services(loading: Loading) -> None:
    for number, service in enumerate(loading.register.services.values()):
        if number % EVERY:
            service.confirmed_on = loading.calendar.as_at - number * 11 % 400 * ONE_DAY
            service.confirmed_by = service.head_post
