"""Marks texts of the dashboard's code for translation where they stand."""


def N_(message: str) -> str:  # noqa: N802 - the name by which gettext's tools know it
    """The message itself: it enters the catalogue here and is translated where it is shown."""
    return message
