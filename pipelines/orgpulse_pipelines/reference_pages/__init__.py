"""What the pipelines contribute to the reference: indicators, frameworks, dictionary, why fields pass."""

from orgpulse_pipelines.reference_pages.data_map import data_map_page
from orgpulse_pipelines.reference_pages.frameworks import frameworks_page
from orgpulse_pipelines.reference_pages.indicators import indicator_pages
from orgpulse_pipelines.reference_pages.tables import tables_page
from orgpulse_pipelines.reference_pages.treatments import treatments_page
from orgpulse_platform.reference_pages.page import Page


def pages() -> list[Page]:
    """The pages, written from definitions and from a publication without events."""
    return [*indicator_pages(), frameworks_page(), tables_page(), data_map_page(), treatments_page()]
