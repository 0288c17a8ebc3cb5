"""What opportunities, quotes, orders and invoices share: columns, lines, prices, copying, closing, rules."""
