"""The compiled scorer gives the scores of the plain one, whatever the text."""

import random
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from labels.comments import Comment
from labels.labelled import LabelledComment
from model.artefact import load_artefact
from model.kernel.hashing import code_points, hash_of
from model.ngram_keys import MOST_IN_A_BUCKET, in_buckets
from model.scorer import Scorer

# It is compiled, so it has no types that a checker knows.
_hash_of: Any = hash_of

# How far scores may lie apart: sums are taken in another order.
_ATOL = 1e-9

_ODD = [
    "",
    " \n\t\x0b\x1c\x85\u00a0\u3000",
    "\x00 \x1f \x7f",
    "\ud800 alone \udfff",
    "İstanbul ŉ ǅ ﬀ ẞ K Å",
    "👩\u200d👩\u200d👧 😍😍😍 😍 🇨🇦🇨 ❤️",
    "idiоt idiot\u0336 𝕚𝕕𝕚𝕠𝕥 ⓘⓓⓘⓞⓣ i\u200bdiot Привет ΟΔΥΣΣΕΥΣ",
    "you 1d10t, sh*t $hit a$$ @ss f.o.o.l d-u-n-c-e i d i o t s t u p i d",
    "sooooo stuuuuupid!!! xxx www iii 3ddd dddd3 looooovelyyyy",
    "youareanidiot whatacompletelystupididea stupdi iditos thier hte",
    "well-known f-ing self-made-man a-b-c-d-e U.S.A. e.g. end.next",
    "@ann @b_c: http://example.org/x, www.example.org, ann@example.org, u/ann 1.2.3.4",
    "@@x @ $@ann !@ann .@ann a@b http:// https://@ www. hhttp://x",
    "<user> <url> <b>bold</b> <<group>> <isis> isis's ISIS al-qaeda al_qaeda",
    "He said \"you are an idiot. Really? Yes!\" and 'left, it's true' \"unclosed",
    "One two three four. Five six seven eight? Nine ten!\n\nEleven twelve, a b c d.",
    "right? agree ? you are stupid and you are wrong, why not ? because. no",
    "> You all lie here.\nNo, we do not. > nor this",
    "“Not an idiot” — ‘no’ … «oui» it`s it´s itʼs",
    "ab" * 300,
    "a" * 5_000,
    "ha " * 3_000,
    "😀" * 700,
    "".join(map(chr, range(0x20, 0x2FF))),
    "".join(chr(code) + " " for code in range(0x300, 0x3000, 7)),
    "".join(chr(code) for code in range(0x1F000, 0x1FAFF, 3)),
    "".join(chr(code) for code in range(0, 0x110000, 997)),
    "🇺🇸 to 🇮🇱🇵🇸 and 🇺 a 🇸\u200b🇺",
    "🅰 🅱🅾 a🅰 ℹ\ufe0f 𝐡𝐞 𝐡",
    "1.2.3 and 10.20.30.40, WP:V a:b:c:d:e, fe80:1:2:3:4:5 a::b 1:2:3:4:",
]


@pytest.fixture(scope="session")
def plain(artefact: Path) -> Scorer:
    """The same model, scored by Python and NumPy."""
    return Scorer(load_artefact(artefact), is_compiled=False)


def _are_equal(scorer: Scorer, plain: Scorer, comments: list[Comment | str]) -> None:
    found, expected = scorer.score_arrays(comments), plain.score_arrays(comments)
    np.testing.assert_allclose(found.scores, expected.scores, rtol=0, atol=_ATOL)
    assert found.is_obfuscated.tolist() == expected.is_obfuscated.tolist()
    assert found.actions.tolist() == expected.actions.tolist()


@pytest.mark.parametrize("text", _ODD, ids=range(len(_ODD)))
def test_odd_texts_score_the_same(scorer: Scorer, plain: Scorer, text: str) -> None:
    _are_equal(scorer, plain, [text])


def test_our_comments_score_the_same(
    scorer: Scorer, plain: Scorer, few_labelled: list[LabelledComment]
) -> None:
    _are_equal(scorer, plain, [row.comment for row in few_labelled[::8]])


def test_comments_with_slips_of_every_kind_score_the_same(
    scorer: Scorer, plain: Scorer, few_labelled: list[LabelledComment]
) -> None:
    rng = random.Random(5)  # noqa: S311 - no secret
    inserts = ["*", "@", "$", "1", "!", "?", ".", "-", "'", '"', "<", ">", " ", "\n"]
    inserts += ["é", "о", "\u0301", "\u200b", "😀", "ß", "İ", "٣", "क", "#", "_", "/"]
    texts: list[Comment | str] = []
    for row in few_labelled[3::12]:
        letters = list(row.comment.text[:300])
        for _ in range(rng.randrange(1, 12)):
            place = rng.randrange(len(letters) + 1)
            letters[place : place + rng.randrange(2)] = rng.choices(inserts, k=1)
        texts.append("".join(letters))
    _are_equal(scorer, plain, texts)


@settings(deadline=None, max_examples=300)
@given(
    st.lists(
        st.one_of(
            st.text(st.characters(), max_size=40),
            st.text("ab1!@$*.-' \"\n", max_size=40),
            st.sampled_from(["you", "idiot", "not", "said", "<user>", "u/", "?!", "."]),
        ),
        max_size=12,
    ).map(" ".join)
)
@example("a.b c@d")
def test_any_text_scores_the_same(scorer: Scorer, plain: Scorer, text: str) -> None:
    _are_equal(scorer, plain, [text])


def test_every_assigned_character_scores_the_same(
    scorer: Scorer, plain: Scorer
) -> None:
    assigned = [
        chr(code)
        for code in range(0x80, 0x110000, 11)
        if unicodedata.category(chr(code)) not in ("Cn", "Co", "Cs")
    ]
    texts: list[Comment | str] = [
        f"you {''.join(assigned[first : first + 40])} idiot x{assigned[first]}y"
        for first in range(0, len(assigned), 40)
    ]
    _are_equal(scorer, plain, texts)


def test_what_a_comment_quotes_or_answers_counts_the_same(
    scorer: Scorer, plain: Scorer
) -> None:
    parent = "Shut up, you clown, go home now."
    _are_equal(
        scorer,
        plain,
        [
            Comment("1", f"{parent}\nWell said, thank you.", parent_text=parent),
            Comment("2", "You clown. Well said.", quotations=((0, 10),)),
            Comment("3", "> you utter clown\nno need for that"),
        ],
    )


def test_order_and_neighbours_change_no_score(
    scorer: Scorer, few_labelled: list[LabelledComment]
) -> None:
    texts = [row.comment.text for row in few_labelled[:700]]
    together = scorer.score_arrays(texts).scores
    alone = [scorer.score_arrays([text]).scores[0] for text in texts]
    np.testing.assert_array_equal(together, np.array(alone))


def test_threads_score_at_once(
    scorer: Scorer, few_labelled: list[LabelledComment]
) -> None:
    texts = [row.comment.text for row in few_labelled[:1_500]]
    expected = scorer.score_arrays(texts).scores
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: scorer.score_arrays(texts).scores, range(4)))
    assert all((one == expected).all() for one in found)


def test_a_huge_text_is_scored_whole(scorer: Scorer, plain: Scorer) -> None:
    _are_equal(scorer, plain, ["You are kind. " * 2_000 + "you idiot", "x" * 50_000])


def test_texts_that_grow_when_they_are_folded_stay_in_bounds(
    scorer: Scorer, plain: Scorer
) -> None:
    # An ellipsis becomes three marks, an emoji its name.
    _are_equal(scorer, plain, ["…" * 15_000, "…" * 15_000, "😀" * 900, "😀a" * 900])


def test_words_crafted_to_share_a_slot_cost_a_bounded_search(
    scorer: Scorer, plain: Scorer
) -> None:
    # The highest bits of a hash choose its slot: these crowd a 128th of a table.
    crafted: list[str] = []
    wanted, number = None, 0
    while len(crafted) < 40:
        token = f"{number:x}q"
        codes = code_points(token)
        slot = int(_hash_of(codes, 0, len(codes))) >> 57
        wanted = slot if wanted is None else wanted
        crafted += [token] if slot == wanted else []
        number += 1
    _are_equal(scorer, plain, [" ".join(crafted), " ".join(reversed(crafted))])


def test_a_table_whose_keys_fall_into_one_bucket_is_refused() -> None:
    with pytest.raises(ValueError, match="fall into one bucket"):
        in_buckets(np.zeros(MOST_IN_A_BUCKET + 1, np.uint64))


def test_without_numba_scores_are_the_same(artefact: Path, scorer: Scorer) -> None:
    text = "You utter clown, go home! But she said: well done."
    code = (
        "import sys; sys.modules['numba'] = None\n"
        "import importlib.util as util; find = util.find_spec\n"
        "util.find_spec = lambda name: None if name == 'numba' else find(name)\n"
        "from model.scorer import Scorer\n"
        f"scores = Scorer.load({str(artefact)!r}).score_arrays([{text!r}]).scores\n"
        "print(*scores[0].tolist())"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    found = [float(value) for value in run.stdout.split()]
    np.testing.assert_allclose(found, scorer.score_arrays([text]).scores[0], atol=_ATOL)
