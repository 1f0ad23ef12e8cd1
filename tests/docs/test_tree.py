# SPDX-License-Identifier: EUPL-1.2
"""What is committed: headers, links, and nothing that belongs to one machine."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tests.docs.tree import ROOT, committed, rows

HEADED = {".py", ".sql", ".js", ".mjs", ".css", ".ftl", ".html", ".typ", ".toml", ".sh", ".yml", ".yaml"}
HEADER = "SPDX-License-Identifier: "
LINK = re.compile(r"\]\(([^)\s]+)\)")
TEXT = [path for path in committed() if path.suffix not in {".png", ".pdf", ".woff2", ".ico", ".jpg"}]
MARKDOWN = [path for path in committed() if path.suffix == ".md"]
# Written apart, so that this file does not hold them.
MACHINE = ["/" + "work/", "/" + "root/", "/" + "home/", "/" + "opt/", "/" + "Users/"]
INDEX = ["pypi" + ".org", "python" + "hosted.org", "registry." + "npmjs", "--index" + "-url", "--find" + "-links"]


def lines_with(words: list[str], *, but: tuple[str, ...] = ()) -> list[str]:
    """Where one of the words stands in a committed file."""
    pattern = re.compile("|".join(rf"(?<![\w.]){re.escape(word)}" for word in words))
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in TEXT
        if path.name not in but
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]


def test_source_files_have_a_licence_header() -> None:
    lacking = [
        str(path.relative_to(ROOT))
        for path in committed()
        if path.suffix in HEADED and path.stat().st_size and HEADER not in path.read_text(encoding="utf-8")[:400]
    ]
    assert not lacking, f"add '{HEADER}EUPL-1.2' in a comment at the top of: {lacking}"


def test_no_path_of_one_machine() -> None:
    assert lines_with(MACHINE) == []


def test_no_address_of_a_package_index() -> None:
    assert lines_with(INDEX, but=("lock.py",)) == []


def test_npm_lock_records_no_addresses_and_all_hashes() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert all("resolved" not in package for package in packages.values())
    assert all("integrity" in package for name, package in packages.items() if name)


@pytest.mark.parametrize("lock", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda lock: lock.name)
def test_python_lock_is_versions_and_hashes_only(lock: Path) -> None:
    allowed = re.compile(r"[\w.\-\[\]]+==[\w.+!]+(?: ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}(?: \\)?")
    wrong = [line for line in lock.read_text(encoding="utf-8").splitlines() if not allowed.fullmatch(line)]
    assert wrong == []


def test_development_lock_holds_the_runtime_lock() -> None:
    runtime, dev = (
        {
            line.split(" ")[0]
            for line in (ROOT / "requirements" / name).read_text(encoding="utf-8").split("\n")
            if "==" in line
        }
        for name in ("runtime.txt", "dev.txt")
    )
    assert runtime <= dev


def locked(name: str) -> dict[str, Version]:
    """Packages of a lock and their versions."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    return {match[1]: Version(match[2]) for match in re.finditer(r"^([\w.\-]+)==([\w.+!]+)", text, re.MULTILINE)}


@pytest.mark.parametrize("lock", ["runtime.txt", "dev.txt"])
def test_the_locks_hold_what_the_project_asks_for(lock: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"]]
    asked += [one for extra in project["project"]["optional-dependencies"].values() for one in extra]
    asked += project["dependency-groups"]["dev"] if lock == "dev.txt" else []
    versions = locked(lock)
    lacking = [
        str(one)
        for one in map(Requirement, asked)
        if versions.get(one.name.lower(), Version("0")) not in one.specifier or one.name.lower() not in versions
    ]
    assert not lacking, f"run python3 requirements/lock.py: requirements/{lock} lacks {lacking}"


def test_each_dependency_at_run_time_has_its_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {Requirement(one).name for one in project["dependencies"]}
    extras = {Requirement(one).name for extra in project["optional-dependencies"].values() for one in extra}
    page = ROOT / "docs" / "adr" / "0002-dependencies-at-run-time.md"
    documented = {cell for cells in rows(page) for cell in cells[:2]}
    assert not (names | extras) - documented, f"{page.name}: add a row"
    assert len(names) <= 12, "at most a dozen for core and source; the rest are extras"


def anchor(heading: str) -> str:
    """The anchor of a heading as readers of Markdown make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", MARKDOWN, ids=lambda page: str(page.relative_to(ROOT)))
def test_relative_links_resolve(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, fragment = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        assert file.exists(), f"{page.relative_to(ROOT)}: link to {target}, which is not there"
        if fragment and file.suffix == ".md":
            headings = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
            assert fragment in map(anchor, headings), f"{page.relative_to(ROOT)}: no heading for {target}"


def test_every_document_is_on_the_map() -> None:
    map_text = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    lacking = [
        page.name
        for page in (ROOT / "docs").glob("*.md")
        if page.name != "README.md" and f"({page.name})" not in map_text
    ]
    assert not lacking, f"docs/README.md: add a row for {lacking}"
    index = (ROOT / "docs" / "adr" / "README.md").read_text(encoding="utf-8")
    decisions = sorted(path.name for path in (ROOT / "docs" / "adr").glob("0*.md"))
    assert [name for name in decisions if f"({name})" not in index] == [], "docs/adr/README.md: add a row"
