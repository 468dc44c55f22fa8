"""Training: completions, face-to-face sessions and attendance, feedback, focal points."""
