"""From a raw record to what may leave: a protected event, or a rejected one. No Kafka, no input or output."""
