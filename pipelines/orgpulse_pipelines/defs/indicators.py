"""The indicators, with their own assets and checks."""

import dagster as dg

from orgpulse_pipelines.indicators import assets as module

ASSETS = dg.load_assets_from_modules([module])
KEYS = sorted(key for asset in ASSETS if isinstance(asset, dg.AssetsDefinition) for key in asset.keys)


@dg.definitions
def indicators() -> dg.Definitions:
    """Definitions and figures of the indicators."""
    return dg.Definitions(assets=ASSETS)
