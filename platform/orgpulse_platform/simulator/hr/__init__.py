"""Human resources: careers, positions, the performance cycle, the roster and the talent programmes."""
