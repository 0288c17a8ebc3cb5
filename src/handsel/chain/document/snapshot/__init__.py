"""A document as plain frozen data: header, lines, totals, history."""
