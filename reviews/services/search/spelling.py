"""British and American spellings of each other's words.

A wrong guess, as for "laboratory", is no word and finds nothing. Where it would be another word ("filling",
"raise"), there is a list or an exception.
"""

import re
from collections.abc import Iterable, Iterator

SHORTEST_PREFIX = 5
"""From this length a prefix stands for the whole word: "centr" for "centre", but not "gre" for "grey"."""

# British and American beginnings; whatever follows stays as it is: "behaviours", "licensing", "greyscale".
_BEGINNINGS = """
    acknowledgement/acknowledgment ageing/aging ardour/ardor armour/armor artefact/artifact
    behaviour/behavior candour/candor clamour/clamor colour/color cosy/cozy defenc/defens
    demeanour/demeanor endeavour/endeavor enrol/enroll favour/favor fervour/fervor flavour/flavor
    fulfil/fulfill grey/gray harbour/harbor honour/honor humour/humor instalment/installment
    judgement/judgment labour/labor licenc/licens mould/mold neighbour/neighbor odour/odor offenc/offens
    parlour/parlor plough/plow practic/practis pretenc/pretens rigour/rigor rumour/rumor saviour/savior
    savour/savor sceptic/skeptic skilful/skillful smoulder/smolder splendour/splendor tumour/tumor
    valour/valor vapour/vapor vigour/vigor
"""
# Words that end otherwise, without the British "e" at the end: "centre", "centred", and "center", "centered".
_ENDS = """
    analogu/analog calibr/caliber catalogu/catalog centilitr/centiliter centimetr/centimeter centr/center
    datacentr/datacenter dialogu/dialog epicentr/epicenter fibr/fiber kilometr/kilometer litr/liter
    lustr/luster metr/meter millimetr/millimeter monologu/monolog nanometr/nanometer programm/program
    spectr/specter theatr/theater
"""
# Their last letter is doubled in Britain before "ing", "ed", "er" and "able".
_DOUBLED = """
    cancel channel counsel dial duel equal fuel funnel initial kernel label level marshal marvel model
    panel parcel pedal ravel rival shovel signal spiral swivel total travel tunnel
"""

PREFIX = "(?:dis|in|mis|multi|non|over|pre|re|sub|un)?"
VERB_ENDINGS = ("e", "ed", "es", "er", "ers", "ing", "ings", "able")
IZE_ENDINGS = (*VERB_ENDINGS, "ation", "ations", "ational")
SHORT_ENDINGS = (("e", ""), ("es", "s"), ("ed", "ed"), ("ing", "ing"))
"""British and American endings of words like "centre"."""

IZE = re.compile(r"(\w{3,40}?)i([sz])(\w{0,8})")
NEVER_IZE = re.compile(
    r".*(?:[aouvw]|[^i]c|pr"  # praise, noise, disguise, revise, otherwise; exercise; surprise
    r"|advert|chast|chem|comprom|dem|desp|expert|franch|merchand|mort|parad|pract|prem|prom|surm|treat"
    r"|caps|downs|outs|overs|res|ups)"  # capsize, resize
)
"""Before "ise" or "ize" in words with one spelling."""
YZE = re.compile(r"(\w{2,}ly)([sz])(\w*)")


def _in_both_directions(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    spellings = {}
    for british, american in pairs:
        spellings[british] = american
        spellings[american] = british
    return spellings


def _pairs(words: str) -> Iterator[tuple[str, str]]:
    for pair in words.split():
        british, _, american = pair.partition("/")
        yield british, american


OTHER_BEGINNING = _in_both_directions(_pairs(_BEGINNINGS))
OTHER_WORD: dict[str, str] = {}
for _british, _american in _pairs(_ENDS):
    OTHER_WORD |= _in_both_directions((_british + long, _american + short) for long, short in SHORT_ENDINGS)
KNOWN = OTHER_BEGINNING | _in_both_directions(
    (f"{british}e", american) for british, american in _pairs(_ENDS)
)
# Long ones first, for one may begin with another: "fulfill" with "fulfil".
BEGINNING = re.compile(rf"({PREFIX})({'|'.join(sorted(OTHER_BEGINNING, key=len, reverse=True))})(\w*)")
DOUBLED = re.compile(rf"({PREFIX}(?:{'|'.join(word[:-1] for word in _DOUBLED.split())}))(ll?)(\w*)")


def other_spellings(word: str, *, is_prefix: bool = False) -> tuple[str, ...]:
    """Return the other spellings of a word in small letters; none for most.

    `is_prefix` returns prefixes: "optimiz" gives "optimis".
    """
    found: dict[str, None] = {}
    for rule in RULES:
        found |= dict.fromkeys(rule(word, is_prefix))
    return tuple(spelling for spelling in found if spelling != word)


def _ize(word: str, is_prefix: bool) -> Iterator[str]:
    parts = IZE.fullmatch(word)
    if parts and _ends(parts[3], IZE_ENDINGS, is_prefix) and not NEVER_IZE.fullmatch(parts[1]):
        yield f"{parts[1]}i{'z' if parts[2] == 's' else 's'}{parts[3]}"


def _yze(word: str, is_prefix: bool) -> Iterator[str]:
    parts = YZE.fullmatch(word)
    if parts and _ends(parts[3], VERB_ENDINGS, is_prefix):
        yield f"{parts[1]}{'z' if parts[2] == 's' else 's'}{parts[3]}"


def _doubled(word: str, is_prefix: bool) -> Iterator[str]:
    parts = DOUBLED.fullmatch(word)
    if parts and parts[3] and _ends(parts[3], VERB_ENDINGS, is_prefix):
        yield f"{parts[1]}{'l' if parts[2] == 'll' else 'll'}{parts[3]}"


def _begins(word: str, is_prefix: bool) -> Iterator[str]:
    parts = BEGINNING.fullmatch(word)
    if parts:
        yield parts[1] + OTHER_BEGINNING[parts[2]] + parts[3]


def _ends_otherwise(word: str, is_prefix: bool) -> Iterator[str]:
    if word in OTHER_WORD:
        yield OTHER_WORD[word]


def _long_beginning(word: str, is_prefix: bool) -> Iterator[str]:
    """ "behaviou" finds "behavior" too."""
    if not is_prefix or len(word) < SHORTEST_PREFIX:
        return
    for spelling, other in KNOWN.items():
        if spelling.startswith(word) and not other.startswith(word) and word != spelling:
            yield other


RULES = (_ize, _yze, _doubled, _begins, _ends_otherwise, _long_beginning)


def _ends(ending: str, endings: tuple[str, ...], is_prefix: bool) -> bool:
    return ending in endings or (is_prefix and any(longer.startswith(ending) for longer in endings))
