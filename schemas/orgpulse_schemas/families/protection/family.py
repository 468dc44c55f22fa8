"""What the contracts of the family share."""

from orgpulse_schemas.contract import Family

PROTECTION = Family(
    name="protection",
    owner="Data Protection",
    legal_basis="Data-protection principles of the organisation; UN personal data protection principles 2018",
    retention_days=3650,
)
