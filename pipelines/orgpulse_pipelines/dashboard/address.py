"""Where the dashboard is served."""

from typing import Final

PORT: Final = 8800
"""Port on the loopback interface; services take another one where it is taken."""
