"""ICT: the programme's initiatives, services and their incidents, security, digitisation."""
