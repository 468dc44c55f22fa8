"""``orgpulse broker``: the local broker of the state folder."""

from typing import Annotated, Any

import typer

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


def register(app: typer.Typer) -> None:
    """Add ``broker start``, ``stop`` and ``status``."""
    broker = typer.Typer(help="Start, stop and look at the local broker.", no_args_is_help=True)
    broker.command("start")(start)
    broker.command("stop")(stop)
    broker.command("status")(status)
    app.add_typer(broker, name="broker")


def start(as_json: AsJson = False) -> None:
    """Start the local broker in the background, unless one runs or a cluster is configured."""
    from orgpulse_platform.broker import start_broker
    from orgpulse_platform.settings import load_settings

    start_broker(load_settings())
    _show(_situation(), as_json)


def stop(as_json: AsJson = False) -> None:
    """Stop the local broker. Apache Kafka keeps what its topics hold, the embedded broker forgets it."""
    from orgpulse_platform.broker import stop_broker
    from orgpulse_platform.cli.console import people
    from orgpulse_platform.settings import load_settings

    stopped = stop_broker(load_settings())
    people.print("The broker is stopped." if stopped else "No local broker was running.")
    if as_json:
        _show({"stopped": stopped}, as_json)


def status(as_json: AsJson = False) -> None:
    """Say which broker is used and whether it answers; exits with 1 if it does not."""
    situation = _situation()
    _show(situation, as_json)
    if not situation["answers"]:
        raise typer.Exit(1)


def _situation() -> dict[str, Any]:
    from orgpulse_platform.broker import broker_status, connected
    from orgpulse_platform.errors import BrokerUnavailableError
    from orgpulse_platform.settings import load_settings
    from orgpulse_platform.topic_admin import cluster_identity

    settings = load_settings()
    local = None if settings.kafka.bootstrap_servers else broker_status(settings)
    found: dict[str, Any] = {
        "kind": "cluster" if settings.kafka.bootstrap_servers else local.kind if local else None,
        "bootstrap": settings.kafka.bootstrap_servers or (local.bootstrap if local else None),
        "pid": local.pid if local else None,
        "reason": local.reason if local else None,
        "cluster": None,
        "answers": False,
    }
    try:
        found["cluster"] = cluster_identity(connected(settings).kafka)
        found["answers"] = True
    except BrokerUnavailableError as error:
        found["problem"] = error.message
    return found


def _show(document: dict[str, Any], as_json: bool) -> None:
    from orgpulse_platform.cli.console import print_json, results

    if as_json:
        print_json(document)
        return
    for name, value in document.items():
        if value is not None:
            shown = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
            results.print(f"{name:<10} {shown}", soft_wrap=True, markup=False)
