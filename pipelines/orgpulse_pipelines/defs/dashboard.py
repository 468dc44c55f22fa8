"""The dashboard: built from the current publication after every build."""

import dagster as dg

from orgpulse_pipelines.asset_names import team
from orgpulse_pipelines.modelling.component import FRESH
from orgpulse_pipelines.publication.read import open_published
from orgpulse_pipelines.runs.retries import DISK_RETRY, no_retry_unless
from orgpulse_platform.errors import StateFolderError
from orgpulse_platform.settings import load_settings


@dg.asset(
    key=dg.AssetKey(["dashboard"]),
    deps=[dg.AssetKey(["publication"])],
    description="The site that leaders open, in three languages, made from the publication that readers see.",
    group_name="publication",
    owners=[team("Information management")],
    kinds={"html", "python"},
    tags={"layer": "publication"},
    retry_policy=DISK_RETRY,
    freshness_policy=FRESH,
)
def dashboard() -> dg.MaterializeResult[None]:
    """Write the site and put it in place; the site before stays until then."""
    # Imported here: it takes half a second that loading the code location need not pay.
    from orgpulse_pipelines.dashboard.site import build_site  # noqa: PLC0415

    settings = load_settings()
    with no_retry_unless(StateFolderError), open_published(settings) as connection:
        built = build_site(connection, settings.folder)
    return dg.MaterializeResult(
        metadata={
            "publication_id": built.path.name,
            "pages": built.pages,
            "files": built.files,
            "bytes": built.size,
        }
    )
