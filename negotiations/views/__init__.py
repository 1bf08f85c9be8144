"""HTTP, one file a noun: guard, form, one call into the domain, response."""
