"""What return orders add to the schema."""
