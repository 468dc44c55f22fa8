"""The main job in one command: from simulated source systems to the scorecard."""
