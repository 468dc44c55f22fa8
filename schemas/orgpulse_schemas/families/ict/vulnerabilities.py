"""Vulnerabilities found and patched."""

from typing import Literal

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.ict.family import ICT
from orgpulse_schemas.fields import Date, RecordId, ServiceId
from orgpulse_schemas.rules import require_order


@ICT.contract(
    "org.ict.vulnerability.found.v1",
    system="PE-6",
    key="vulnerability_id",
    purpose="Measure whether critical vulnerabilities are patched in time.",
)
class VulnerabilityFound(Contract):
    """A vulnerability was found in a service."""

    vulnerability_id: RecordId
    """Number of the finding."""
    service_id: ServiceId
    """The service."""
    severity: Literal["critical", "high", "medium", "low"]
    """Severity (CVSS qualitative rating)."""
    found_on: Date
    """Day of the finding."""
    patch_due_on: Date
    """Last day on which patching is in time."""

    _dates = require_order("found_on", "patch_due_on")


@ICT.contract(
    "org.ict.vulnerability.patched.v1",
    system="PE-6",
    key="vulnerability_id",
    purpose="Measure whether critical vulnerabilities are patched in time.",
)
class VulnerabilityPatched(Contract):
    """A vulnerability was patched."""

    vulnerability_id: RecordId
    """Number of the finding."""
    patched_on: Date
    """Day of the patch."""
