"""``orgpulse up`` and ``orgpulse down``: the whole platform on one machine."""

import typer

from orgpulse_platform.cli.console import people
from orgpulse_platform.settings import Settings, load_settings


def register(app: typer.Typer) -> None:
    """Add ``up`` and ``down``."""
    app.command()(up)
    app.command()(down)


def up() -> None:
    """Start broker, stream worker, Dagster and its schedules, HTTP intake, and print the addresses."""
    from orgpulse_platform.broker import start_broker
    from orgpulse_platform.services.runner import running_services, start
    from orgpulse_platform.services.service import LeftOut, contributed_services

    settings = load_settings()
    settings = start_broker(settings)
    _prepare(settings)
    already = {service.name: service for service in running_services(settings.folder)}
    for service in contributed_services(settings):
        if isinstance(service, LeftOut):
            people.print(f"○ {service.title} is not started. {service.reason}", markup=False, soft_wrap=True)
            continue
        running = already.get(service.name) or start(service, settings.folder)
        people.print(
            f"[green]●[/green] {running.title}" + (f"  {running.address}" if running.address else "")
        )
    people.print(f"[green]●[/green] Kafka  {settings.kafka.bootstrap_servers}")
    people.print(f"Logs are in {settings.folder.logs}. Stop everything with `make down`.")


def down() -> None:
    """Stop what ``up`` started; the data stay."""
    from orgpulse_platform.broker import stop_broker
    from orgpulse_platform.services.runner import running_services, stop

    settings = load_settings()
    services = running_services(settings.folder)
    for service in reversed(services):
        stop(service, settings.folder)
        people.print(f"○ {service.title} stopped")
    if stop_broker(settings):
        people.print("○ Kafka stopped")
    elif not services:
        people.print("Nothing was running.")


def _prepare(settings: Settings) -> None:
    """Topics and, where there is none yet, a keyring: what every service needs before its start."""
    from orgpulse_platform.keyring.rotation import create_first
    from orgpulse_platform.topic_admin import create_topics

    create_first(settings)
    create_topics(settings.kafka)
