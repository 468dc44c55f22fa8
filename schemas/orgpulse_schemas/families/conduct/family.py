"""What the contracts of the family share."""

from orgpulse_schemas.contract import Family
from orgpulse_schemas.privacy import Needed

CONDUCT = Family(
    name="conduct",
    owner="Ethics and Conduct Office",
    legal_basis="Staff regulations and rules: standards of conduct",
    retention_days=1825,
    case_data=True,
)
JOINS = Needed("Joins the events of one case; nothing else has the same pseudonym.")
OMBUDS_OWNER = "Office of the Ombudsperson"
OMBUDS_BASIS = "Terms of reference of the Ombudsperson: independence and confidentiality"
