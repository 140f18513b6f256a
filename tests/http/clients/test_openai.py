"""OpenAI's own client for Python, told to check every answer."""

from collections.abc import Callable, Iterator
from importlib.metadata import version

import openai
import pytest
from openai.types import ModerationImageURLInputParam, ModerationMultiModalInputParam

CLIENT = f"openai {version('openai')}"
POINTED = "`base_url`, or `OPENAI_BASE_URL`"

Expected = Callable[[str, str], float]

TEXT = "What a silly answer, you clown."
IMAGE: ModerationImageURLInputParam = {
    "type": "image_url",
    "image_url": {"url": "https://example.org/a.png"},
}


@pytest.fixture
def client(gavel_url: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(
        base_url=f"{gavel_url}/v1",
        api_key="any-key",
        max_retries=0,
        _strict_response_validation=True,
    ) as client:
        yield client


def test_a_text_has_a_result(client: openai.OpenAI, expected: Expected) -> None:
    answer = client.moderations.create(input=TEXT, model="omni-moderation-latest")
    scores = answer.results[0].category_scores
    assert scores.harassment == expected(TEXT, "abuse")
    assert scores.hate == expected(TEXT, "identity_attack")
    assert scores.violence == expected(TEXT, "threat")
    assert scores.sexual == 0.0


def test_each_text_of_a_list_has_a_result(
    client: openai.OpenAI, expected: Expected
) -> None:
    texts = [TEXT, "", "Well said."]
    results = client.moderations.create(input=texts).results
    assert [result.category_scores.harassment for result in results] == [
        expected(TEXT, "abuse"),
        0.0,
        expected("Well said.", "abuse"),
    ]


def test_parts_have_one_result_in_which_no_image_was_judged(
    client: openai.OpenAI, expected: Expected
) -> None:
    parts: list[ModerationMultiModalInputParam] = [{"type": "text", "text": TEXT}]
    (result,) = client.moderations.create(input=[*parts, IMAGE]).results
    assert result.category_scores.harassment == expected(TEXT, "abuse")
    assert result.category_applied_input_types.violence == ["text"]
    assert result.category_applied_input_types.sexual == []


def test_an_image_alone_is_refused(client: openai.OpenAI) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        client.moderations.create(input=[IMAGE])
    assert caught.value.code == "image_not_supported"


def test_a_text_too_long_is_named(client: openai.OpenAI) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        client.moderations.create(input=["fine", "a" * 20_481])
    assert (caught.value.param, caught.value.type) == (
        "input[1]",
        "invalid_request_error",
    )
