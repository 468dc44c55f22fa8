"""Free text without the people in it: what names or describes a person gives way to a typed placeholder."""
