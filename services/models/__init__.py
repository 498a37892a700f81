"""The vocabulary, the services, and where and when they are given."""

from services.models.listing import ServiceAtLocation
from services.models.notice import Notice, NoticeKind, NoticeLevel
from services.models.service import (
    ACCESS_CHOICES,
    Cost,
    Delivery,
    Gender,
    Insurance,
    Intake,
    Operation,
    Service,
    WaitingTime,
    Welcome,
)
from services.models.spoken import WordsChecked
from services.models.vocabulary import (
    Attribute,
    AttributeAnswer,
    DeliveryLanguage,
    DocumentKind,
    Family,
    HowAnswered,
    MigrationStatus,
    OtherMap,
    ServiceType,
    TargetGroup,
    VerificationClass,
)

__all__ = [
    "ACCESS_CHOICES",
    "Attribute",
    "AttributeAnswer",
    "Cost",
    "Delivery",
    "DeliveryLanguage",
    "DocumentKind",
    "Family",
    "Gender",
    "HowAnswered",
    "Insurance",
    "Intake",
    "MigrationStatus",
    "Notice",
    "NoticeKind",
    "NoticeLevel",
    "Operation",
    "OtherMap",
    "Service",
    "ServiceAtLocation",
    "ServiceType",
    "TargetGroup",
    "VerificationClass",
    "WaitingTime",
    "Welcome",
    "WordsChecked",
]
