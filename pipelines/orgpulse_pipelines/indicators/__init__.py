"""Indicators: definitions as data, their values, suppression of small numbers, explanation, scorecard."""
