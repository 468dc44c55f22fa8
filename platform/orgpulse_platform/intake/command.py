"""``orgpulse intake``: the HTTP intake and its tokens."""

from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


def register(app: typer.Typer) -> None:
    """Add ``intake run`` and ``intake token create``, ``list`` and ``revoke``."""
    intake = typer.Typer(help="Take events over HTTP.", no_args_is_help=True)
    intake.command("run")(run)
    token = typer.Typer(help="The tokens by which source systems identify themselves.", no_args_is_help=True)
    token.command("create")(create)
    token.command("list")(list_tokens)
    token.command("revoke")(revoke)
    intake.add_typer(token, name="token")
    app.add_typer(intake, name="intake")


def run(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8080,
) -> None:
    """Take events over HTTP until it is stopped. TLS is the task of the proxy before it."""
    from orgpulse_platform.broker import connected
    from orgpulse_platform.cli.console import people
    from orgpulse_platform.intake.logs import configure
    from orgpulse_platform.intake.server import intake_server, listening_socket
    from orgpulse_platform.intake.tokens import read_tokens
    from orgpulse_platform.settings import load_settings

    settings = connected(load_settings())
    if not read_tokens(settings.folder.intake_tokens):
        people.print("No source system has a token yet: `orgpulse intake token create SYSTEM`.")
    if host not in {"127.0.0.1", "::1", "localhost"}:
        people.print("Tokens and events travel in clear here: let a proxy with TLS stand before it.")
    listening = listening_socket(host, port)
    port = listening.getsockname()[1]
    people.print(f"Taking events on http://{host}:{port}/events, described by /openapi.json.", soft_wrap=True)
    configure(settings.log_level)
    server = intake_server(settings)
    server.run([listening])
    if not server.started:
        raise typer.Exit(1)


def create(
    system: Annotated[str, typer.Argument(help="Id of the source system, such as PE-3.")],
    as_json: AsJson = False,
) -> None:
    """Create a token for a source system. It is printed once; the platform keeps its hash only."""
    from orgpulse_platform.cli.console import people, print_json, results
    from orgpulse_platform.intake.tokens import create_token
    from orgpulse_platform.settings import load_settings

    stored, token = create_token(load_settings().folder.intake_tokens, system)
    if as_json:
        print_json(
            {"id": stored.id, "system": stored.system, "created_at": stored.created_at, "token": token}
        )
        return
    people.print(f"Token {stored.id} of {stored.system}; give it to the system now, it is not shown again:")
    results.print(token, soft_wrap=True, markup=False)


def list_tokens(as_json: AsJson = False) -> None:
    """List the tokens by id, without the tokens themselves."""
    from orgpulse_platform.cli.console import print_json, results
    from orgpulse_platform.intake.tokens import read_tokens
    from orgpulse_platform.settings import load_settings

    tokens = read_tokens(load_settings().folder.intake_tokens)
    if as_json:
        print_json([{"id": t.id, "system": t.system, "created_at": t.created_at} for t in tokens])
        return
    for token in sorted(tokens, key=lambda token: (token.system, token.created_at)):
        results.print(f"{token.id}  {token.system:<5} {token.created_at:%Y-%m-%d %H:%M} UTC", markup=False)


def revoke(
    token_id: Annotated[str, typer.Argument(metavar="ID", help="Id of the token.")], as_json: AsJson = False
) -> None:
    """Revoke a token; a running intake refuses it from then on."""
    from orgpulse_platform.cli.console import people, print_json
    from orgpulse_platform.intake.tokens import revoke_token
    from orgpulse_platform.settings import load_settings

    revoked = revoke_token(load_settings().folder.intake_tokens, token_id)
    people.print(f"Token {revoked.id} of {revoked.system} is revoked.")
    if as_json:
        print_json({"id": revoked.id, "system": revoked.system, "revoked": True})
