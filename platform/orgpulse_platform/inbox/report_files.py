"""Report of a file, beside the file: JSON with every refused row, and a short text."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final

import orjson

from orgpulse_platform.inbox.account import Account
from orgpulse_platform.inbox.errors import ReportWriteError

JSON_ENDING: Final = ".report.json"
TEXT_ENDING: Final = ".report.txt"


def write_reports(folder: Path, stem: str, account: Account) -> None:
    """Write both reports, each whole or not at all; raises :class:`ReportWriteError`."""
    try:
        _write(folder, stem + JSON_ENDING, lambda file: _write_json(file, account))
        _write(folder, stem + TEXT_ENDING, lambda file: file.write(text_of(account).encode()))
    except OSError as error:
        raise ReportWriteError(f"{account.id} in {folder}: {error.strerror}") from None


def sha256_in(report: Path) -> str | None:
    """The SHA-256 of the file that a report is about; nothing if there is no such report."""
    try:
        content = orjson.loads(report.read_bytes())
    except (OSError, ValueError):
        return None
    return content.get("sha256") if isinstance(content, dict) else None


def text_of(account: Account) -> str:
    """The report in words."""
    lines = [f"SHA-256 {account.sha256 or 'unknown'}", f"{account.finished_at:%Y-%m-%d %H:%M:%S} UTC"]
    lines.append(account.summary() + ".")
    if account.problem is not None:
        lines.append(f"{account.problem.reason.value}: {account.problem.detail}")
    if account.rows is not None and account.rows.refused_rows:
        lines += ["", f"Refused rows: {account.rows.refused_rows:,}"]
        for problem, count in account.rows.problems():
            lines.append(f"  {problem.field}: {problem.reason.value}, {count:,} rows. {problem.meaning}")
        lines += ["", "Line, field and reason:"]
        for refusal in account.refused.first:
            lines += [f"  {refusal.place}  {found.field}  {found.reason.value}" for found in refusal.problems]
        hidden = account.rows.refused_rows - len(account.refused.first)
        if hidden:
            lines.append(f"  … and {hidden:,} more rows, all in the report that ends in {JSON_ENDING}")
    if account.guidance:
        lines += ["", f"What to do: {account.guidance}"]
    return "\n".join(lines) + "\n"


def _write_json(file: BinaryIO, account: Account) -> None:
    """One document whose last member is the list of refused rows, which can be longer than the memory."""
    head = orjson.dumps(account.document(), option=orjson.OPT_INDENT_2 | orjson.OPT_UTC_Z)
    file.write(head.removesuffix(b"\n}") + b',\n  "refused": [')
    separator = b"\n    "
    for row in account.refused.documents():
        file.write(separator + row)
        separator = b",\n    "
    file.write(b"\n  ]\n}\n" if separator.startswith(b",") else b"]\n}\n")


def _write(folder: Path, name: str, write: Callable[[BinaryIO], object]) -> None:
    draft = folder / f".{name}.tmp"
    try:
        with draft.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(folder / name)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
