"""What an organization adds at run time: custom columns, relationships and alternate keys."""
