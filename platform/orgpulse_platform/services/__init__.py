"""Long-running services of a local installation: what `orgpulse up` starts and `orgpulse down` stops."""
