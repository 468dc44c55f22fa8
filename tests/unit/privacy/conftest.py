"""The search for marked values is shared with the test that runs the whole platform."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "plugins"))
