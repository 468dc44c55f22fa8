"""Results: frameworks and measurements, strategies, regional support to projects."""
