"""ICT: the transformation programme's initiatives, services, changes, security, digitisation."""
