"""Rights: privileges, depths, and which rows they reach. Only the access door uses it (architecture 7)."""
