"""Code lists: what the lists are that contracts share, and the codes that no well-kept package carries."""
