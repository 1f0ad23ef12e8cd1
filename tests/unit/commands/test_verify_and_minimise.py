# SPDX-License-Identifier: EUPL-1.2
"""``verify`` and ``minimise`` as somebody types them: words, files, exit codes."""

import json
import subprocess
import sys
import types
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from blauweknop import cli
from blauweknop.adapters.paper.qr import qr_png
from blauweknop.core.seal.trust import Trust
from tests.unit.adapters.paper.printing import AT, KIT, certified, paper_code, sealed

FILES = {
    "a.sd-jwt": sealed().compact(),
    "a.json": sealed().json(),
    "a.pdf": certified(),
    "a.png": qr_png(paper_code()),
    "a.txt": paper_code().encode(),
}


def write_trust(folder: Path, trust: Trust) -> Path:
    """A trust folder that says what ``trust`` says."""
    for name, certificates in (
        ("ankers", trust.anchors),
        ("zegels", [known.certificate for known in trust.known.values()]),
    ):
        (folder / name).mkdir(parents=True)
        for number, certificate in enumerate(certificates):
            (folder / name / f"{number}.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    (folder / "omgeving").write_text(trust.environment)
    return folder


class Desk:
    """A folder with certified files, the demo's trust, and a way to call the command there."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.out = self.err = ""
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        for name, content in FILES.items():
            (folder / name).write_bytes(content)

    def run(self, *words: str) -> int:
        self._monkeypatch.setattr(sys, "argv", ["blauweknop", *words])
        try:
            code = cli.main()
        except SystemExit as end:
            code = int(end.code or 0)
        self.out, self.err = self._capsys.readouterr()
        return code


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    write_trust(tmp_path / ".bk" / "demo" / "vertrouwen", KIT.trust)
    monkeypatch.delenv("BK_DEMO", raising=False)
    for module in ("verify", "minimise"):
        monkeypatch.setattr(f"blauweknop.commands.{module}.time", types.SimpleNamespace(time=lambda: AT + 60))
    here = tmp_path / "downloads"
    here.mkdir()
    monkeypatch.chdir(here)
    return Desk(here, monkeypatch, capsys)


def test_every_form_passes_with_exit_0_and_the_same_print(desk: Desk) -> None:
    assert desk.run("verify", *FILES, "--json") == 0
    reports = json.loads(desk.out)
    assert [report["bestand"] for report in reports] == list(FILES)
    assert {report["uitkomst"] for report in reports} == {"PASSED"}
    assert {report["vingerafdruk"] for report in reports} == {sealed().fingerprint}


def test_the_report_is_words_in_the_language_asked(desk: Desk) -> None:
    assert desk.run("verify", "a.pdf") == 0
    assert desk.out.startswith("a.pdf: PASSED – Echt en ongewijzigd\n")
    assert desk.run("verify", "a.pdf", "--taal", "en") == 0
    assert desk.out.startswith("a.pdf: PASSED – Authentic and unchanged\n")


@pytest.mark.parametrize("name", ["a.sd-jwt", "a.json", "a.pdf"])
def test_a_changed_file_exits_1_also_among_good_ones(desk: Desk, name: str) -> None:
    assert desk.run("verify", name) == 0
    data = bytearray(FILES[name])
    data[len(data) // 2] ^= 1
    (desk.folder / "changed").write_bytes(data)
    assert desk.run("verify", "a.sd-jwt", "changed", "a.pdf") == 1
    assert desk.out.count("PASSED") == 2


def test_an_unknown_seal_exits_1(desk: Desk, tmp_path: Path) -> None:
    nobody = write_trust(tmp_path / "niemand", KIT.stranger)
    assert desk.run("verify", "a.sd-jwt", "--vertrouwen", str(nobody)) == 1
    assert "INDETERMINATE" in desk.out


def test_unreadable_content_exits_1_and_an_unopened_path_2(desk: Desk) -> None:
    (desk.folder / "rubbish").write_bytes(b"\0" * 100)
    assert desk.run("verify", "rubbish") == 1
    assert desk.run("verify", "absent", "rubbish", "a.pdf") == 2
    assert "absent cannot be opened" in desk.err
    assert "a.pdf: PASSED" in desk.out
    assert desk.run("verify", str(desk.folder)) == 2


@pytest.mark.parametrize(
    "words", [[], ["a.pdf", "--taal", "de"], ["a.pdf", "--onlein"], ["a.pdf", "--vertrouwen", "absent"]]
)
def test_wrong_usage_exits_2(desk: Desk, words: list[str]) -> None:
    assert desk.run("verify", *words) == 2


def test_trust_beside_the_file_does_not_count(desk: Desk, tmp_path: Path) -> None:
    write_trust(desk.folder / "vertrouwen", KIT.trust)
    (tmp_path / ".bk" / "demo" / "vertrouwen" / "zegels" / "0.pem").unlink()
    (tmp_path / ".bk" / "demo" / "vertrouwen" / "ankers" / "0.pem").unlink()
    assert desk.run("verify", "a.sd-jwt") == 1


def test_without_any_trust_it_says_what_to_do(
    desk: Desk, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = str(desk.folder / "a.pdf")
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert desk.run("verify", file) == 2
    assert "--vertrouwen" in desk.err


def test_the_folder_that_bk_names_is_found(
    desk: Desk, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BK_DEMO", str(tmp_path / ".bk" / "demo"))
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert desk.run("verify", str(desk.folder / "a.pdf")) == 0


@pytest.mark.parametrize("source", ["a.sd-jwt", "a.json", "a.pdf"])
@pytest.mark.parametrize("target", ["kleiner.sd-jwt", "kleiner.json"])
def test_bk035_a_smaller_copy_is_certified_and_holds_only_what_was_kept(desk: Desk, source: str, target: str) -> None:
    assert desk.run("minimise", source, "--keep", "rijen[1].verzamelinkomen", "--out", target) == 0
    assert desk.run("verify", target, "--json") == 0
    (report,) = json.loads(desk.out)
    assert [value["waarde"] for value in report["waarden"].values()] == [4_820_000]
    assert report["vingerafdruk"] == sealed().fingerprint
    assert b"4650000" not in (desk.folder / target).read_bytes()


def test_bk035_a_smaller_pdf_says_it_has_no_seal_of_its_own(desk: Desk) -> None:
    assert desk.run("minimise", "a.pdf", "--keep", "verzamelinkomen", "belastingjaar", "--out", "kleiner.pdf") == 0
    run = subprocess.run(["pdftotext", "kleiner.pdf", "-"], capture_output=True, check=True, text=True)
    printed = " ".join(run.stdout.split())
    assert "Kleinere kopie van gewaarmerkte gegevens" in printed
    assert "geen zegel" in printed
    assert desk.run("verify", "kleiner.pdf", "--json") == 1
    (report,) = json.loads(desk.out)
    assert report["waarom"] == "pdf-zonder-zegel"
    assert len(report["waarden"]) == 4


def test_without_out_the_copy_lies_beside_the_file(desk: Desk) -> None:
    assert desk.run("minimise", "a.json", "--keep", "verzamelinkomen,belastingjaar") == 0
    assert desk.run("verify", "a-kleiner.json") == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["a.pdf", "--keep", "verzamelinkomen", "--out", "a.pdf"], 2),
        (["a.pdf", "--keep", "verzamelinkomen", "--out", "a.json"], 2),
        (["a.pdf", "--keep", "verzamelinkomen", "--out", "b.docx"], 2),
        (["a.pdf", "--keep", "verzamelinkomen", "--out", "nowhere/b.json"], 2),
        (["a.pdf"], 2),
        (["a.pdf", "--keep", ","], 2),
        (["a.pdf", "--keep", "salaris", "--out", "b.json"], 2),
        (["absent", "--keep", "verzamelinkomen", "--out", "b.json"], 2),
        (["a.pdf", "--keep", "Verzamelinkomen!", "--out", "b.json"], 1),
        (["a.png", "--keep", "verzamelinkomen", "--out", "b.json"], 1),
    ],
)
def test_minimise_refuses_and_leaves_everything_as_it_was(desk: Desk, words: list[str], code: int) -> None:
    before = {path.name: path.read_bytes() for path in desk.folder.iterdir()}
    assert desk.run("minimise", *words) == code
    assert {path.name: path.read_bytes() for path in desk.folder.iterdir()} == before
    assert desk.err
