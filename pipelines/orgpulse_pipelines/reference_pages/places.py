"""Where the pages of the pipelines lie, for whom they are, and links to what stands on them."""

from collections.abc import Iterable
from typing import Final

from orgpulse_pipelines.frameworks.definition import Framework
from orgpulse_pipelines.indicators.definition import Definition
from orgpulse_platform.reference_pages.markdown import code, link, text

INDICATORS: Final = "indicators/README.md"
FRAMEWORKS: Final = "frameworks.md"
TABLES: Final = "tables.md"
DATA_MAP: Final = "data-map.md"
TREATMENTS: Final = "field-treatment.md"

LEADERS: Final = "For leaders"
ANALYSTS: Final = "For analysts"


def pillar_path(pillar: str) -> str:
    """The page of the indicators of a pillar."""
    return f"indicators/{pillar}.md"


def indicator_link(indicator: Definition, of: str) -> str:
    """A link to an indicator by its title."""
    return link(text(indicator.title), pillar_path(indicator.pillar), of=of, heading=indicator.title)


def framework_link(framework: Framework, of: str) -> str:
    """A link to a framework by its title."""
    return link(text(framework.title), FRAMEWORKS, of=of, heading=framework.title)


def table_links(names: Iterable[str], published: Iterable[str], of: str) -> str:
    """Tables by name, linked where they are published."""
    known = set(published)
    return ", ".join(
        link(code(name), TABLES, of=of, heading=name) if name in known else code(name)
        for name in sorted(names)
    )
