"""Finance: contributions, expenditure, budgets, donor reports, and figures reported to the UN system."""
