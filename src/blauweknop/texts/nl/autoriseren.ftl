# SPDX-License-Identifier: EUPL-1.2
# Wat er mis kan zijn als iemand met een aanvraag van een andere site binnenkomt.

fout-oauth-aanvraag-onbekend-kop = Deze aanvraag geldt niet meer
fout-oauth-aanvraag-onbekend-wat = Een aanvraag is kort geldig en werkt maar één keer. Deze is verlopen of al gebruikt.
fout-oauth-aanvraag-onbekend-doe = Ga terug naar de site waar u vandaan kwam en begin daar opnieuw.

fout-oauth-verzoek-ongeldig-kop = Deze aanvraag klopt niet
fout-oauth-verzoek-ongeldig-wat = De site waar u vandaan kwam, heeft u met een onjuiste aanvraag gestuurd.
fout-oauth-verzoek-ongeldig-doe = Ga terug naar die site en begin opnieuw. Gaat het weer mis? Vertel het aan die organisatie.

fout-oauth-client-ongeldig-kop = Deze organisatie mag niets vragen
fout-oauth-client-ongeldig-wat = De organisatie die u stuurde, doet niet mee met de Blauwe Knop, of is geschorst.
fout-oauth-client-ongeldig-doe = Deel geen gegevens met deze organisatie. Twijfelt u? Bel haar op een nummer dat u zelf opzoekt.
