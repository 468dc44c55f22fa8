"""What the contracts of the family share."""

from orgpulse_schemas.contract import Family

CONTROL = Family(
    name="control",
    owner="Information management",
    legal_basis="Institutional mandate; no personal data",
    retention_days=3650,
)
