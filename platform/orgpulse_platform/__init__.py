"""What streams and pipelines stand on: settings, topics, keyring, broker, publisher, simulator, command line."""
