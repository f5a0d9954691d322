"""The demonstration's look-alike providers, a group, control tests of its companies, partners and a change to come."""

from decimal import Decimal

from app.home.demo.notation import Cells, table, yes_no
from app.home.demo.registering import RECORDED_BY, Loading
from app.register.models import (
    ControlTest,
    DeliveryRoute,
    PartnerRole,
    Provider,
    ProviderIdentifier,
    ProviderKind,
    ServiceOutcome,
    ServicePartner,
)

FIRST_VENDOR_NUMBER = 20_410
#: Whoever is in one group: the head, and those below it.
GROUP = ("harrowgroup", ("roads", "lamps"))


def load_parties(loading: Loading) -> None:
    """After the register: all of it hangs on providers and services."""
    _add_lookalikes(loading)
    _add_control_tests(loading)
    _add_partners(loading)
    _plan_a_change(loading)
    loading.session.flush()


def _add_lookalikes(loading: Loading) -> None:
    providers = loading.register.providers
    for number, cells in enumerate(table("lookalikes")):
        provider = Provider(name=cells["name"], kind=ProviderKind(cells["kind"]), sme=False, vcse=False)
        provider.identifiers = [ProviderIdentifier(scheme="VENDOR", value=f"W{FIRST_VENDOR_NUMBER + number}")]
        if cells["same_company_as"]:
            provider.identifiers.append(_company_number(providers[cells["same_company_as"]]))
        loading.session.add(provider)
        providers[cells["key"]] = provider
    loading.session.flush()
    head, below = GROUP
    for key in below:
        providers[key].parent_id = providers[head].id


def _company_number(provider: Provider) -> ProviderIdentifier:
    number = next(one for one in provider.identifiers if one.scheme == "GB-COH")
    return ProviderIdentifier(scheme=number.scheme, value=number.value, is_primary=True)


def _add_control_tests(loading: Loading) -> None:
    latest: dict[str, ControlTest] = {}
    for cells in table("control_tests"):
        test = _control_test(loading, cells)
        if cells["corrects"]:
            test.corrects_id, test.correction_reason = latest[cells["corrects"]].id, cells["why"]
        loading.session.add(test)
        loading.session.flush()
        latest[cells["company"]] = test


def _control_test(loading: Loading, cells: Cells) -> ControlTest:
    day = loading.calendar.day
    return ControlTest(
        provider_id=loading.register.providers[cells["company"]].id,
        tested_on=day(cells["tested"]),
        purpose=f"{cells['purpose']}.",
        parent_undertaking=True,
        other_influence=False,
        activity_share=Decimal(cells["share"]),
        activity_method=cells["method"],
        activity_period=cells["period"],
        private_shares=yes_no(cells["private"]),
        joint_owners=cells["joint"] or None,
        owners_on_board=yes_no(cells["board"]),
        evidence=cells["evidence"],
        next_due_on=day(cells["next"]) if cells["next"] else None,
        recorded_at=loading.now,
        recorded_by=RECORDED_BY,
    )


def _add_partners(loading: Loading) -> None:
    register = loading.register
    for cells in table("partners"):
        partner = ServicePartner(
            provider=register.providers[cells["provider"]] if cells["provider"] else None,
            name=cells["name"] or None,
            role=PartnerRole(cells["role"]),
            note=cells["note"] or None,
        )
        register.services[cells["service"]].partners.append(partner)


def _plan_a_change(loading: Loading) -> None:
    """Printing is to come back in-house; day opportunities support a second outcome."""
    services = loading.register.services
    printing, carers = services["print"], services["carers"]
    printing.planned_route = DeliveryRoute.IN_HOUSE
    printing.planned_from_on = loading.calendar.first(12)
    printing.planned_reason = "The agreement is not renewed: most printing has gone"
    carers.other_outcomes = [ServiceOutcome(outcome_id=loading.setup.outcomes["thriving"].id)]
    changed = services["dayolder"].delivery_periods[-1]
    changed.reason, changed.recorded_at, changed.recorded_by = (
        "Two centres passed to a charity after the review of day care",
        loading.now,
        RECORDED_BY,
    )
