"""The compiled scorer: the same scores as ``model.reference``, many times as fast."""
