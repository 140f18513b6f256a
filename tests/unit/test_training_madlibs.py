import numpy as np
import pytest

from training.madlibs import TERMS, TermAucs, find_term, measure_madlibs


@pytest.mark.parametrize(
    ("text", "term"),
    [
        pytest.param("our Sikh neighbour sings", "sikh", id="a word"),
        pytest.param("an African American pilot", "african american", id="the longest"),
        pytest.param("the middle aged choir sang", "middle aged", id="two words"),
        pytest.param("an oldtimer sang", "", id="no part of a word"),
    ],
)
def test_term_is_found(text: str, term: str) -> None:
    assert find_term(text) == term


def test_there_are_fifty_terms() -> None:
    assert len(set(TERMS)) == 50


_TEXTS = ["our sikh", "their sikh", "our baker", "their baker"]
_LABELS = np.array([0, 1, 0, 1])


@pytest.mark.parametrize(
    ("scores", "figures"),
    [
        pytest.param([0.1, 0.9, 0.1, 0.9], (1.0, 1.0, 1.0), id="minds no identity"),
        pytest.param([0.6, 0.9, 0.1, 0.5], (1.0, 0.0, 1.0), id="its name looks rude"),
        pytest.param([0.1, 0.2, 0.3, 0.9], (1.0, 1.0, 0.0), id="its name looks kind"),
        pytest.param([0.5, 0.4, 0.1, 0.9], (0.0, 1.0, 1.0), id="mixed up inside"),
    ],
)
def test_figures_tell_what_naming_an_identity_does(
    scores: list[float], figures: tuple[float, float, float]
) -> None:
    result = measure_madlibs(_TEXTS, _LABELS, np.array(scores), 0.5)

    assert result.terms == [TermAucs("sikh", *figures)]


def test_identity_alone_is_kept_out_of_the_figures() -> None:
    texts = [*_TEXTS, "Sikh?!", "Gay."]
    scores = np.array([0.1, 0.9, 0.1, 0.9, 0.95, 0.3])

    result = measure_madlibs(texts, np.append(_LABELS, [0, 0]), scores, 0.5)

    assert result.terms == [TermAucs("sikh", 1.0, 1.0, 1.0)]
    assert (result.identity_only, result.identity_only_flagged) == (2, 0.5)


def test_mean_and_worst_are_over_terms() -> None:
    texts = [*_TEXTS, "our taoist", "their taoist"]
    scores = np.array([0.1, 0.9, 0.1, 0.9, 0.8, 0.7])

    result = measure_madlibs(texts, np.append(_LABELS, [0, 1]), scores, 0.5)

    assert result.mean("subgroup") == 0.5
    assert result.worst("subgroup").term == "taoist"
