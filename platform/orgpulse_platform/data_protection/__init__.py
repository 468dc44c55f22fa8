"""The data-protection principles of the organisation, the controls that keep them, and the tests of these."""
