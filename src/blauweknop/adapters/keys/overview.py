# SPDX-License-Identifier: EUPL-1.2
"""What lies in a folder of keys, told without telling any key: purposes, expiry, and what needs attention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blauweknop.adapters.keys.contract import Purpose, SecretPurpose
from blauweknop.adapters.keys.errors import KeyUnusableError
from blauweknop.adapters.keys.folder import load_certificates, load_secret, load_signer, load_subject

if TYPE_CHECKING:
    from pathlib import Path

WARN_DAYS = 60
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One key or secret; ``days_left`` is None for a secret and for a key that cannot be used."""

    purpose: str
    organisation: str = ""
    oin: str = ""
    iss: str = ""
    kid: str = ""
    days_left: int | None = None
    warning: str = ""
    problem: str = ""


def source_folders(folder: Path) -> list[Path]:
    """The folders of keys that ``folder`` means: its sources when it is the root of a chain, else itself.

    Raises: ``KeyUnusableError`` when it is no folder.
    """
    if not folder.is_dir():
        raise KeyUnusableError(f"{folder} is not a folder")
    below = folder / "keys"
    return sorted(path for path in below.iterdir() if path.is_dir()) if below.is_dir() else [folder]


def describe(folder: Path, *, now: int) -> list[KeyLine]:
    """One line for each purpose. ``now``: seconds since 1970."""
    return [
        *(_describe_key(folder, purpose, now) for purpose in Purpose),
        *(_describe_secret(folder, purpose) for purpose in SecretPurpose),
    ]


def _describe_key(folder: Path, purpose: Purpose, now: int) -> KeyLine:
    try:
        signer = load_signer(folder, purpose)
        subject = load_subject(folder, purpose)
        ends = min(certificate.not_after for certificate in load_certificates(folder, purpose))
    except KeyUnusableError as error:
        return KeyLine(purpose, problem=str(error))
    days = int((ends - now) // _DAY)
    return KeyLine(
        purpose,
        organisation=subject.name,
        oin=subject.oin,
        iss=subject.uri,
        kid=signer.kid,
        days_left=days,
        warning=f"ends within {WARN_DAYS} days: ask for a new certificate" if 0 <= days < WARN_DAYS else "",
        problem="has ended: what is sealed from now on is refused" if days < 0 else "",
    )


def _describe_secret(folder: Path, purpose: SecretPurpose) -> KeyLine:
    try:
        load_secret(folder, purpose)
    except KeyUnusableError as error:
        return KeyLine(purpose, problem=str(error))
    return KeyLine(purpose)
