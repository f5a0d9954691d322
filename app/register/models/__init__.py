"""The register's tables, a file for each kind of record."""

from app.register.deliveries import DeliveryState
from app.register.delivery import DeliveryRoute
from app.register.models.agreements import (
    Agreement,
    AgreementCharge,
    AgreementMove,
    AgreementReview,
    AgreementStandard,
    AgreementStatus,
    ServiceCredit,
    StandardResult,
)
from app.register.models.bulk import BulkChange, BulkKind
from app.register.models.contract_life import ContractEvent, EventKind, ExtensionOption
from app.register.models.contracts import (
    Approval,
    Arrangement,
    ArrangementKind,
    Category,
    Contract,
    ContractForm,
    ContractProvider,
    ContractService,
    ContractStage,
    ProcessKind,
    ProcurementStatus,
    Programme,
    VatTreatment,
)
from app.register.models.documents import Document, DocumentKind
from app.register.models.indicators import Indicator, IndicatorResult
from app.register.models.measures import (
    SocialValueFramework,
    SocialValueMeasure,
    SocialValueOutcome,
    SocialValueTheme,
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
    InterimTarget,
    SocialValueCommitment,
    SocialValueConsideration,
    SocialValueDelivery,
    SocialValueProxy,
    SocialValueStatement,
)
from app.register.models.spend import ContractSpend, ContractSpendMonth
from app.register.models.suggestions import ArrangementDismissal

__all__ = [
    "Agreement",
    "AgreementCharge",
    "AgreementMove",
    "AgreementReview",
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
    "ContractSpend",
    "ContractSpendMonth",
    "ContractStage",
    "ControlTest",
    "DeliveryPeriod",
    "DeliveryRoute",
    "DeliveryState",
    "Document",
    "DocumentKind",
    "EventKind",
    "ExtensionOption",
    "InHouseUnit",
    "Indicator",
    "IndicatorResult",
    "InterimTarget",
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
    "ServiceCredit",
    "ServiceOutcome",
    "ServicePartner",
    "ServicePlace",
    "SignalOverride",
    "SocialValueCommitment",
    "SocialValueConsideration",
    "SocialValueDelivery",
    "SocialValueFramework",
    "SocialValueMeasure",
    "SocialValueOutcome",
    "SocialValueProxy",
    "SocialValueStatement",
    "SocialValueTheme",
    "StandardResult",
    "TradingCompany",
    "VatTreatment",
]
