"""Training: e-learning, sessions, feedback, and the prevention of sexual exploitation and abuse."""
