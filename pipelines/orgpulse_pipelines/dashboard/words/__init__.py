"""What the dashboard says in each language, and how it writes numbers, dates and periods there."""
