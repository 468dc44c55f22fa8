"""What the contracts of the family share."""

from orgpulse_schemas.contract import Family

FINANCE = Family(
    name="finance",
    owner="Resources Management",
    legal_basis="Financial regulations; International Public Sector Accounting Standards",
    retention_days=3650,
)
FUND_OWNER = "Development Fund"
FUND_BASIS = "Guidelines of the development fund; financial regulations"
