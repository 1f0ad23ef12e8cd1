# SPDX-License-Identifier: EUPL-1.2
"""What a browser sends along with a form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx2


def hidden(page: httpx2.Response) -> dict[str, Any]:
    """The hidden fields of the last form of a page that has any, lists as lists."""
    fields: dict[str, Any] = {}
    form = re.split(r"<form", page.text)[-1]
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form):
        if name == "element":
            fields.setdefault(name, []).append(value)
        else:
            fields[name] = value
    return fields
