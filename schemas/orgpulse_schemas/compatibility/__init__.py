"""Is everything that was valid still valid? Compares schemas, and contracts with their released versions."""

from orgpulse_schemas.compatibility.change import BreakingChange, Rule
from orgpulse_schemas.compatibility.comparison import breaking_changes

__all__ = ["BreakingChange", "Rule", "breaking_changes"]
