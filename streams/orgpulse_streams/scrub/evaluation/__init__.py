"""How well the scrubber finds what people marked in a labelled set."""
