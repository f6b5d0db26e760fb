"""How explorables draw: series of charts, and scenes that more than one of them shows."""
