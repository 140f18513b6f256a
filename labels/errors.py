"""The errors that a person can act on; each carries one sentence for that person."""


class GavelError(Exception):
    """Anything the caller can put right; the message names the value and the remedy.

    The command line prints it as one line and exits 1; the service answers it in
    the envelope of the dialect that was called.
    """


class LabelError(GavelError):
    """A label has a value that is not 1, 0 or blank."""


class InputError(GavelError):
    """A whole file cannot be read: absent, foreign, cut off, or without a column."""


class SettingError(GavelError):
    """A setting has a value that cannot be used."""


class StoreError(GavelError):
    """The store holds something else than was asked for, or than it should."""


class StoreDownError(StoreError):
    """The store cannot be reached, read or written just now."""
