"""The source systems of the platform: who publishes, under which CloudEvents source."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class SourceSystem:
    """A system of the organisation that publishes events."""

    id: str
    """Identifier used in topic names and on every page, for example ``PE-3``."""
    title: str
    """Name its users know it by."""
    pillar: str
    """The pillar of organisational effectiveness that it serves."""

    @property
    def uri(self) -> str:
        """The CloudEvents ``source`` that every event of this system carries."""
        return f"urn:orgpulse:system:{self.id.lower()}"


SYSTEMS: Final = {
    system.id: system
    for system in (
        SourceSystem("PR-1", "Gender equality and prevention of sexual exploitation and abuse", "principled"),
        SourceSystem("PR-2", "Ethics and conduct office", "principled"),
        SourceSystem("PR-3", "Environmental sustainability programme", "principled"),
        SourceSystem("PR-4", "Data protection", "principled"),
        SourceSystem("PU-1", "Results-based management", "purposeful"),
        SourceSystem("PU-2", "Monitoring and evaluation", "purposeful"),
        SourceSystem("PU-3", "Knowledge management and policy hub", "purposeful"),
        SourceSystem("PE-1", "Development fund", "prepared"),
        SourceSystem("PE-2", "Regional support", "prepared"),
        SourceSystem("PE-3", "Human resources", "prepared"),
        SourceSystem("PE-4", "Ombudsperson", "prepared"),
        SourceSystem("PE-5", "Finance, resource mobilisation and risk", "prepared"),
        SourceSystem("PE-6", "ICT division", "prepared"),
    )
}
"""Every source system, by id."""
