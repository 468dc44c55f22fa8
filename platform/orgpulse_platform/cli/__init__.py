"""The command line, put together from the commands that each room contributes."""
