"""What would happen to the events of a file, told before anything is published; no broker is needed."""
