"""Activities: tasks, phone calls and appointments, who takes part in them, and all activities in one list."""

UPSTREAM = ("party",)
