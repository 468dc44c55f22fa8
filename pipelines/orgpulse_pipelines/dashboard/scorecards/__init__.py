"""Scorecards to print: one for the organisation and one for each region, on the site and as PDF."""
