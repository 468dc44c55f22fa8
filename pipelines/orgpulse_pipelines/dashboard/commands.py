"""``orgpulse dashboard``: open it, build it from the publication that readers see, translate it."""

from typing import Annotated

import typer

from orgpulse_pipelines.dashboard.address import PORT
from orgpulse_pipelines.dashboard.scorecards import commands as scorecards
from orgpulse_pipelines.dashboard.words.commands import words


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    group = typer.Typer(name="dashboard", help="What leaders open: served here, or built anew.")
    group.callback(invoke_without_command=True)(serve)
    group.command("build")(build)
    group.command("words")(words)
    scorecards.register(group)
    app.add_typer(group)


def serve(
    context: typer.Context,
    port: Annotated[
        int, typer.Option(help="Port on 127.0.0.1; 0 takes a free one.", min=0, max=65535)
    ] = PORT,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open it in a browser.")] = True,
) -> None:
    """Serve the dashboard on this machine until Ctrl-C, and open it in a browser."""
    if context.invoked_subcommand is not None:
        return
    import webbrowser

    from orgpulse_pipelines.dashboard.errors import NoDashboardError
    from orgpulse_pipelines.dashboard.serve import server
    from orgpulse_platform.cli.console import people
    from orgpulse_platform.settings import load_settings

    folder = load_settings().folder
    if open_browser and not folder.dashboard.exists():  # a service waits for the first build instead
        raise NoDashboardError(str(folder.dashboard))
    with server(folder, port) as serving:
        address = f"http://127.0.0.1:{serving.server_port}/"
        people.print(f"The dashboard is at {address} (Ctrl-C ends it)")
        if open_browser:
            webbrowser.open(address)
        serving.serve_forever()


def build() -> None:
    """Build the dashboard from the publication that readers see; every build of the warehouse does it too."""
    from orgpulse_pipelines.dashboard.site import build_site
    from orgpulse_pipelines.publication.read import open_published
    from orgpulse_platform.cli.console import people
    from orgpulse_platform.settings import load_settings

    settings = load_settings()
    with open_published(settings) as connection:
        built = build_site(connection, settings.folder)
    size = built.size / 1e6
    people.print(f"{built.path}: {built.pages} pages, {built.files} files, {size:.1f} MB", soft_wrap=True)
