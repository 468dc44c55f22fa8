"""Frameworks: scores from 0 to 100 on top of the indicators, by the methodologies of others, kept as data.

A score is computed from published figures alone, after small numbers are suppressed. It says nothing that a
reader of the publication could not compute, so it gives no suppressed figure back: such a figure is left out
of every score, also where the figures of offices are rolled up.

Scores are never averaged over places. The score of the organisation comes from the organisation's own
figure, which is a ratio of sums; where a framework asks for the offices' scores instead, each office counts
as much as its denominator.
"""
