"""From labels to a model, and how far to trust it."""
