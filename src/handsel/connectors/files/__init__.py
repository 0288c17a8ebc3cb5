"""An ERP without an API: each submitted order as a file in a directory that it reads."""
