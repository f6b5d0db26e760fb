"""Interactive lessons in Dutch on the marketisation of social work."""
