# SPDX-License-Identifier: EUPL-1.2
# What can be wrong when somebody arrives with a request from another site.

fout-oauth-aanvraag-onbekend-kop = This request no longer counts
fout-oauth-aanvraag-onbekend-wat = A request counts for a short time and works only once. This one has expired or was used.
fout-oauth-aanvraag-onbekend-doe = Go back to the site you came from and begin again there.

fout-oauth-verzoek-ongeldig-kop = This request is not right
fout-oauth-verzoek-ongeldig-wat = The site you came from sent you with a request that is not right.
fout-oauth-verzoek-ongeldig-doe = Go back to that site and begin again. Does it fail again? Tell that organisation.

fout-oauth-client-ongeldig-kop = This organisation may not ask for anything
fout-oauth-client-ongeldig-wat = The organisation that sent you does not take part in the Blauwe Knop, or is suspended.
fout-oauth-client-ongeldig-doe = Share no data with this organisation. In doubt? Call them on a number you look up yourself.
