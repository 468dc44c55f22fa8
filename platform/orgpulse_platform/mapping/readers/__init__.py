"""Readers of exported files: one for each kind of file, all giving the same rows."""
