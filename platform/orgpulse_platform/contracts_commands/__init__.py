"""``orgpulse contracts``: what contracts say, in which languages, and whether they keep it."""
