# SPDX-License-Identifier: EUPL-1.2
"""Whose status list counts: a list of the same organisation under a given anchor, with one named change."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from blauweknop.adapters.keys.chain import ChainSource, init_test_chain, keys_folder, trust_folder
from blauweknop.adapters.keys.contract import Purpose
from blauweknop.adapters.keys.folder import load_signer
from blauweknop.adapters.keys.trust_folder import load_trust
from blauweknop.core.seal.certificate_errors import CertificateError
from blauweknop.core.seal.trust import Trust
from blauweknop.core.status.signed_by import resolve_status_key

ISS = "http://localhost:8199"
OIN = "00000001999999999000"
NOW = int(time.time())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("keten")
    init_test_chain(root, [ChainSource(slug="proef", name="Proefbron", oin=OIN, iss=ISS)], now=NOW)
    return root


@pytest.fixture
def good(folder: Path) -> dict[str, Any]:
    signer = load_signer(keys_folder(folder, "proef"), Purpose.STATUS)
    return {
        "x5c": signer.certificates,
        "iss": ISS,
        "oin": OIN,
        "trust": load_trust(trust_folder(folder)),
        "at": NOW,
    }


def test_a_list_of_the_same_organisation_counts(good: dict[str, Any]) -> None:
    key = resolve_status_key(**good)
    assert key == x509.load_der_x509_certificate(good["x5c"][0]).public_key()


def other_chain(folder: Path) -> Trust:
    init_test_chain(folder, [ChainSource(slug="ander", name="Ander", oin=OIN, iss=ISS)], now=NOW)
    return load_trust(trust_folder(folder))


@pytest.mark.parametrize(
    "change",
    [
        {"x5c": ()},
        {"x5c": (b"\x30\x00",)},
        {"iss": "http://localhost:8198"},
        {"oin": "00000001999999999001"},
        {"at": NOW - 365 * 86_400},
        {"at": NOW + 20 * 365 * 86_400},
    ],
)
def test_one_change_and_it_counts_no_more(good: dict[str, Any], change: dict[str, Any]) -> None:
    with pytest.raises(CertificateError):
        resolve_status_key(**{**good, **change})


def test_a_seal_certificate_signs_no_status(good: dict[str, Any], folder: Path) -> None:
    seal = load_signer(keys_folder(folder, "proef"), Purpose.SEAL)
    with pytest.raises(CertificateError):
        resolve_status_key(**{**good, "x5c": seal.certificates})


def test_the_leaf_alone_leads_nowhere(good: dict[str, Any]) -> None:
    with pytest.raises(CertificateError):
        resolve_status_key(**{**good, "x5c": good["x5c"][:1]})


def test_an_anchor_does_not_come_along(good: dict[str, Any]) -> None:
    anchor = good["trust"].anchors[0].public_bytes(Encoding.DER)
    with pytest.raises(CertificateError):
        resolve_status_key(**{**good, "x5c": (*good["x5c"], anchor)})


def test_under_another_anchor_it_counts_for_nothing(good: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(CertificateError):
        resolve_status_key(**{**good, "trust": other_chain(tmp_path)})
