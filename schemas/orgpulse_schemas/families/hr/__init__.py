"""Human resources: positions, people's careers in the organisation, appraisals, reported headcounts."""
