"""What the contracts of the family share."""

from orgpulse_schemas.contract import Family

KNOWLEDGE = Family(
    name="knowledge",
    owner="Migration Policy and Knowledge Hub",
    legal_basis="Institutional mandate; migration data strategy",
    retention_days=3650,
)
