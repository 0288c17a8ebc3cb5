"""The business: one folder per document or table family, from lead to invoice."""
