"""Publication: an audited copy of what analysts and leaders may see, swapped into place in one step."""
