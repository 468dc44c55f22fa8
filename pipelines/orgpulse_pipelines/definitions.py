"""The code location of the pipelines: everything is found in ``defs``."""

import warnings
from pathlib import Path

import dagster as dg

from orgpulse_pipelines import defs as defs_module

with warnings.catch_warnings():
    # Dagster warns hundreds of times that its own loader uses its own newer parts.
    warnings.simplefilter("ignore", dg.BetaWarning)
    warnings.simplefilter("ignore", dg.PreviewWarning)
    defs = dg.ComponentTree.from_module(
        defs_module=defs_module, project_root=Path(__file__).parent
    ).build_defs()
