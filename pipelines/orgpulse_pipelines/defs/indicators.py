"""The indicators and the frameworks that score them, with their own assets and checks."""

import dagster as dg

from orgpulse_pipelines.frameworks import assets as frameworks
from orgpulse_pipelines.indicators import assets as module

ASSETS = dg.load_assets_from_modules([module, frameworks])
KEYS = sorted(key for asset in ASSETS if isinstance(asset, dg.AssetsDefinition) for key in asset.keys)


@dg.definitions
def indicators() -> dg.Definitions:
    """Definitions and figures of the indicators, and their scores by frameworks."""
    return dg.Definitions(assets=ASSETS)
