"""Environmental sustainability: facility inventories, measures, project markers, offsets."""
