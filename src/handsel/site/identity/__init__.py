"""Authentication: clients and their access tokens, OpenID documents, tokens of other issuers (Web API 2)."""
