"""What streams and pipelines stand on: settings, topics, keyring, broker, publisher, command line."""
