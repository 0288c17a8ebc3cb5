"""Why a user may do something, or may not: data about the decision that the access door itself takes (security 12).

Nothing here decides. What is missing, and which rows are in reach, is asked of the functions that refuse.
"""
