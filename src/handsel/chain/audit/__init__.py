"""What was done to which row, by whom and when, as rows and messages: the record of changes read by clients."""

UPSTREAM = ("invoice", "rights", "activities")
