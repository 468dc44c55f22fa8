"""What the contracts of the family share."""

from orgpulse_schemas.contract import Family

EVALUATION = Family(
    name="evaluation",
    owner="Central Evaluation",
    legal_basis="Evaluation policy; UNEG norms and standards",
    retention_days=3650,
)
