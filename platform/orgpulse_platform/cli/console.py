"""How commands speak: people on standard error, results and JSON documents on standard output."""

from typing import Any

import orjson
from rich.console import Console
from rich.markup import escape
from rich.panel import Panel

from orgpulse_platform.errors import OrgPulseError

people = Console(stderr=True, highlight=False)
"""Progress and explanations."""
results = Console(highlight=False)
"""What a command was asked for."""


def complain(error: OrgPulseError) -> None:
    """Say what happened and what to do."""
    text = f"{escape(error.message)}\n\n[bold]What to do:[/bold] {escape(error.guidance)}"
    people.print(Panel(text, border_style="red"))


def print_json(document: Any) -> None:
    """One JSON document on standard output and nothing else."""
    text = orjson.dumps(document, default=str, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS).decode()
    results.print(text, soft_wrap=True, markup=False)
