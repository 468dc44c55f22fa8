"""Data protection: processing activities, impact assessments, trainings, requests, breaches."""
