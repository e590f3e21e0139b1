"""Some four hundred texts that broke programs before; none may come back unescaped."""

import unicodedata


def _split(text: str) -> list[str]:
    return text.split()


MARK = "nty"  # stands in every piece of markup, so that it is found again in a page

WORDS = _split(r"""
undefined null NULL (null) nil none None NaN Infinity -Infinity true false True hasOwnProperty then
constructor
__proto__ __class__ toString valueOf CON PRN AUX NUL COM1 LPT1 .htaccess .git/config root admin self
this ../ .. . * ?
% # & ; : , - -- --- + = ! @ $ ^ ~ | ` ' " \ / // \\ [] {} () <> [0] {0} ${} #{} {{}} {%%} <% %> %s
%d %n %x %p
%(name)s {name} {0.__class__}
""")
NUMBERS = _split("""
0 -0 00 1 -1 0.0 1.0 1,0 1e3 1E400 -1e400 0x10 0b1 0o7 1_000 ٣ ３ ² ½ Ⅷ 2147483647 2147483648 -2147483649
9223372036854775807 9223372036854775808 -9223372036854775809 18446744073709551616
99999999999999999999999999999999999999999 1/0 0/0 1//2 1.7976931348623157e309 5e-324 .5 5. +1 1+1
NaN nan inf -inf
1e-400 ００１ 0999 1;2 1'2
""")
DATES = _split("""
0000-00-00 0000-01-01 0001-01-01 1582-10-10 1900-02-29 1969-12-31 1970-01-01 2000-02-30 2024-02-29
2038-01-19T03:14:08Z 9999-12-31 9999-12-31T23:59:60Z 10000-01-01 -0001-01-01 2026-13-01 2026-00-10
2026-W01-1 2026-1-1
01/02/2026 24:00 25:61 12:60:60 2026-03-29T02:30:00+01:00 2026-01-01T00:00:00+99:99
""")
MARKUP = [
    f"<script>{MARK}</script>",
    f'"><script src=//{MARK}.example></script>',
    f"'><img src=x onerror={MARK}>",
    f"<svg onload={MARK}>",
    f"</title><script>{MARK}</script>",
    f"</textarea><b>{MARK}</b>",
    f"--><{MARK}>",
    f"]]><{MARK}>",
    f"<!--<{MARK}>",
    f"<{MARK} style=x:expression(1)>",
    f"<iframe srcdoc='<{MARK}>'>",
    f"<a href=javascript:{MARK}>x</a>",
    f"<math><mtext><{MARK}></mtext></math>",
    f"<ＳＣＲＩＰＴ>{MARK}",
    f"\u2028<{MARK}>\u2029",
    f"<{MARK}\u00a0x>",
    f"<\u0000{MARK}>",
    f"<{MARK}/x=`y`>",
    f'{{"x":"</script><{MARK}>"}}',
    f"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY {MARK} SYSTEM 'file:///etc/passwd'>]><x>&{MARK};</x>",
]
QUERIES = [
    "' OR '1'='1",
    "' OR 1=1 --",
    '" OR ""="',
    "1; DROP TABLE reviews_tool",
    "'; SELECT pg_sleep(5) --",
    "1 UNION SELECT password FROM auth_user",
    "') ORDER BY 9 --",
    "%' AND 1=0 UNION ALL SELECT NULL --",
    "\\'; --",
    "admin'--",
    "x' || (SELECT 1) || 'x",
    "NEAR(a b, 2)",
    '"a" "b',
    "a AND OR NOT b",
    "a:* & !b | (c <-> d",
    "col:value",
    "^a",
    "a*",
    "*a",
    "(((((",
    ")))))",
    "a NEAR/2 b",
    "{a b}: c",
    "-a",
    "'a''b",
    "$$a$$",
    "\\x00",
    "E'\\\\'",
]
ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "//evil.example",
    "/\\evil.example",
    "https:evil.example",
    "http://evil.example/..;/",
    "https://panelship.example@evil.example",
    "file:///etc/passwd",
    "http://[::1]",
    "http://[",
    "http://127.0.0.1:22",
    "../../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "....//....//etc/passwd",
    "/etc/passwd\0.png",
    "\\\\evil\\share",
    "http://exa mple",
    "http://xn--",
    "http://ⓔⓧ.example",
    "/%2e%2e/%2e%2e",
    "?#&=",
    "a@b",
    "a@b@c.example",
    '"a b"@example.com',
    "a@[127.0.0.1]",
    "a@example.com\r\nBcc: b@example.com",
    "a%0d%0ax-naughty:1",
    "\r\nx-naughty: 1\r\n\r\n",
    "\nx-naughty: 1",
    "a@" + "b" * 250 + ".example",
]
TEMPLATES = [
    "{{ 7|add:7 }}",
    "{% debug %}",
    "{% include 'base.html' %}",
    "${7*7}",
    "#{7*7}",
    "<%= 7*7 %>",
    "{{settings.SECRET_KEY}}",
    "{{request.user}}",
    "%7B%7B7*7%7D%7D",
    "$(id)",
    "`id`",
    "| id",
    "; id",
    "&& id",
    "() { :; }; id",
    "=1+1",
    "+1+1",
    "@SUM(1)",
    "-2+3+cmd|' /C calc'!A0",
    "*/ x /*",
]
SCRIPTS = _split("""
ÅÍÎÏ˝ÓÔÒÚÆ☃ Œ„´‰ˇÁ¨ˆØ∏”’ `⁄€‹›ﬁﬂ‡°·‚—± 田中さんにあげて下さい パーティーへ行かないか 社會科學院語學研究所
울란바토르 𠜎𠜱𠝹𠱓 Ⱥ Ⱦ ﬀ İ ı ſ ẞ ß
ΐ ŉ ثم_نفس_سقطت
מְדֻבָּר ᚛ᚄᚓᚐᚋᚒᚄ᚜ ｅｖｉｌ 𝕿𝖍𝖊 ʇunpᴉpᴉɔuᴉ Ṱ̺̺̕o͞_̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤ ลกั คิิิิิิิิิิ 👩‍👩‍👧‍👦
🏳️‍🌈 🇺🇸🇷 1️⃣ 👾🙇💁
❤️💔 ＜ｂ＞ ﷽ ﷺ ꧁ 𒐫 ௵ K Å ℃ ㎒ ⅷ ½ ¹
""")
LONG = [
    "a" * 1_000,
    "a" * 5_000,
    "é" * 1_000,
    "👾" * 500,
    "\u0301" * 1_000,
    "<" * 1_000,
    "&" * 1_000,
    "'" * 1_000,
    " " * 1_000,
]
LONG += [
    "a " * 1_000,
    "a-vs-" * 400,
    "-" * 1_000,
    "." * 1_000,
    "/" * 1_000,
    "9" * 40,
    "9" * 1_000,
    "(" * 500,
    "[" * 500,
    "{" * 500,
    "%" * 999,
]
CONTROL = [chr(code) for code in (*range(32), *range(127, 160))]
FORMAT = [
    chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) in ("Cf", "Zs", "Zl", "Zp")
]
ODD = [
    "\ufffd",
    "\ufffe",
    "\uffff",
    "\ufdd0",
    "\U0010ffff",
    "\U000e0001",
    "\u202ea\u202c",
    "a\u0000b",
    "\0",
    "",
    " ",
    "\t",
    "\r\n",
    "\ufeffa",
]

STRINGS: tuple[str, ...] = tuple(
    dict.fromkeys(
        WORDS
        + NUMBERS
        + DATES
        + MARKUP
        + QUERIES
        + ADDRESSES
        + TEMPLATES
        + SCRIPTS
        + LONG
        + CONTROL
        + FORMAT
        + ODD
    )
)


def comes_back_raw(text: str, body: str) -> bool:
    """Say whether a page holds `text` as markup."""
    return MARK in text and "<" in text and any(part in body for part in (text, f"<{MARK}", f"={MARK}>"))
