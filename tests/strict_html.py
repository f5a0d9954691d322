"""HTML read as the standard has it: no error is put up with. A page built like one that was read is not read again."""

import re
from itertools import groupby

import html5lib

#: What a parser looks at in words and values: marks, references, characters that may not stand in a page.
_LOOKED_AT = r"<&\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\U0001fffe-\U0010ffff"
_VALUES = re.compile(rf'"[^">{_LOOKED_AT}]*"')
_WORDS = re.compile(rf">[^{_LOOKED_AT}]*[^\s{_LOOKED_AT}][^{_LOOKED_AT}]*<")
_SPACES = re.compile(r">\s+<")
_ROWS = re.compile(r"(?=<(?:tr|li|option)\b)|(?<=</tr>)|(?<=</li>)|(?<=</option>)")
_WHOLE_ROW = re.compile(r"<(tr|li|option)\b.*</\1>", re.DOTALL)

_read: set[int] = set()


def parse_strictly(page: bytes) -> None:
    """Raise html5lib's ParseError for HTML that is not as the standard has it."""
    built = hash(how_it_is_built(page.decode("utf-8", "replace")))
    if page and built not in _read:
        html5lib.HTMLParser(strict=True).parse(page)
        _read.add(built)


def how_it_is_built(page: str) -> str:
    """The page without its words and values, whatever rows of one build follow each other counted as one."""
    bare = _SPACES.sub("><", _WORDS.sub(">x<", _VALUES.sub('""', page)))
    rows = groupby(_ROWS.split(bare))
    return "".join(row if _WHOLE_ROW.fullmatch(row) else row * len(list(same)) for row, same in rows)
