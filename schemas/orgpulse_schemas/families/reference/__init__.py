"""Reference data, slowly changing: offices, projects, courses and facilities."""
