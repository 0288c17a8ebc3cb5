"""The Web API under unexpected input: no 500, and every refusal in the documented shape."""
