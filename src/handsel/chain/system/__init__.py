"""Tables that belong to no document: organization, currencies, notes, maps, roles, stored views."""
