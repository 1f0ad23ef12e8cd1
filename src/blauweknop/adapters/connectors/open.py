# SPDX-License-Identifier: EUPL-1.2
"""The connector that belongs to the settings of a connection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blauweknop.adapters.connectors.csv_file import CsvConnector
from blauweknop.adapters.connectors.haal_centraal.connector import HaalCentraalConnector
from blauweknop.adapters.connectors.rest import RestConnector
from blauweknop.adapters.connectors.settings import AnyLink, CsvLink, HaalCentraalLink, SqlLink
from blauweknop.adapters.connectors.sql import SqlConnector

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blauweknop.adapters.connectors.contract import Connector


def open_connector(link: AnyLink, *, environ: Mapping[str, str] | None = None) -> Connector:
    """A connector for one data set; nothing is called yet. ``environ``: where secrets stand, by default the process's.

    Raises: a ``ConfigurationError`` that says what in ``link`` cannot be used.
    """
    match link:
        case SqlLink():
            return SqlConnector(link)
        case CsvLink():
            return CsvConnector(link)
        case HaalCentraalLink():
            return HaalCentraalConnector(link, environ)
        case _:
            return RestConnector(link, environ)
