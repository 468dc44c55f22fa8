"""What there is to know about the data: how fresh it is, what was refused, whose it is, what it means."""
