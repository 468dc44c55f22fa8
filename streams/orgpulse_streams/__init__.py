"""The Faust application: parse, validate, protect and route every raw event."""
