"""What the contracts of the family share."""

from orgpulse_schemas.contract import Family

TRAINING = Family(
    name="training",
    owner="Staff Development and Learning",
    legal_basis="Staff regulations and rules: mandatory training",
    retention_days=3650,
)
PERSONNEL = "personnel"
PSEA_OWNER = "Gender Coordination"
PSEA_BASIS = "Special measures for protection from sexual exploitation and sexual abuse (ST/SGB/2003/13)"
