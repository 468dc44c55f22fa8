"""The pages that the contracts, the topics and the data-protection principles make."""

from orgpulse_platform.reference_pages.page import Page
from orgpulse_platform.reference_pages.platform_pages.access import access_page
from orgpulse_platform.reference_pages.platform_pages.code_lists import code_lists_page
from orgpulse_platform.reference_pages.platform_pages.contracts import contracts_page
from orgpulse_platform.reference_pages.platform_pages.family import family_page
from orgpulse_platform.reference_pages.platform_pages.personal_data import personal_data_page
from orgpulse_platform.reference_pages.platform_pages.principles import principles_page
from orgpulse_platform.reference_pages.platform_pages.reasons import reasons_page
from orgpulse_platform.reference_pages.platform_pages.systems import systems_page
from orgpulse_platform.reference_pages.platform_pages.topics import topics_page
from orgpulse_schemas.compatibility.releases import Releases
from orgpulse_schemas.registry import all_families


def pages() -> list[Page]:
    """What the platform contributes to the reference."""
    releases = Releases()
    families = [family_page(family, releases) for family in all_families().values()]
    listed = [systems_page(), contracts_page(), code_lists_page(), reasons_page()]
    protection = [principles_page(), personal_data_page(), access_page()]
    return [*listed, *families, *protection, topics_page()]
