"""Target against actual by topic: one module a topic, each with the charts that its readers know.

A topic reads from a publication what its charts show; figures about people come from the published
indicators, so what they withhold is withheld here, with the reason in words.
"""
