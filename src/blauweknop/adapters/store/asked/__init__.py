# SPDX-License-Identifier: EUPL-1.2
"""What a requester remembers of requests, consents and deliveries."""
