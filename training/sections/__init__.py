"""The sections of the report on a model: one module measures what one section says."""
