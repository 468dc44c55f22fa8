"""What the contracts of the family share."""

from orgpulse_schemas.contract import Family

ENVIRONMENT = Family(
    name="environment",
    owner="Environmental Sustainability Programme",
    legal_basis="UN Strategy for Sustainability Management 2020-2030; no personal data",
    retention_days=3650,
)
