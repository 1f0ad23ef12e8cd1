# SPDX-License-Identifier: EUPL-1.2
"""For requesters: ``from blauweknop.requester import Requester``."""

from blauweknop.services.requester.evidence import make_evidence
from blauweknop.services.requester.model import Delivery, NotDelivered, Received, Request
from blauweknop.services.requester.sdk import Consent, Requester

__all__ = ["Consent", "Delivery", "NotDelivered", "Received", "Request", "Requester", "make_evidence"]
