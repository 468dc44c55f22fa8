"""What the contracts of the family share."""

from orgpulse_schemas.contract import Family

RESULTS = Family(
    name="results",
    owner="Results-Based Management",
    legal_basis="Institutional mandate; results-based management policy",
    retention_days=3650,
)
SUPPORT_OWNER = "Regional Offices"
