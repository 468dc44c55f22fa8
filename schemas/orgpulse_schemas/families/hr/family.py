"""What the contracts of the family share."""

from orgpulse_schemas.contract import Family

HR = Family(
    name="hr",
    owner="Human Resources Management",
    legal_basis="Performance of the employment contract; staff regulations and rules",
    retention_days=3650,
)
PERSONNEL = "personnel"
