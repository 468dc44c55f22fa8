"""What the contracts of the family share."""

from orgpulse_schemas.contract import Family

ICT = Family(
    name="ict",
    owner="Information and Communications Technology",
    legal_basis="Institutional mandate; ICT strategy",
    retention_days=1825,
)
