"""The Web API under input that nobody thought of: no 500, and every refusal in the documented shape."""
