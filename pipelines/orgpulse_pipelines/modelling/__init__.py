"""Models: SQL files, one folder a table, with their metadata, dependencies and checks."""

from orgpulse_pipelines.modelling.build import BuiltModel, build_model
from orgpulse_pipelines.modelling.checks import CheckOutcome, run_checks
from orgpulse_pipelines.modelling.model import Check, Model, load_model, load_models

__all__ = [
    "BuiltModel",
    "Check",
    "CheckOutcome",
    "Model",
    "build_model",
    "load_model",
    "load_models",
    "run_checks",
]
