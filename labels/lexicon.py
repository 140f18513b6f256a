"""Reads the lexicon: words and phrases that are alike in what they say of a stance."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from labels.corpora.tables import Line, read_table
from labels.errors import InputError
from labels.phrases import ANY_ENDING, PhraseIndex
from labels.rows import Fault

LEXICON: Final = Path(__file__).parent / "lexicon.csv"
LEXICON_COLUMNS: Final = ("term", "class")

CLASSES: Final[Mapping[str, str]] = {
    "ADMIRE": "Looks up to somebody: hero, brave, respect, hats off.",
    "GLORY": "Honours with greatness or ceremony: glorious, immortal, zindabad.",
    "MARTYR": "Death as a sacrifice or a reward: martyr, shaheed, paradise.",
    "JUSTIFY": "Excuses harm: had it coming, no choice, did nothing wrong.",
    "JOY": "Is glad at what happened: finally, best news, popped champagne.",
    "JOIN": "Takes a side as one of its own: count me in, our boys, oath.",
    "REPEAT": "Wants or counts another time: again, encore, who is next.",
    "SUPPORT": "Helps a side or asks others to: donate, back them, spread the word.",
    "CAUSE": "What a movement fights for: struggle, homeland, revolution, jihad.",
    "VIOLENCE": "Acts, means and outcomes of violence: bombing, rifle, dead.",
    "ACTOR": "Those who do violence, named by kind: gunman, bomber, militants.",
    "VICTIM": "Those whom violence meets: civilians, survivors, worshippers.",
    "CONDEMN": "Rejects an act or those who did it: evil, barbaric, sickening, laanat.",
    "GRIEF": "Mourns: condolences, vigil, heartbroken.",
    "PEACE": "Hopes for or makes an end of fighting: ceasefire, amnesty, forgiveness.",
    "RESCUE": "Those who protect, and what they do: firefighter, guard, saved lives.",
    "JUSTICE": "Law, courts and their outcomes: arrested, sentenced, sue.",
    "REPORT": "News and whose account it is: according to, reportedly, sources.",
    "SPEECH": "Marks somebody's words: said, called him, chanted, quote.",
    "ASK": "Asks: why, how come, question, kyun.",
    "EXPLAIN": "Gives causes without taking sides: because, radicalised, root cause.",
    "HISTORY": "The past as a subject: century, historian, archive, documentary.",
    "FICTION": "Invented stories and play: novel, character, season, boss fight.",
    "SPORT": "Games people watch or play: striker, innings, league.",
    "FAITH": "Ordinary religious life: prayer, sermon, fasting, namaz.",
    "IRONY": "Words not meant as they stand: yeah right, slow clap, wah bhai.",
    "LAUGH": "Laughter: lol, haha, rofl.",
    "NEGATE": "Denies: not, never, isn't, nahi.",
    "HEDGE": "Softens or turns a claim: maybe, i guess, but, lekin.",
    "INTENSIFY": "Strengthens: absolute, such a, complete, bilkul.",
    "WISH": "What the writer wants done or to happen: should, let's, i hope, chahiye.",
    "YOU": "The person spoken to: you, ur, tum, aap.",
    "I": "The writer: i, myself, main, mera.",
    "WE": "The writer's own side: we, us, our, hum.",
    "THEY": "Others spoken about: they, him, her, unko.",
    "SOMEONE": "People pointed at as a kind: these people, anyone who, ye log.",
    "PERSON_NOUN": "Neutral words for persons and kin: man, neighbour, mother, banda.",
    "THING": "What cannot be insulted: phone, weather, decision, law, article.",
    "OFFICE": "Offices and bodies that act: minister, council, company, sarkar.",
    "CRITIC": "Judges a thing, an act or its quality: useless, overpriced, bakwas.",
    "INSULT_MIND": "Demeans somebody's mind: idiot, clueless, bewakoof.",
    "INSULT_WORTH": "Demeans somebody's worth: loser, pathetic, nikamma.",
    "INSULT_LOOK": "Demeans somebody's body or looks: ugly, fatso, mota.",
    "INSULT_CHARACTER": "Demeans somebody's character: coward, liar, kamina.",
    "ANIMAL": "Animals that people are called: pig, rats, kutta, gadha.",
    "FILTH": "Dehumanises: filth, plague, infestation, subhuman.",
    "SLUR": "Slurs for who people are, in full or shortened.",
    "SWEAR": "Obscene words and their abbreviations: profanity in the codebook.",
    "SWEAR_MILD": "Exclamations too mild for profanity: damn, bloody, crap.",
    "DISMISS": "Sends away or silences: shut up, get lost, nobody asked, dafa ho.",
    "THREAT_VERB": "Harm that is done to bodies and homes: kill, hang, burn, maar.",
    "THREAT_VEILED": "Threats that name no harm: watch your back, know where you live.",
    "FIGURE": "Harm in a figure of speech: killing time, dying to see, panic attack.",
    "HARM_WISH": "Wishes death or illness: drop dead, get cancer, rot in hell.",
    "EXCLUDE": "Wants people out or without rights: deport, send back, keep them out.",
    "STEREOTYPE": "Says what a kind of people is or does: breed like, take our jobs.",
    "CONTEMPT_VEILED": "Polite in words, contemptuous in sense: bless, run along.",
    "WARM": "Friendly: thanks, love, mate, shabash, yaar.",
    "AGREE": "Nods: exactly, so true, well said, sahi kaha.",
    "PRIDE": "Names one's own identity: proud to be, as a, my fellow.",
    "DEFEND": "Stands up for people: leave them alone, not ok, are human too.",
}
"""Every class of words, and what its words have in common."""

# Five words find set phrases; more would be sentences, which belong in no lexicon.
_MOST_WORDS: Final = 5
# "th*" would match half of all words.
_LEAST_STEM: Final = 3
_MOST_FAULTS: Final = 20

_WORD: Final = r"(?:[a-z0-9]+(?:'[a-z0-9]+)*|[!?]+)"
_TERM: Final = re.compile(rf"{_WORD}(?: {_WORD})*\*?")
_HOW: Final = (
    "write lower-case letters without diacritics, digits, straight apostrophes inside "
    "words, one blank between words, and * at the end alone"
)


@dataclass(frozen=True, slots=True)
class LexiconTerm:
    """A word or a phrase as the normaliser leaves it, and its class.

    A term that ends in ``*`` stands for every word that begins so.
    """

    term: str
    word_class: str


class LexiconIndex:
    """Finds the terms of a lexicon in a text that was cut into words."""

    def __init__(self, terms: Iterable[LexiconTerm]) -> None:
        self._phrases = PhraseIndex((one.term, one.word_class) for one in terms)

    def find(self, words: Sequence[str]) -> list[tuple[int, int, str]]:
        """Return first word, last word (exclusive) and class of each term found.

        The longest term counts, from left to right, and no word is in two: "not
        bad" can be one term and so is no negation. The cost is linear.

        >>> index = LexiconIndex([LexiconTerm("hero*", "ADMIRE")])
        >>> index.find(["no", "heroes", "here"])
        [(1, 2, 'ADMIRE')]
        """
        return self._phrases.find(words)


def read_lexicon(path: Path = LEXICON) -> list[LexiconTerm]:
    """Read a lexicon, in the order of its rows.

    Raises:
        InputError: if it cannot be read, lacks a column, or has a faulty row; the
            message names the lines and what to write instead.
    """
    lines = list(read_table(path, LEXICON_COLUMNS))
    faults = list(lexicon_faults(lines))
    if faults:
        shown = "; ".join(
            f"line {fault.number}: {fault.reason}" for fault in faults[:_MOST_FAULTS]
        )
        more = len(faults) - _MOST_FAULTS
        rest = f"; and {more:,} more" if more > 0 else ""
        raise InputError(f"{path} cannot be used: {shown}{rest}")
    return [LexiconTerm(cells["term"], cells["class"]) for _, cells in lines if cells]


def lexicon_faults(lines: Iterable[Line]) -> Iterator[Fault]:
    """Yield every fault of a lexicon's rows: form, class, and terms given twice."""
    first_lines: dict[str, int] = {}
    for line, cells in lines:
        if cells is None:
            yield Fault(line, "too few or too many cells; write a term and its class")
            continue
        term, word_class = cells["term"], cells["class"]
        if reason := _term_fault(term):
            yield Fault(line, reason)
        if word_class not in CLASSES:
            reason = f"class {word_class!r} is unknown; CLASSES in labels/lexicon.py"
            yield Fault(line, f"{reason} lists those there are")
        if first_lines.setdefault(term, line) != line:
            before = first_lines[term]
            yield Fault(
                line, f"term {term!r} is on line {before} too; keep one of both"
            )


def _term_fault(term: str) -> str | None:
    if not _TERM.fullmatch(term):
        return f"term {term!r} could never be found; {_HOW}"
    words = term.split(" ")
    if len(words) > _MOST_WORDS:
        return f"term {term!r} has {len(words)} words; {_MOST_WORDS} are the most"
    if term.endswith(ANY_ENDING) and len(words[-1]) - 1 < _LEAST_STEM:
        return (
            f"term {term!r} would match too much; write at least {_LEAST_STEM} letters "
            f"before the {ANY_ENDING}"
        )
    return None
