"""Reads a comment as ``model.reader`` does, where nothing in it is hidden.

Most comments need no more than lower case, placeholders for names and addresses, and
a look at each token. Whatever might need more is left to Python: the tests here are
one-sided, so that what is read here is read as the reference reads it.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.kernel.characters import (
    EMOJI,
    HARD,
    IS_ALNUM,
    KIND,
    LATIN,
    PLACE,
    SILENT,
    SPACE,
    WORD,
    Characters,
)
from model.kernel.compiling import compiled
from model.kernel.hashing import StringTable, find_string
from model.kernel.memo import (
    CUT,
    LONGEST,
    MEANING,
    SAFE,
    SPELT,
    UNKNOWN,
    Memo,
    recall,
)
from model.kernel.phrase_trie import PhraseTrie, longest_phrase
from model.kernel.scratch import WORD as WORD_ROOM
from model.kernel.spelling import (
    HIDDEN,
    ORDINARY,
    flags_of,
    is_only_stressed,
    means_itself,
)

# What became of a comment.
READ: Final = 0
ASKED: Final = 1
"""Something must be asked of Python first."""
LEFT: Final = 2
"""Python must read it."""

CHARACTER: Final = 9
"""A question beside those of ``model.kernel.memo``: what becomes of a character."""

MOST_ASKED: Final = 16
"""More questions than that of one comment wait for the next turn."""


class Words(NamedTuple):
    """What is known of words.

    Attributes:
        strings: every string that is looked up.
        flags: of each string, as ``model.kernel.spelling`` names them, uint8.
        costs: of each string as a piece of glued words, in nats.
        references: names by which kind they are.
        placeholders: what stands for each kind, as ids of strings, int32.
    """

    strings: StringTable
    flags: NDArray[np.uint8]
    costs: NDArray[np.float64]
    references: PhraseTrie
    placeholders: NDArray[np.int32]


class Asked(NamedTuple):
    """Questions to Python.

    Attributes:
        questions: one of ``memo`` or ``CHARACTER``, uint8.
        sizes: of the token each is about.
        texts: its code points, shape (questions, LONGEST).
        count: how many there are, in an array of one.
    """

    questions: NDArray[np.uint8]
    sizes: NDArray[np.int64]
    texts: NDArray[np.uint32]
    count: NDArray[np.int64]


def no_questions(comments: int) -> Asked:
    """Return room for the questions of so many comments."""
    room = comments * MOST_ASKED
    return Asked(
        np.zeros(room, np.uint8),
        np.zeros(room, np.int64),
        np.zeros((room, LONGEST), np.uint32),
        np.zeros(1, np.int64),
    )


def _table(members: str) -> NDArray[np.bool_]:
    table = np.zeros(128, np.bool_)
    for member in members:
        table[ord(member)] = True
    return table


_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_DIGITS: Final = "0123456789"
# As in model/respell.py, less the signs above ASCII: cent, pound, euro, inverted !.
_TOKEN: Final = _table(_LETTERS + _DIGITS + "@$!*#%&|+^")
_LEET: Final = _table(_LETTERS + _DIGITS + "@$!|+")
_CORE: Final = _table(_LETTERS + _DIGITS + "@$")
_SIGN: Final = _table(_DIGITS + "@$!|+")
_SIGNS_ABOVE: Final = (0xA1, 0xA2, 0xA3, 0x20AC)
# As in model/rejoin.py.
_GAP: Final = _table(" \t.-_*/|~+,=^")
_GAPS_ABOVE: Final = (0xB7, 0x2022)
_LONGEST_GAP: Final = 5
_FEWEST_APART: Final = 3

_AT, _COLON, _SLASH, _DOT, _LESS = (ord(one) for one in "@:/.<")
_STAR, _BANG, _QUOTE, _UNDERSCORE, _DASH = (ord(one) for one in "*!'_-")
_BACKTICK, _PLUS, _DOLLAR, _BAR = (ord(one) for one in "`+$|")
_A, _Z, _CAPITAL_A, _CAPITAL_Z = (ord(one) for one in "azAZ")
_S, _U, _CAPITAL_TO_SMALL = ord("s"), ord("u"), ord("a") - ord("A")
_ZERO, _NINE, _ONE = (ord(one) for one in "091")
_ASCII: Final = 128
_FEWEST_DOTS: Final = 3
_FEWEST_COLONS: Final = 4
_LONGEST_CUT: Final = 12
_MOST_MARKS: Final = 4
_MOST_CUTS: Final = 3
_LONGEST_HANDLE: Final = 61
_HTTP: Final = np.array([ord(one) for one in "http"], np.uint32)
_USER: Final = np.array([ord(one) for one in "<user>"], np.uint32)
_URL: Final = np.array([ord(one) for one in "<url>"], np.uint32)
_POSSESSIVE: Final = 2


@compiled
def _is_small(code_point):  # type: ignore[no-untyped-def]
    return _A <= code_point <= _Z


@compiled
def _is_letter(code_point):  # type: ignore[no-untyped-def]
    return _A <= code_point <= _Z or _CAPITAL_A <= code_point <= _CAPITAL_Z


@compiled
def _is_digit(code_point):  # type: ignore[no-untyped-def]
    return _ZERO <= code_point <= _NINE


@compiled
def _is_in(table, above, code_point):  # type: ignore[no-untyped-def]
    if code_point < _ASCII:
        return table[code_point]
    for one in above:
        if code_point == one:
            return True
    return False


@compiled
def _ask(asked, question, text, begin, end, first):  # type: ignore[no-untyped-def]
    """Note a question; ``first`` is how many there were before this comment."""
    count = asked.count[0]
    if count - first >= MOST_ASKED or end - begin > LONGEST:
        return
    asked.questions[count] = question
    asked.sizes[count] = end - begin
    for at in range(end - begin):
        asked.texts[count, at] = text[begin + at]
    asked.count[0] = count + 1


@compiled
def _put(out, size, text):  # type: ignore[no-untyped-def]
    for one in text:
        out[size] = one
        size += 1
    return size


@compiled
def _url_end(raw, at, end, states):  # type: ignore[no-untyped-def]
    """Return where a web address that begins here ends, -1 if none does."""
    first = -1
    if raw[at] == ord("h") and at + 7 < end:  # noqa: PLR2004 - http://x
        same = True
        for place in range(4):
            same = same and raw[at + place] == _HTTP[place]
        colon = at + 5 if raw[at + 4] == _S else at + 4
        if same and colon + 2 < end and raw[colon] == _COLON:
            if raw[colon + 1] == _SLASH and raw[colon + 2] == _SLASH:
                first = colon + 3
    elif raw[at] == ord("w") and at + 4 < end:  # noqa: PLR2004 - www.x
        if raw[at + 1] == raw[at] and raw[at + 2] == raw[at] and raw[at + 3] == _DOT:
            first = at + 4
    if first < 0 or first >= end or states[raw[first]] & SPACE:
        return -1
    while first < end and not states[raw[first]] & SPACE:
        first += 1
    return first


@compiled
def _handle_end(raw, at, begin, end, states):  # type: ignore[no-untyped-def]
    """Return where the handle at an @ ends; 0 if the @ is none's, -1 if in doubt."""
    before = raw[at - 1] if at > begin else np.uint32(32)
    is_word = at + 1 < end and states[raw[at + 1]] & WORD
    if before == _AT:
        return 0
    if states[before] & WORD or before in (_DOT, _PLUS, _DASH):
        # An e-mail address, or a sign among letters.
        may_go_on = is_word or (at + 1 < end and raw[at + 1] == _DASH)
        return -1 if may_go_on else 0
    if not is_word:
        return 0
    if before in (_DOLLAR, _BANG, _BAR):
        return -1
    last = at + 2
    while last < end and last - at < _LONGEST_HANDLE + 1:
        if not (states[raw[last]] & WORD or raw[last] == _DOT):
            break
        last += 1
    return last


@compiled
def _spells_hidden(words, scratch, raw, begin, end):  # type: ignore[no-untyped-def]
    """Tell whether a handle, its @ an a, may spell a hidden word."""
    size = end - begin
    if size > WORD_ROOM:
        return True
    letters = scratch.letters
    spelt = scratch.others
    ones = 0
    for at in range(size):
        one = raw[begin + at]
        if _CAPITAL_A <= one <= _CAPITAL_Z:
            one += np.uint32(_CAPITAL_TO_SMALL)
        if one == _AT:
            one = np.uint32(_A)
        elif _is_digit(one):
            # 0 o, 2 z, 3 e, 4 a, 5 s, 6 g, 7 t, 8 b, 9 g; 1 is left open.
            if one == _ONE:
                ones += 1
            else:
                one = np.uint32(_READ_DIGITS[one - _ZERO])
        elif not _is_small(one):
            return False
        letters[at] = one
    if ones > _MOST_OPEN:
        return True
    for choice in range(1 << ones):
        bit = 0
        for at in range(size):
            spelt[at] = letters[at]
            if spelt[at] == _ONE:
                spelt[at] = ord("i") if (choice >> bit) & 1 else ord("l")
                bit += 1
        if flags_of(words.strings, words.flags, spelt, 0, size) & HIDDEN:
            return True
    return False


_READ_DIGITS: Final = np.array([ord(one) for one in "o?zeasgtbg"], np.uint32)
_MOST_OPEN: Final = 4


@compiled
def _find_placeholders(raw, begin, end, states, words, scratch):  # type: ignore[no-untyped-def]
    """Fill the spans of addresses and handles; return how many, -1 if in doubt.

    The spans are rows of begin, end, and 1 for a handle.
    """
    spans = scratch.found
    count = 0
    dots = 0
    colons = 0
    blank = begin
    at = begin
    while at < end:
        one = raw[at]
        if states[one] & SPACE:
            blank = at + 1
            at += 1
            continue
        last = -1
        is_handle = 0
        if one == ord("h") or one == ord("w"):
            last = _url_end(raw, at, end, states)
            if last > 0:
                for place in range(blank, last):
                    if raw[place] == _AT:
                        return -1
                is_handle = 0
        elif one == _AT:
            last = _handle_end(raw, at, begin, end, states)
            if last < 0:
                return -1
            if last > 0 and _spells_hidden(words, scratch, raw, at, last):
                return -1
            is_handle = 1
        elif one == _SLASH:
            if at > begin and raw[at - 1] == _U:
                before = raw[at - 2] if at - 1 > begin else np.uint32(32)
                if not states[before] & WORD and at + 1 < end:
                    if states[raw[at + 1]] & WORD or raw[at + 1] == _DASH:
                        return -1
        elif one == _DOT:
            if begin < at < end - 1:
                after = raw[at + 1]
                before = raw[at - 1]
                if (_is_digit(before) or before >= _ASCII) and (
                    _is_digit(after) or after >= _ASCII
                ):
                    dots += 1
                    if dots >= _FEWEST_DOTS:
                        return -1
        elif one == _COLON and at > begin and states[raw[at - 1]] & WORD:
            colons += 1
            if colons >= _FEWEST_COLONS:
                return -1
        if last > 0:
            if count == len(spans):
                return -1
            spans[count, 0] = at
            spans[count, 1] = last
            spans[count, 2] = is_handle
            count += 1
            at = last
        else:
            at += 1
    return count


@compiled
def _is_in_leet(raw, begin, end, words, memo, scratch, asked, first, count):  # type: ignore[no-untyped-def]
    """Tell whether digits or symbols may hide a word: 0 no, 1 not known yet, 2 yes."""
    is_signed = False
    for at in range(begin, end - 1):
        one, other = raw[at], raw[at + 1]
        if one < _ASCII and other < _ASCII:
            if (_is_letter(one) and _SIGN[other]) or (_SIGN[one] and _is_letter(other)):
                is_signed = True
                break
    if not is_signed:
        return 0
    spans = scratch.found
    token = scratch.leet
    found = 0
    place = 0
    at = begin
    while at < end:
        while place < count and spans[place, 1] <= at:
            place += 1
        if place < count and spans[place, 0] <= at and not spans[place, 2]:
            at = spans[place, 1]
            continue
        size = 0
        letters = 0
        others = 0
        last = at
        while last < end and not (
            place < count and spans[place, 0] == last and not spans[place, 2]
        ):
            one = raw[last]
            if _CAPITAL_A <= one <= _CAPITAL_Z:
                one += np.uint32(_CAPITAL_TO_SMALL)
            if not _is_in(_LEET, _SIGNS_ABOVE, one):
                break
            if size <= LONGEST:
                token[size] = one
            if _is_small(one):
                letters += 1
            elif one == _AT:
                letters += 1
                others += 1
            else:
                others += 1
            size += 1
            last += 1
        if last == at:
            at += 1
            continue
        at = last
        if letters == 0 or others == 0:
            continue
        if size > LONGEST:
            return 2
        if _is_handle_token(token, size) or _is_shout(words, scratch, token, size):
            continue
        answer = recall(memo, SPELT, token, 0, size)
        if answer == UNKNOWN:
            _ask(asked, SPELT, token, 0, size, first)
            found = 1
        elif answer != SAFE:
            return 2
    return found


@compiled
def _is_handle_token(token, size):  # type: ignore[no-untyped-def]
    if token[0] != _AT or size == 1:
        return False
    for at in range(1, size):
        if not (_is_small(token[at]) or _is_digit(token[at])):
            return False
    return True


@compiled
def _is_shout(words, scratch, token, size):  # type: ignore[no-untyped-def]
    """Tell whether a token is a plain word with nothing but ! after it."""
    core = 0
    while core < size and _is_small(token[core]):
        core += 1
    for at in range(core, size):
        if token[at] != _BANG:
            return False
    return core > 0 and is_only_stressed(
        words.strings, words.flags, scratch, token, 0, core)


@compiled
def _knows_characters(raw, begin, end, characters, asked, first):  # type: ignore[no-untyped-def]
    """Tell whether all characters are known: 0 yes, 1 must ask, 2 one is hard."""
    found = 0
    for at in range(begin, end):
        if raw[at] >= _ASCII:
            kind = characters.states[raw[at]] & np.uint32(KIND)
            if kind == HARD:
                asked.count[0] = first
                return 2
            if kind == 0:
                _ask(asked, CHARACTER, raw, at, at + 1, first)
                found = 1
    return found


@compiled
def _fold(raw, begin, end, characters, spans, count, out, at_out):  # type: ignore[no-untyped-def]
    """Write the folded text; return its end, or -1 if in doubt."""
    size = at_out
    place = 0
    previous = np.uint32(0)
    at = begin
    room = len(out)
    while at < end:
        if size + 8 > room:
            return -1
        if place < count and spans[place, 0] == at:
            size = _put(out, size, _USER) if spans[place, 2] else _put(out, size, _URL)
            at = spans[place, 1]
            place += 1
            previous = np.uint32(0)
            continue
        one = raw[at]
        if one < _ASCII:
            if _CAPITAL_A <= one <= _CAPITAL_Z:
                out[size] = one + np.uint32(_CAPITAL_TO_SMALL)
            elif one == _BACKTICK:
                out[size] = _QUOTE
            else:
                out[size] = one
            size += 1
            previous = one
            at += 1
            continue
        state = characters.states[one]
        kind = state & np.uint32(KIND)
        if kind == SILENT:
            if at > begin and at + 1 < end:
                is_between = (
                    characters.states[raw[at - 1]] & np.uint32(LATIN)
                    and characters.states[raw[at + 1]] & np.uint32(LATIN)
                )
                if is_between:
                    return -1
        elif kind != EMOJI or previous != one:
            pool = np.int64(state >> np.uint32(PLACE))
            length = np.int64(characters.pool[pool])
            if size + length + 8 > room:
                return -1
            for step in range(length):
                out[size] = characters.pool[pool + 1 + step]
                size += 1
        if kind != SILENT:
            previous = one
        at += 1
    return size


@compiled
def _is_alnum(classes, code_point):  # type: ignore[no-untyped-def]
    return classes[code_point] & IS_ALNUM != 0


@compiled
def _is_plain(text, begin, end, classes, words, memo, scratch, asked, first):  # type: ignore[no-untyped-def]
    """Tell whether a folded text means what it says: 0 yes, 1 must ask, 2 doubtful."""
    apart = 0
    last_apart = begin
    for at in range(begin, end):
        one = text[at]
        small = _is_small(one)
        if small and at + 2 < end and text[at + 1] == one and text[at + 2] == one:
            return 2
        if one < _ASCII and _CORE[one]:
            before_ok = at == begin or not _is_alnum(classes, text[at - 1])
            after_ok = at + 1 == end or not (
                _is_alnum(classes, text[at + 1])
                or text[at + 1] == _AT
                or text[at + 1] == _DOLLAR
            )
            if before_ok and after_ok:
                gap = at - last_apart - 1
                is_near = apart > 0 and 0 < gap <= _LONGEST_GAP
                if is_near:
                    for place in range(last_apart + 1, at):
                        is_near = is_near and _is_in(_GAP, _GAPS_ABOVE, text[place])
                if is_near:
                    apart += 1
                else:
                    apart = 1 if small else 0
                last_apart = at
                if apart >= _FEWEST_APART:
                    return 2
    found = _has_no_cut(text, begin, end, classes, words, memo, scratch, asked, first)
    if found == 2:
        return 2
    tokens = _has_no_disguise(text, begin, end, words, memo, scratch, asked, first)
    return max(found, tokens)


@compiled
def _has_no_cut(text, begin, end, classes, words, memo, scratch, asked, first):  # type: ignore[no-untyped-def]
    """Look at words with marks inside, such as hyphens; results as ``_is_plain``."""
    found = 0
    at = begin
    while at < end:
        if not _is_alnum(classes, text[at]):
            at += 1
            continue
        start = at
        pieces = 0
        fits = True
        is_ordinary = True
        while True:
            piece = at
            while at < end and _is_small(text[at]):
                at += 1
            if at == piece:
                break
            pieces += 1
            fits = fits and at - piece <= _LONGEST_CUT
            is_ordinary = (
                is_ordinary
                and at - piece > 1
                and flags_of(words.strings, words.flags, text, piece, at) & ORDINARY
                != 0
            )
            marks = at
            while marks < end and (
                text[marks] == _DASH or text[marks] == _DOT or text[marks] == _UNDERSCORE
            ):
                marks += 1
            if not 0 < marks - at <= _MOST_MARKS:
                break
            if marks == end or not _is_small(text[marks]):
                break
            at = marks
        ends_in_alnum = at < end and _is_alnum(classes, text[at])
        while at < end and _is_alnum(classes, text[at]):
            at += 1
        if pieces < 2 or is_ordinary:  # noqa: PLR2004 - a mark stands between two
            continue
        if pieces > _MOST_CUTS or ends_in_alnum or not fits:
            return 2
        answer = recall(memo, CUT, text, start, at)
        if answer == UNKNOWN:
            _ask(asked, CUT, text, start, at, first)
            found = 1
        elif answer != SAFE:
            return 2
    return found


@compiled
def _has_no_disguise(text, begin, end, words, memo, scratch, asked, first):  # type: ignore[no-untyped-def]
    """Look at each token; results as ``_is_plain``."""
    found = 0
    at = begin
    while at < end:
        if not _is_in(_TOKEN, _SIGNS_ABOVE, text[at]):
            at += 1
            continue
        start = at
        core_first = -1
        core_last = -1
        shows = False
        while at < end and _is_in(_TOKEN, _SIGNS_ABOVE, text[at]):
            one = text[at]
            if one < _ASCII and _CORE[one]:
                if core_first < 0:
                    core_first = at
                core_last = at
                shows = shows or _is_small(one) or one == _AT
            at += 1
        if not shows:
            continue
        core_last += 1
        is_word = True
        for place in range(core_first, core_last):
            is_word = is_word and _is_small(text[place])
        if not is_word and core_last - core_first == 1:
            continue
        if is_word:
            flags = flags_of(words.strings, words.flags, text, core_first, core_last)
            if flags & ORDINARY and (core_last == at or text[core_last] != _STAR):
                continue
            if not flags & ORDINARY and core_first == start:
                is_stressed = True
                for place in range(core_last, at):
                    is_stressed = is_stressed and text[place] == _BANG
                if (
                    is_stressed
                    and (
                        core_last == at
                        or is_only_stressed(
                            words.strings,
                            words.flags,
                            scratch,
                            text,
                            core_first,
                            core_last,
                        )
                    )
                    and means_itself(
                        words.strings,
                        words.flags,
                        words.costs,
                        scratch,
                        text,
                        core_first,
                        core_last,
                    )
                ):
                    continue
        answer = recall(memo, MEANING, text, start, at)
        if answer == UNKNOWN:
            _ask(asked, MEANING, text, start, at, first)
            found = 1
        elif answer != SAFE:
            return 2
    return found


@compiled
def word_end(text, at, end, classes):  # type: ignore[no-untyped-def]
    """Return where the word, placeholder or shout that begins here ends; else ``at``.

    As the pattern of ``model.views``: ``<\\w+>``, letters and digits with inner
    apostrophes, or a run of exclamation and question marks.
    """
    one = text[at]
    if one == _LESS:
        last = at + 1
        while last < end and (
            _is_alnum(classes, text[last]) or text[last] == _UNDERSCORE
        ):
            last += 1
        if last > at + 1 and last < end and text[last] == _GREATER:
            return last + 1
        return at
    if one == _BANG or one == _QUESTION:
        last = at + 1
        while last < end and (text[last] == _BANG or text[last] == _QUESTION):
            last += 1
        return last
    last = at
    while last < end and _is_alnum(classes, text[last]):
        last += 1
    if last == at:
        return at
    while (
        last + 1 < end and text[last] == _QUOTE and _is_alnum(classes, text[last + 1])
    ):
        last += 2
        while last < end and _is_alnum(classes, text[last]):
            last += 1
    return last


_GREATER: Final = ord(">")
_QUESTION: Final = ord("?")


@compiled
def _type_names(text, begin, end, classes, words, places, out, at_out):  # type: ignore[no-untyped-def]
    """Write the text with names of the gazetteer by their kind; return its end, or -1.

    ``places`` has room for three rows of as many words as the text may have.
    """
    count = 0
    at = begin
    while at < end:
        last = word_end(text, at, end, classes)
        if last == at:
            at += 1
            continue
        places[0, count] = at
        places[1, count] = last
        stop = last
        if (
            last - at > _POSSESSIVE
            and text[last - 1] == _S
            and text[last - 2] == _QUOTE
        ):
            stop = last - _POSSESSIVE
        places[2, count] = stop
        places[3, count] = find_string(words.strings, text, at, stop)
        count += 1
        at = last
    size = at_out
    kept = begin
    place = 0
    room = len(out)
    while place < count:
        last_word, kind = longest_phrase(
            words.references,
            words.strings,
            text,
            places[0],
            places[2],
            places[3],
            place,
            count,
        )
        if last_word < 0:
            place += 1
            continue
        if size + (places[0, place] - kept) + LONGEST > room:
            return -1
        for step in range(kept, places[0, place]):
            out[size] = text[step]
            size += 1
        name = words.placeholders[kind]
        for step in range(words.strings.offsets[name], words.strings.offsets[name + 1]):
            out[size] = words.strings.pool[step]
            size += 1
        kept = places[1, last_word - 1]
        place = last_word
    if size + (end - kept) > room:
        return -1
    for step in range(kept, end):
        out[size] = text[step]
        size += 1
    return size


@compiled
def read_all(raw, offsets, todo, characters, words, memo, scratch, asked, out, spans, states):  # type: ignore[no-untyped-def]
    """Read the comments ``todo``; ``spans`` gets where each one's text lies in ``out``.

    ``states`` gets ``READ``, ``ASKED`` or ``LEFT`` for each.
    """
    size = 0
    for comment in todo:
        begin, end = offsets[comment], offsets[comment + 1]
        first = asked.count[0]
        stop = _read(raw, begin, end, characters, words, memo, scratch, asked, first, out, size)
        if stop == _DOUBTFUL:
            asked.count[0] = first
            states[comment] = LEFT
        elif stop == _UNSETTLED:
            states[comment] = ASKED
        else:
            spans[comment, 0] = size
            spans[comment, 1] = stop
            states[comment] = READ
            size = stop


@compiled
def _read(raw, begin, end, characters, words, memo, scratch, asked, first, out, size):  # type: ignore[no-untyped-def]
    """Write one comment's text; return its end, ``_DOUBTFUL`` or ``_UNSETTLED``."""
    known = _knows_characters(raw, begin, end, characters, asked, first)
    if known:
        return _DOUBTFUL if known == _YES else _UNSETTLED
    count = _find_placeholders(
        raw, begin, end, characters.states, words, scratch
    )
    if count < 0:
        return _DOUBTFUL
    leet = _is_in_leet(raw, begin, end, words, memo, scratch, asked, first, count)
    if leet == _YES:
        return _DOUBTFUL
    folded = scratch.folded
    last = _fold(raw, begin, end, characters, scratch.found, count, folded, 0)
    if last < 0:
        return _DOUBTFUL
    plain = _is_plain(
        folded, 0, last, characters.classes, words, memo, scratch, asked, first
    )
    if plain == _YES:
        return _DOUBTFUL
    if plain or leet:
        return _UNSETTLED
    return _type_names(
        folded, 0, last, characters.classes, words, scratch.words, out, size
    )


_DOUBTFUL: Final = -1
_UNSETTLED: Final = -2
# Answers to whether something is in doubt: 0 is no, 1 not known yet.
_YES: Final = 2
