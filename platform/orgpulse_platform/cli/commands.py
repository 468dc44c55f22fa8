"""Commands of the platform."""

import typer

from orgpulse_platform.access import command as access_commands
from orgpulse_platform.cli import broker_commands, keyring_commands, topic_commands
from orgpulse_platform.contracts_commands import command as contract_commands
from orgpulse_platform.demo import command as demo_commands
from orgpulse_platform.inbox import command as inbox_commands
from orgpulse_platform.intake import command as intake_commands
from orgpulse_platform.mapping import command as mapping_commands
from orgpulse_platform.reference_pages import command as reference_commands
from orgpulse_platform.rejected import command as rejected_commands
from orgpulse_platform.services import command as service_commands
from orgpulse_platform.simulator import command as simulator_commands
from orgpulse_platform.validation_report import command as validation_commands


def register(app: typer.Typer) -> None:
    """Add the commands of this room to the command line."""
    demo_commands.register(app)
    service_commands.register(app)
    broker_commands.register(app)
    topic_commands.register(app)
    keyring_commands.register(app)
    access_commands.register(app)
    simulator_commands.register(app)
    contract_commands.register(app)
    mapping_commands.register(app)
    validation_commands.register(app)
    rejected_commands.register(app)
    intake_commands.register(app)
    inbox_commands.register(app)
    reference_commands.register(app)
