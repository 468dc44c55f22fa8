"""The simulator: a coherent organisation invented from a seed, calibrated to published figures."""
