"""The command line with one rule that three rows break: arguments are those of ``orgpulse``."""

from orgpulse_pipelines.modelling import checks
from orgpulse_platform.cli.main import run

BROKEN = "core.dim_position"
run_check = checks.run_check


def break_one(connection, model, check):
    outcome = run_check(connection, model, check)
    broken = model.name == BROKEN and check.severity == "fail"
    return checks.CheckOutcome(check, 3) if broken else outcome


checks.run_check = break_one
run()
