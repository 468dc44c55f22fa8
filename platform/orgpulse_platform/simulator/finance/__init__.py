"""Finance: contributions, budgets and what is spent, the development fund, risks and controls."""
