"""What every document shares: organization, users, currencies, addresses, and prices stored on rows."""
