"""The register's tables, a file for each kind of record."""

from app.register.deliveries import DeliveryState
from app.register.delivery import DeliveryRoute
from app.register.models.agreements import Agreement, AgreementStandard, AgreementStatus
from app.register.models.bulk import BulkChange, BulkKind
from app.register.models.contracts import (
    Approval,
    Arrangement,
    ArrangementKind,
    Category,
    Contract,
    ContractEvent,
    ContractForm,
    ContractProvider,
    ContractService,
    ContractStage,
    EventKind,
    ExtensionOption,
    ProcessKind,
    ProcurementStatus,
    Programme,
    VatTreatment,
)
from app.register.models.notices import ContractNotice
from app.register.models.overrides import SignalOverride
from app.register.models.parties import ControlTest, ProviderDistinction, ProviderMerge
from app.register.models.providers import (
    Provider,
    ProviderIdentifier,
    ProviderKind,
    ProviderName,
    TradingCompany,
)
from app.register.models.services import (
    DeliveryPeriod,
    InHouseUnit,
    PartnerRole,
    Service,
    ServiceOutcome,
    ServicePartner,
    ServicePlace,
)
from app.register.models.social_value import (
    SocialValueCommitment,
    SocialValueDelivery,
    SocialValueStatement,
)
from app.register.models.suggestions import ArrangementDismissal

__all__ = [
    "Agreement",
    "AgreementStandard",
    "AgreementStatus",
    "Approval",
    "Arrangement",
    "ArrangementDismissal",
    "ArrangementKind",
    "BulkChange",
    "BulkKind",
    "Category",
    "Contract",
    "ContractEvent",
    "ContractForm",
    "ContractNotice",
    "ContractProvider",
    "ContractService",
    "ContractStage",
    "ControlTest",
    "DeliveryPeriod",
    "DeliveryRoute",
    "DeliveryState",
    "EventKind",
    "ExtensionOption",
    "InHouseUnit",
    "PartnerRole",
    "ProcessKind",
    "ProcurementStatus",
    "Programme",
    "Provider",
    "ProviderDistinction",
    "ProviderIdentifier",
    "ProviderKind",
    "ProviderMerge",
    "ProviderName",
    "Service",
    "ServiceOutcome",
    "ServicePartner",
    "ServicePlace",
    "SignalOverride",
    "SocialValueCommitment",
    "SocialValueDelivery",
    "SocialValueStatement",
    "TradingCompany",
    "VatTreatment",
]
