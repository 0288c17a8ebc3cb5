"""Handing orders over to other systems: the queue, the worker, and a folder for each kind of connector."""
