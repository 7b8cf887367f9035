"""What must not stand in a page is found, what only looks like it is not, and no finding repeats it."""

from pathlib import Path

import pytest

from amends.corpus import Corpus
from amends.gate.check import check
from amends.reading.document import parse_document
from amends.rules import safety
from amends.rules.rule import Rule
from amends.settings import read_settings

RULES: dict[str, Rule] = {rule.name: rule for rule in safety.RULES}


def found(name: str, story: str) -> list[str]:
    """What one rule says of a story."""
    document = parse_document("incidents/2031/2031-04-05-x.md", f"---\ntitle: x\n---\n{story}\n")
    corpus = Corpus.open(read_settings({}, Path("/nowhere"), None))
    return [finding.message for finding in RULES[name].check(document, corpus)]


@pytest.mark.parametrize(
    ("name", "secret"),
    [
        ("email-address", "ann.customer@acme-boards.com"),
        ("phone-number", "+1 202 555 0143"),
        ("phone-number", "tel: 0202 5550143"),
        ("phone-number", "(212) 664-7665"),
        ("phone-number", "Telefon 030 12345678"),
        ("phone-number", "called on 0171 2345678"),
        ("phone-number", "erreichbar unter 0171/2345678"),
        ("phone-number", "Telefonnummer: 030 12345678"),
        ("phone-number", "Tel. (030) 12345678"),
        ("secret", "aws_secret_access_key = wJalrXUt3FEMIzK7MDENGbPxRfiCYzzYYYYKEY12"),
        ("secret", "DB_PASSWORD=Tr0ub4dor3xyz"),
        ("secret", "DB password: Tr0ub4dor&3xyz"),
        ("secret", "`api-key`: 'a8f5f167f44f4964e6c998dee827110c'"),
        ("secret", "\"client_secret\": \"9f8e7d6c5b4a\""),
        ("secret", "https://acme.com/?token=abc123def456ghi"),
        ("card-number", "4111 1111 1111 1111"),
        ("card-number", "378282246310005"),
        ("card-number", "4111\u00a01111\u00a01111\u00a01111"),
        ("card-number", "5500.0000.0000.0004"),
        ("card-number", "4111\u20131111\u20131111\u20131111"),
        ("secret", "AKIA" + "Z7QK2M5N8P3R6T9W"),
        ("secret", "github_" + "pat_" + "11ABCDE0Y0abcdEFGH12ij_" + "k3" * 29 + "z"),
        ("secret", "sk-" + "ant-api03-" + "aB3-" * 23 + "AA"),
        ("secret", "AI" + "zaSy" + "B4" * 16 + "c"),
        ("secret", "np" + "m_" + "k7Q" * 12),
        ("secret", "h" + "f_" + "qZ" * 17),
        ("secret", "dop" + "_v1_" + "0a1b" * 16),
        ("secret", "Bearer " + "q7Zk-3Lm.9xT_" * 3),
        ("secret", "ghp" + "_Zz9Yy8Xx7Ww6Vv5Uu4Tt3Ss2Rr1Qq0PpOoNn"),
        ("secret", "https://jobs:Tr0ub4dor.and.3@db7.acme-boards.com/jobs"),
        ("secret", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJib2FyZHMtNyJ9.c2lnbmF0dXJlLW9mLW5vdGhpbmc"),
    ],
)
def test_it_is_found_and_the_finding_does_not_repeat_it(name: str, secret: str) -> None:
    (message,) = found(name, f"Before it stood {secret} and after it this.")
    assert secret not in message
    assert max(secret.split(":"), key=len) not in message


@pytest.mark.parametrize(
    ("name", "story"),
    [
        ("email-address", "support@example.com, git@github.com:acme/boards.git, logo@2x.png, @ann@social.acme.com, a @ b, pkg@1.2.3"),
        ("email-address", "[the thread](https://lists.acme.com/archive/CAF=1234@mail.acme.com/)"),
        (
            "phone-number",
            "2031-04-05T09:38+02:00, +15 000 calls, 20310405123, 1.900.000, C+1234, phone: 2031-04-05, 612 phones. 12345678 calls",
        ),
        (
            "card-number",
            "4111111111111112, 1511870509973090304, id 4111-1111-11111111, https://x.acme.com/4111111111111111, 2031 0405 0738 0901 1234",
        ),
        (
            "secret",
            ("https://user:password@db.acme.com, https://jobs:$PASSWORD@db.acme.com, https://a:b@example.com, AKIAIOSFODNN7EXAMPLE, eyJ is a prefix,"
             " npm_config_cache, hf_transfer, Bearer $TOKEN, Bearer authentication-is-required-here, sk-ant-farm, api_v1_orders"),
        ),
        ("phone-number", "order 0171 2345678, id 030 12345678, (2031) 664-7665, on call 07:38, call 0123, 612 called 2031-04-05, (212) 664"),
        (
            "secret",
            ("password: the one we had in 2030; token: 2031-04-05T07:38Z, secret: INC-12345678, DB_PASSWORD=${DB_PASSWORD_1}, password=os.environ.PW_2031,"
             " api key: rotation-step-2, token: v2.13.4-beta, token=<abc12345>, password: ********1a, password=EXAMPLE12345, secret: see/docs/page2,"
             " token: 12345678, passwords: 3 of 12 accounts1, tokens=abcd12345"),
        ),
        ("secret", "the PRIVATE KEY was safe; https://acme.com:8080/@boards"),
        (
            "unsafe-html",
            "`<script>`, <b>bold</b>, 3 < 5, data: none, [a](https://acme.com/?x=javascript:1)\n\n```html\n<iframe onload=x>\n```\n",
        ),
    ],
)
def test_what_only_looks_like_it_is_left_alone(name: str, story: str) -> None:
    assert found(name, story) == []


@pytest.mark.parametrize(
    "story",
    [
        "<SCRIPT>x</SCRIPT>",
        "<img src=x onerror=alert(1)>",
        "[x](JavaScript:alert(1))",
        "[x]: data:text/html,x",
        "<javascript:alert(1)>",
        "<a href='javascript:x'>x</a>",
        "<svg/onload=alert(1)>",
    ],
)
def test_what_would_run_in_a_readers_browser_is_found_in_a_story(story: str) -> None:
    assert found("unsafe-html", story)


def test_every_element_is_kept_by_the_site_or_found_in_a_story() -> None:
    from amends.rules.safety import html
    from amends.site import sanitise

    known = set(html.TAG.pattern.split("(?:")[1].split(")")[0].replace("h[1-6]", "h1").split("|"))
    assert known <= sanitise._TAGS | set(html.TAKEN_OUT.split("|"))
    assert not sanitise._TAGS & set(html.TAKEN_OUT.split("|"))


@pytest.mark.parametrize(("story", "words"), [
    ("<video src='a.mp4'></video>", "`<video>` is taken out"),
    ("<p style='color: red'>x</p>", "`style` is taken out"),
    ("<a href='../x.md'>x</a>", "`../x.md` is not found from an `<a>`"),
    ("![x][y]\n\n[y]: https://charts.example.org/a.png", "lies on another host"),
    ("![Y][]\n\n[y]: //charts.example.org/a.png", "lies on another host"),
    ("![y]\n\n[y]: https://charts.example.org/a.png", "lies on another host"),
    ("- item\n\n    <script>x</script>", "`<script>` is taken out"),
    ("<td style='text-align: left' onclick='x()'>x</td>", "`onclick` is taken out"),
])
def test_what_would_vanish_from_the_page_is_found(story: str, words: str) -> None:
    (message,) = found("unsafe-html", story)
    assert words in message


@pytest.mark.parametrize("story", [
    "The <textarea> was empty.", "<kbd>Esc</kbd>", "<td style='text-align: left'>x</td>", "<a href='https://a.example.org'>x</a>", "<a href='#x'>x</a>",
    "<!-- <video></video> <a href='x.md'>x</a> -->", "[x][y]\n\n[y]: https://a.example.org/", "`<video></video>`", "<your name>",
    "Text:\n\n    <script>x</script>\n\nMore.", "<p title='no style = good'>x</p>",
])
def test_what_the_page_keeps_is_not_found(story: str) -> None:
    assert found("unsafe-html", story) == []


@pytest.mark.parametrize(
    "text", ["- a\n\n    <b>\n" * 70_000, "<video " * 140_000, "![" * 400_000 + "]:", "<a href" * 100_000, "](<" * 300_000, "eyJ" * 300_000, "a@" + "b." * 300_000, "<a " * 200_000, "://a:b" * 100_000, "4" * 900_000, "`a\n\n" * 100_000, "[" * 500_000]
)
def test_no_text_keeps_the_rules_busy_for_long(text: str) -> None:
    import time

    document = parse_document("incidents/2031/2031-04-05-x.md", f"---\ntitle: x\n---\n{text}")
    corpus = Corpus.open(read_settings({}, Path("/nowhere"), None))
    started = time.process_time()
    for rule in safety.RULES:
        list(rule.check(document, corpus))
    assert time.process_time() - started < 30


def test_html_in_a_folded_text_is_placed_where_it_stands() -> None:
    document = parse_document("incidents/2031/2031-04-05-x.md", "---\ntitle: x\ncustomer_impact:\n  summary: >-\n    They were\n    gone for <b>days</b>.\n---\n")
    corpus = Corpus.open(read_settings({}, Path("/nowhere"), None))
    assert [finding.place for finding in RULES["raw-html"].check(document, corpus)] == [(6, 14)]


def test_a_file_that_looks_like_a_record_is_named_as_passed_over(tmp_path: Path) -> None:
    (tmp_path / "incidents").mkdir()
    (tmp_path / "incidents/2031-05-01-late.MD").write_text("---\ntitle: Late\n---\n")
    (tmp_path / "incidents/2031-05-02-later.md").symlink_to("2031-05-01-late.MD")
    report = check(Corpus.open(read_settings({}, tmp_path, None)), ())
    assert "incidents/2031-05-01-late.MD (its name does not end in .md)" in report.summary
    assert "incidents/2031-05-02-later.md (a symbolic link)" in report.summary
