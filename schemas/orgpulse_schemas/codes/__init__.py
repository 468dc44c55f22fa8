"""Code lists that no well-kept package carries."""
