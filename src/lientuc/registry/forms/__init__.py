"""Forms of the registry: people, units and providers, staff lists."""

from .others import (
    AuthorityForm,
    CatalogueForm,
    LiftForm,
    OrganisationForm,
    OrganisationsFilter,
    ProviderForm,
    SuspensionForm,
)
from .people import EndPostForm, LeaveForm, LicenceForm, PersonForm, PostForm, StaffForm, TakeOnForm, WorkersFilter
from .staff import DecisionForm, SendForm

__all__ = [
    "AuthorityForm",
    "CatalogueForm",
    "DecisionForm",
    "EndPostForm",
    "LeaveForm",
    "LicenceForm",
    "LiftForm",
    "OrganisationForm",
    "OrganisationsFilter",
    "PersonForm",
    "PostForm",
    "ProviderForm",
    "SendForm",
    "StaffForm",
    "SuspensionForm",
    "TakeOnForm",
    "WorkersFilter",
]
