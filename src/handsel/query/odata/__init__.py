"""$filter, $orderby, $expand, $apply and functions as text, parsed to the tree."""
