"""Questions run: pages of rows, expands, cursors between pages, and what changed since."""
