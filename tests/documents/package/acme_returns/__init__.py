"""Return orders for Handsel."""
