"""Finding protected names in text, however they are written.

Case, accents, spaces, line breaks, punctuation, markup, HTML entities, percent signs and invisible
characters do not count. A name is found when at least two of its words stand together in any order
(particles such as *de* aside), when they are run together, when one of them stands beside a title or
beside initials of the others, or when a declared alias stands there.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, permutations
from urllib.parse import unquote

from concausa.evidence.identities import Identity

#: What stands in place of a name.
MASK = "[name withheld]"

_PARTICLES = frozenset("de la del los las y e i van von der den da do dos das di du le".split())
#: Ways to address somebody, folded, in Spanish and English; beside one of them a single word is a name.
_TITLES = frozenset(
    "sr sra srta sres sras senor senora senorita don dona dn dr dra doctor doctora lic licda licenciado "
    "licenciada ing inga ingeniero ingeniera mtro mtra maestro maestra prof profa profr profesor profesora "
    "arq arquitecto arquitecta cp contador contadora mr mrs ms miss mx sir madam professor".split()
)
#: Letters that are words of their own; they are initials only as capitals or before a full stop.
_LONE = frozenset("aeiouy")
_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})
_UNIT = re.compile(
    r"&(?:\#[0-9]+|\#x[0-9a-f]+|[a-z][a-z0-9]*);?"
    r"|(?:%[0-9a-f]{2})+"
    r"|\\u[0-9a-f]{4}"
    r"|\\(?:text[a-z]{2}|emph|underline|mbox)\b"
    r"|\\[ntr]"
    r"|\\[`'^\"~=.](?:\{[a-z]\}|[a-z])|\\[cvHuk]\{[a-z]\}"
    r"|</?[a-z!][^<>]{0,300}>"
    r"|[\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]",
    re.IGNORECASE,
)
_NO_LETTERS = re.compile(r"[\W_]+")
_SHORTEST_CONTACT = 6
#: A word of a name that may be found alone has at least so many letters.
_SHORTEST_WORD = 3
_MOST_INITIALS = 5


@dataclass(frozen=True, slots=True)
class _Token:
    """A run of letters and digits, folded, and where it stands in the text."""

    letters: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Screen:
    """What to look for; it shows nothing of itself.

    Parameters
    ----------
    needles : tuple of str
        Folded names and parts of names, run together.
    words : frozenset of str
        Folded words of names: beside a name that was found they belong to it.
    initials : mapping of str to frozenset of str
        For each word of a name, the initials of its other words, in their order, run together.
    """

    needles: tuple[str, ...] = field(repr=False)
    words: frozenset[str] = field(repr=False)
    initials: Mapping[str, frozenset[str]] = field(repr=False)

    @staticmethod
    def of(identities: Iterable[Identity]) -> Screen:
        """The screen for some identities."""
        needles: set[str] = set()
        words: set[str] = set()
        initials: dict[str, frozenset[str]] = {}
        for identity in identities:
            for name in (identity.name, *identity.aliases):
                found = [token.letters for token in _tokens(name)]
                needles |= _needles(found)
                words |= {word for word in found if word not in _PARTICLES and len(word) > 1}
                for word, letters in _initials(found).items():
                    initials[word] = initials.get(word, frozenset()) | letters
            contact = "".join(token.letters for token in _tokens(identity.contact))
            if len(contact) >= _SHORTEST_CONTACT:
                needles.add(contact)
        longest_first = tuple(sorted(needles, key=lambda needle: (-len(needle), needle)))
        return Screen(longest_first, frozenset(words), initials)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where protected names stand, from left to right, without overlap."""
        if not self._may_hold(text):
            return []
        tokens = list(_tokens(text))
        stream = "".join(token.letters for token in tokens)
        starts, ends, position = {}, {}, 0
        for number, token in enumerate(tokens):
            starts[position] = number
            position += len(token.letters)
            ends[position] = number
        hit: set[int] = set()
        for needle in self.needles:
            at = stream.find(needle)
            while at >= 0:
                if at in starts and at + len(needle) in ends:
                    hit.update(range(starts[at], ends[at + len(needle)] + 1))
                at = stream.find(needle, at + 1)
        for number, token in enumerate(tokens):
            if token.letters in self.initials:
                hit.update(self._addressed(text, tokens, number))
        return _joined(tokens, self._extended(tokens, hit))

    def screen(self, text: str) -> str:
        """The text with every protected name replaced by ``[name withheld]``."""
        pieces = []
        last = 0
        for start, end in self.spans(text):
            pieces += [text[last:start], MASK]
            last = end
        return "".join([*pieces, text[last:]]) if pieces else text

    def screen_words(self, text: str) -> str:
        """The text without any word of a name, even alone; for what repeats a piece of a name."""
        screened = self.screen(text)
        pieces = []
        last = 0
        for token in _tokens(screened):
            if token.letters in self.words:
                pieces += [screened[last : token.start], MASK]
                last = token.end
        return "".join([*pieces, screened[last:]])

    def holds_lone_word(self, text: str, known: frozenset[str] = frozenset()) -> bool:
        """Whether a longer word of a name stands, with a capital, where no whole name was found.

        Parameters
        ----------
        known : frozenset of str
            Words that mean somebody or something else too, as ``words_in`` gives them.
        """
        if not self._may_hold(text):
            return False
        screened = self.screen(text)
        return any(
            token.letters in self.initials
            and token.letters not in known
            and not screened[token.start : token.end].islower()
            for token in _tokens(screened)
        )

    def _addressed(self, text: str, tokens: Sequence[_Token], number: int) -> set[int]:
        """The word at *number* with the title or the initials beside it; nothing when it stands alone."""
        allowed = self.initials[tokens[number].letters]
        found: set[int] = set()
        before = number - 1
        while before >= 0 and tokens[before].letters in _PARTICLES and tokens[before].letters not in _LONE:
            before -= 1
        if before >= 0 and tokens[before].letters in _TITLES:
            found.update(range(before, number + 1))
        for step in (-1, 1):
            letters = ""
            place = number + step
            while 0 <= place < len(tokens):
                token = tokens[place]
                if token.letters in _PARTICLES and token.letters not in _LONE:
                    place += step
                    continue
                letters = token.letters + letters if step < 0 else letters + token.letters
                if letters not in allowed or not _is_initial(text, token):
                    break
                found.update(range(min(place, number), max(place, number) + 1))
                place += step
        return found

    def _may_hold(self, text: str) -> bool:
        """A quick look that only ever errs on the side of looking closely."""
        if _UNIT.search(text):
            return True
        folded = _NO_LETTERS.sub("", _fold(text))
        return any(needle in folded for needle in self.needles) or any(
            word in folded for word in self.initials
        )

    def _extended(self, tokens: list[_Token], hit: set[int]) -> set[int]:
        """Neighbours of a name that are words of a name too, particles between them included."""
        grown = set(hit)
        for step in (1, -1):
            for number in sorted(hit, reverse=step < 0):
                bridge: list[int] = []
                following = number + step
                while 0 <= following < len(tokens):
                    if tokens[following].letters in self.words or following in grown:
                        grown.update([*bridge, following])
                        bridge = []
                    elif tokens[following].letters in _PARTICLES:
                        bridge.append(following)
                    else:
                        break
                    following += step
        return grown


def _needles(words: list[str]) -> set[str]:
    """A name as a whole, its stretches of two words and more, and its words in any order by two."""
    full = [word for word in words if word not in _PARTICLES]
    if len(full) < 2:
        return {"".join(words)} - {""}
    found = {first + second for first, second in permutations(full, 2)}
    for start in range(len(words)):
        for end in range(start + 2, len(words) + 1):
            stretch = words[start:end]
            if sum(word not in _PARTICLES for word in stretch) >= 2:
                found.add("".join(stretch))
    return {needle for needle in found if len(needle) > 3}


def words_in(text: str) -> frozenset[str]:
    """The words of a text without regard to case, accents and disguises."""
    return frozenset(token.letters for token in _tokens(text))


def _initials(words: list[str]) -> dict[str, frozenset[str]]:
    """For each longer word of a name: the initials of its other words, any of them left out."""
    full = [word for word in words if word not in _PARTICLES]
    found = {}
    for place, word in enumerate(full):
        if len(word) < _SHORTEST_WORD:
            continue
        others = [other[0] for other in (*full[:place], *full[place + 1 :])][:_MOST_INITIALS]
        found[word] = frozenset(
            "".join(some) for n in range(1, len(others) + 1) for some in combinations(others, n)
        )
    return found


def _is_initial(text: str, token: _Token) -> bool:
    """Whether a token that could be a word of its own is meant as an initial."""
    written = text[token.start : token.end]
    return token.letters not in _LONE or not written.islower() or text[token.end : token.end + 1] == "."


def _tokens(text: str) -> Iterator[_Token]:
    letters, start, end = "", 0, 0
    for piece, first, last in _units(text):
        folded = _fold(piece)
        if piece and all(unicodedata.category(letter) in ("Mn", "Me", "Cf") for letter in piece):
            if letters:
                end = last
            continue
        for letter in folded:
            if letter.isalnum():
                letters, start, end = (letters + letter, start, last) if letters else (letter, first, last)
            elif letters:
                yield _Token(letters, start, end)
                letters = ""
    if letters:
        yield _Token(letters, start, end)


def _units(text: str) -> Iterator[tuple[str, int, int]]:
    """Each character, or the characters that an escape stands for, with its place in the text."""
    last = 0
    for found in _UNIT.finditer(text):
        for position in range(last, found.start()):
            yield text[position], position, position + 1
        yield _meant(found[0]), found.start(), found.end()
        last = found.end()
    for position in range(last, len(text)):
        yield text[position], position, position + 1


def _meant(escape: str) -> str:
    if escape.startswith("&"):
        return html.unescape(escape)
    if escape.startswith("%"):
        return unquote(escape, errors="replace")
    if escape.startswith("\\u"):
        return chr(int(escape[2:], 16))
    if (
        escape.startswith("\\")
        and (accented := re.fullmatch(r"\\.\{?([A-Za-z])\}?", escape))
        and escape[1] not in "ntr"
    ):
        return accented[1]
    if escape.startswith(("\\", "<")):
        return " "
    return escape


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize(
        "NFKD", text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    )
    if not decomposed.isascii():
        decomposed = "".join(
            letter for letter in decomposed if unicodedata.category(letter) not in ("Mn", "Me", "Cf")
        )
    return decomposed.translate(_LETTERS)


def _joined(tokens: list[_Token], hit: set[int]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    previous = -2
    for number in sorted(hit):
        if number == previous + 1 and spans:
            spans[-1] = (spans[-1][0], tokens[number].end)
        else:
            spans.append((tokens[number].start, tokens[number].end))
        previous = number
    return spans
