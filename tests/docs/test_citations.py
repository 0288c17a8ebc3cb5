"""Every section that a comment, a docstring or a page cites exists in docs/facts or docs/architecture.md."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = {
    "behaviour": DOCS / "facts" / "behaviour.md",
    "pricing": DOCS / "facts" / "pricing.md",
    "Web API": DOCS / "facts" / "web-api.md",
    "tables": DOCS / "facts" / "tables.md",
    "security": DOCS / "facts" / "security.md",
    "erp": DOCS / "facts" / "erp.md",
    "architecture": DOCS / "architecture.md",
}
"""The name that each page is cited by."""
CITING = ("src", "tests", "docs", "scripts", "bench", "examples")
NOT_OURS = {"node_modules", "__pycache__"}

_HEADING = re.compile(r"^#{2,4} (\d+(?:\.\d+)*)\.? ", re.MULTILINE)
_LINE_END = re.compile(r"(?<!\n)\n[ \t]*(?:#[ \t]*)?(?=\S)")
"""The end of a line inside a paragraph or comment, and what its next line begins with. Blank lines stay."""
_NUMBER = r"\d+(?:\.\d+)*"
_CITATION = re.compile(
    rf"\b(behaviour|pricing|Web API|tables|security|erp|architecture) ({_NUMBER}(?:(?:,? and |, | to ){_NUMBER})*)",
    re.IGNORECASE,
)
_RANGE = re.compile(rf"({_NUMBER})(?: to ({_NUMBER}))?")
_ELSEWHERE = re.compile(r"\b(?:design|webapi|spec) \d+(?:\.\d+)*")
"""Sections of documents that are not in the repository."""
_PAGE = re.compile(r"[\w.-]+\.md\b")
_DECISION = re.compile(r"\bdecision (\d{4})\b")


def citing_files() -> list[Path]:
    """Hand-written files that may cite: Python, pages, scripts; not the cited pages."""
    found = [*ROOT.glob("*.md"), *ROOT.glob("*.py"), *(ROOT / "scripts").iterdir()]
    for folder in CITING:
        found += [path for path in (ROOT / folder).rglob("*") if path.suffix in (".py", ".md")]
    cited = {*PAGES.values(), DOCS / "facts" / "README.md", Path(__file__).resolve()}
    return sorted({path for path in found if path.is_file() and not NOT_OURS & set(path.parts)} - cited)


def in_one_line(text: str) -> str:
    """Text whose paragraphs and comments are one line each, so that a citation may be broken anywhere."""
    return _LINE_END.sub(" ", text)


def citations(text: str) -> Iterator[tuple[str, str]]:
    """Page and section of everything a text cites; a range names every section in it."""
    for name, listed in _CITATION.findall(in_one_line(text)):
        page = next(page for page in PAGES if page.lower() == name.lower())
        for first, last in _RANGE.findall(listed):
            for section in sections_between(first, last or first):
                yield page, section


def sections_between(first: str, last: str) -> list[str]:
    """`3.2 to 3.4` is 3.2, 3.3 and 3.4; both ends stand at the same level of the same section."""
    above, _, low = first.rpartition(".")
    beside, _, high = last.rpartition(".")
    if above != beside or int(low) > int(high):
        return [first, last]
    return [f"{above}.{number}".lstrip(".") for number in range(int(low), int(high) + 1)]


def headings(page: Path) -> list[str]:
    """The numbers of a page's sections, in order."""
    return _HEADING.findall(page.read_text(encoding="utf-8"))


def missing(text: str) -> list[str]:
    """Cited sections that do not exist."""
    sections = {name: set(headings(page)) for name, page in PAGES.items()}
    return [f"{page} {section}" for page, section in citations(text) if section not in sections[page]]


def test_every_cited_section_exists() -> None:
    lost = {
        str(path.relative_to(ROOT)): found
        for path in citing_files()
        if (found := missing(path.read_text(encoding="utf-8")))
    }
    assert lost == {}


def test_every_page_is_cited() -> None:
    cited = {page for path in citing_files() for page, _ in citations(path.read_text(encoding="utf-8"))}
    assert cited == set(PAGES)


def test_every_cited_decision_exists() -> None:
    known = {path.name[:4] for path in (DOCS / "decisions").glob("*.md")}
    cited = {
        number
        for path in [*citing_files(), *PAGES.values()]
        for number in _DECISION.findall(in_one_line(path.read_text(encoding="utf-8")))
    }
    assert cited
    assert cited - known == set()


def test_nothing_is_cited_that_is_not_in_the_repository() -> None:
    pages = {path.name for path in [*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "examples").rglob("*.md")]}
    lost = {}
    for path in citing_files():
        text = in_one_line(path.read_text(encoding="utf-8"))
        found = [*_ELSEWHERE.findall(text), *(name for name in _PAGE.findall(text) if name not in pages)]
        if found:
            lost[str(path.relative_to(ROOT))] = found
    assert lost == {}


@pytest.mark.parametrize("name", PAGES)
def test_sections_are_in_order_and_no_number_is_used_twice(name: str) -> None:
    numbers = [tuple(map(int, number.split("."))) for number in headings(PAGES[name])]
    assert numbers == sorted(set(numbers))


def test_the_pages_themselves_refer_to_sections_that_exist() -> None:
    assert [found for page in PAGES.values() for found in missing(page.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(behaviour 3.8)", ["behaviour 3.8"]),
        ("# pricing 2.5: a write-in", ["pricing 2.5"]),
        ("(Web API 1.8, 11)", ["Web API 1.8", "Web API 11"]),
        ("(tables 3; architecture 4)", ["tables 3", "architecture 4"]),
        (
            "(behaviour 3.2 to 3.4, 3.10, 4)",
            ["behaviour 3.2", "behaviour 3.3", "behaviour 3.4", "behaviour 3.10", "behaviour 4"],
        ),
        ("(behaviour 8 and 9, Web API 11)", ["behaviour 8", "behaviour 9", "Web API 11"]),
        ("(Web API 1 to 3)", ["Web API 1", "Web API 2", "Web API 3"]),
        ("Behaviour 10: the customer's", ["behaviour 10"]),
        ("a sentence that ends (behaviour\n    3.8), in a docstring", ["behaviour 3.8"]),
        ("    # a comment (Web\n    # API 4,\n    # 5)", ["Web API 4", "Web API 5"]),
        ("| a cell (pricing 7). |", ["pricing 7"]),
        ("the last word is pricing\n\n## 12. A heading", []),
        ("all tables, 3 of them", []),
    ],
)
def test_citations_are_found_as_they_are_written(text: str, expected: list[str]) -> None:
    assert [f"{page} {section}" for page, section in citations(text)] == expected


def test_a_section_that_is_not_there_is_named() -> None:
    assert missing("(behaviour 3.8, 99.1;\n    pricing 2 to 3; Web\n    API 77)") == ["behaviour 99.1", "Web API 77"]
