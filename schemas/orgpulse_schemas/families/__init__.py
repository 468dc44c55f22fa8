"""One module a family; a contract is one class in the module of its family."""
