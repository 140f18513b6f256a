"""What Perspective answers when it will not score: its words, which clients match."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from serve.errors import ApiError

_ERROR: Final = "type.googleapis.com/google.commentanalyzer.v1alpha1.Error"
_LONGEST_NAME: Final = 100
_MOST_LANGUAGES: Final = 10


class PerspectiveError(ApiError):
    """A request that Perspective would refuse as well, with what it says of it.

    ``info`` goes into the answer's ``details`` as it is.
    """

    def __init__(
        self, code: str, message: str, info: Sequence[Mapping[str, Any]] = ()
    ) -> None:
        super().__init__(400, code, message)
        self.info = tuple(info)


def empty_comment() -> PerspectiveError:
    """Return the error for a comment without words."""
    return _refusal("COMMENT_EMPTY", "Comment must be non-empty.")


def long_comment() -> PerspectiveError:
    """Return the error for a comment of more than 20,480 bytes."""
    return _refusal("COMMENT_TOO_LONG", "Comment text too long.")


def other_text_type() -> PerspectiveError:
    """Return the error for a comment that is said not to be plain text."""
    return _invalid("Currently, only 'PLAIN_TEXT' comments are supported")


def no_attributes() -> PerspectiveError:
    """Return the error for a request that asks for nothing."""
    return _refusal("NO_REQUESTED_ATTRIBUTES", "Missing requested_attributes")


def no_scores() -> PerspectiveError:
    """Return the error for a suggestion that suggests nothing."""
    return _invalid("Missing attribute_scores")


def unknown_attribute(name: str) -> PerspectiveError:
    """Return the error for an attribute that we do not judge."""
    return _invalid(f"Unknown requested attribute: {_shown(name)}")


def other_score_type(name: str, score_type: str) -> PerspectiveError:
    """Return the error for a score that is not to be a probability."""
    return _invalid(
        f"Requested score type {_shown(score_type)} is not supported by attribute "
        f"{_shown(name)}"
    )


def two_contexts() -> PerspectiveError:
    """Return the error for a context that is given both ways."""
    return _invalid(
        "Context can have either entries or article_and_parent_comment, but both "
        "fields were populated."
    )


def long_answer(most: int) -> PerspectiveError:
    """Return the error for more scores of spans than one answer may hold."""
    return _invalid(
        f"The answer would hold more than {most:,} scores; ask for fewer attributes, "
        "or without spanAnnotations, or send fewer comments at once"
    )


def undetected_language() -> PerspectiveError:
    """Return the error for a text without a letter of any language."""
    return _refusal("LANGUAGE_DETECTION_FAILED", "Unable to detect language")


def other_language(
    name: str, languages: Sequence[str], *, is_detected: bool
) -> PerspectiveError:
    """Return the error for languages that the model does not know."""
    shown = [_shown(language) for language in languages[:_MOST_LANGUAGES]]
    whose = "detectedLanguages" if is_detected else "requestedLanguages"
    return _refusal(
        "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
        f"Attribute {_shown(name)} does not support request languages: "
        f"{', '.join(shown)}",
        {
            "languageNotSupportedByAttributeError": {
                whose: shown,
                "attribute": _shown(name),
            }
        },
    )


def bad_value(field: str, what: str) -> PerspectiveError:
    """Return the error for a field whose value cannot be what it is."""
    return PerspectiveError("invalid_request", f"Invalid value at '{field}': {what}")


def unreadable(why: str) -> PerspectiveError:
    """Return the error for a body that is no JSON, or no request."""
    return PerspectiveError(
        "invalid_json", f"Invalid JSON payload received. {why[:1].upper()}{why[1:]}"
    )


def _invalid(message: str) -> PerspectiveError:
    return _refusal("INVALID_REQUEST", message)


def _refusal(
    error_type: str, message: str, more: Mapping[str, Any] | None = None
) -> PerspectiveError:
    info = {"@type": _ERROR, "errorType": error_type, **(more or {})}
    return PerspectiveError(error_type.lower(), message, [info])


def _shown(name: str) -> str:
    """Return a client's word, so short that no answer repeats a body at length."""
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"
