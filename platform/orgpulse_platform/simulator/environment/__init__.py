"""Environment: facilities and their footprint, markers of projects, offsets, milestones."""
