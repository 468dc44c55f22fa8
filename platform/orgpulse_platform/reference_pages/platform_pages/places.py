"""Where the pages of the platform lie, for whom they are, and links to what stands on them."""

from typing import Final

from orgpulse_platform.reference_pages.markdown import code, link
from orgpulse_schemas.contract import About
from orgpulse_schemas.systems import SourceSystem

CONTRACTS: Final = "contracts/README.md"
CODE_LISTS: Final = "code-lists.md"
PERSONAL_DATA: Final = "personal-data.md"
PRINCIPLES: Final = "data-protection.md"
REASONS: Final = "reason-codes.md"
SYSTEMS: Final = "source-systems.md"
TOPICS: Final = "topics.md"
ACCESS: Final = "access.md"

PUBLISHERS: Final = "For source systems"
PROTECTORS: Final = "For the data-protection officer"
OPERATORS: Final = "For operators"


def family_path(family: str) -> str:
    """The page of a family of contracts."""
    return f"contracts/{family}.md"


def contract_link(about: About, of: str) -> str:
    """A link to a contract by its event type."""
    return link(code(about.event_type), family_path(about.family), of=of, heading=about.event_type)


def system_heading(system: SourceSystem) -> str:
    """The heading of a source system."""
    return f"{system.id} {system.title}"


def system_link(system: SourceSystem, of: str) -> str:
    """A link to a source system by its id."""
    return link(system.id, SYSTEMS, of=of, heading=system_heading(system))
