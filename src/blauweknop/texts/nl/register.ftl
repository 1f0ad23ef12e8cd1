# SPDX-License-Identifier: EUPL-1.2
# De openbare pagina's van het register.

register-kop = Wie doet er mee?
register-kort = Deze organisaties staan in het register van de Blauwe Knop. Kies een organisatie om te zien of zij mee mag doen, en waarvoor.
register-voet-lijst = Alle organisaties
register-voet-afspraken = De afspraken
register-fase-aangemeld = Aangemeld, nog niet toegelaten
register-fase-toegelaten = Toegelaten
register-fase-gecertificeerd = Toegelaten en gecertificeerd
register-fase-geschorst = Geschorst: doet nu niet mee
register-fase-beeindigd = Doet niet meer mee

deelnemer-aangemeld-kort = Nee, deze organisatie is nog niet toegelaten. Zij heeft zich aangemeld op { $sinds }.
deelnemer-aangemeld-doe = Geef deze organisatie geen gegevens via de Blauwe Knop. Vraagt zij er toch om? Stop dan.
deelnemer-toegelaten-kort = Ja, deze organisatie is toegelaten, sinds { $sinds }.
deelnemer-toegelaten-doe = De stelselbeheerder heeft gecontroleerd wie deze organisatie is. Een keuring volgt nog.
deelnemer-gecertificeerd-kort = Ja, deze organisatie is toegelaten en gecertificeerd, sinds { $sinds }.
deelnemer-gecertificeerd-doe = De stelselbeheerder heeft gecontroleerd wie deze organisatie is en of zij zich aan de afspraken houdt.
deelnemer-geschorst-kort = Nee, deze organisatie is geschorst, sinds { $sinds }.
deelnemer-geschorst-doe = Zij krijgt nu geen gegevens via de Blauwe Knop. Vraagt zij u toch om gegevens? Stop dan.
deelnemer-beeindigd-kort = Nee, deze organisatie doet niet meer mee, sinds { $sinds }.
deelnemer-beeindigd-doe = Zij krijgt geen gegevens meer via de Blauwe Knop. Wat zij eerder heeft gewaarmerkt, blijft geldig.
deelnemer-onbekend-kop = Deze organisatie staat niet in het register
deelnemer-onbekend-kort = Nee, deze organisatie is niet toegelaten.
deelnemer-onbekend-doe = Geef haar geen gegevens via de Blauwe Knop. Ziet u op haar website wel het beeldmerk? Dan klopt er iets niet: sluit die website.

deelnemer-rollen = Wat doet deze organisatie?
deelnemer-rol-bron = Zij heeft gegevens van u en geeft die aan u, of aan een ander als u dat goedvindt.
deelnemer-rol-vrager = Zij mag u om gegevens vragen. U beslist of zij die krijgt.
deelnemer-rol-app = Zij maakt een app waarmee u uw eigen gegevens ophaalt op uw eigen toestel.
deelnemer-rol-kluis = Zij bewaart gegevens voor u, als u dat wilt.
deelnemer-rol-wallet = Zij maakt een wallet: een app waarin u uw bewijzen bewaart.
deelnemer-rol-toestemmingsdienst = Hier geeft u toestemming en trekt u die weer in. Uw gegevens zelf ziet zij niet.
deelnemer-rol-balie = Hier kunt u aan een balie of op papier toestemming geven.
deelnemer-rol-leverancier = Zij bouwt of beheert verbindingen voor andere organisaties. Gegevens kunnen door haar systemen gaan.
deelnemer-rol-stelselbeheerder = Zij beslist wie er mee mag doen, en houdt dit register bij.

deelnemer-gegevens = Welke gegevens geeft zij?
deelnemer-diensten = Waarvoor mag zij gegevens vragen?
deelnemer-dienst-sinds = Sinds { $sinds }.
deelnemer-via = De gegevens gaan ook door de systemen van: { $namen }.
deelnemer-controle = Is dit de goede organisatie?
deelnemer-adres = Het adres van deze organisatie is { $adres }
deelnemer-let-op = Kijk of dat hetzelfde is als het adres boven in uw scherm bij die organisatie. Is het anders, ook maar een letter? Stop dan.
deelnemer-oin = Nummer van de organisatie (OIN): { $oin }.
deelnemer-versie = Uit het ondertekende register, versie { $versie }, van { $datum }.

afspraken-kop = De afspraken van de Blauwe Knop
afspraken-kort = Iedere organisatie in het register houdt zich hieraan. Bij elke afspraak staat wie daarop let.
afspraken-versie = Versie { $versie }, van { $datum }.
afspraken-controle = Het programma controleert dit: wie zich er niet aan houdt, komt er niet door.
afspraken-toezicht = Hierop let: { $wie }.
