"""What the assets need to run."""

import dagster as dg

from orgpulse_pipelines.warehouse.resource import Warehouse


@dg.definitions
def resources() -> dg.Definitions:
    """The warehouse, open for one writer while a run lasts."""
    return dg.Definitions(resources={"warehouse": Warehouse()})
