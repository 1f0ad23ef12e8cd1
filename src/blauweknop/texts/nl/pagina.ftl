# SPDX-License-Identifier: EUPL-1.2
# Around every page, and the pages that say what went wrong.

product = Blauwe Knop
naar-inhoud = Naar de inhoud
nav-naam = Taal en uitloggen
taal-nl = Nederlands
taal-en = English
voorbeeldgegevens = Dit is een proef. U ziet voorbeeldgegevens, niet van echte mensen.
merk-noot = Het blauwe teken boven aan deze pagina is tijdelijk. Het is niet het officiële beeldmerk van de Blauwe Knop.
uitloggen = Uitloggen

fout-niets-gedeeld = Er is niets met anderen gedeeld.
fout-wat-nu = Wat kunt u doen?
fout-contact = Zo bereikt u { $organisatie }:
fout-contact-telefoon = Telefoon
fout-contact-mail = E-mail
fout-contact-website = Website
fout-opnieuw = Probeer opnieuw
fout-naar-begin = Naar het begin
fout-code = Wilt u hierover bellen of schrijven? Noem dan deze code: { $code }

fout-storing-kop = Het lukt nu niet
fout-storing-wat = Er is iets misgegaan bij ons.
fout-storing-doe = Wacht een paar minuten en probeer het opnieuw. Lukt het dan nog niet? Neem contact op met de organisatie.

fout-verzoek-ongeldig-kop = Dit verzoek klopt niet
fout-verzoek-ongeldig-wat = Wij kregen iets wat deze pagina niet kent. Daarom hebben wij niets gedaan.
fout-verzoek-ongeldig-doe = Begin opnieuw en gebruik de knoppen op de pagina.

fout-niet-gevonden-kop = Deze pagina is er niet
fout-niet-gevonden-wat = Op dit adres staat niets.
fout-niet-gevonden-doe = Kijk of u het adres goed hebt overgenomen, of ga naar het begin.

fout-methode-niet-toegestaan-kop = Zo werkt deze pagina niet
fout-methode-niet-toegestaan-wat = U kunt dit adres niet op deze manier openen.
fout-methode-niet-toegestaan-doe = Ga naar het begin en gebruik de knoppen op de pagina.

fout-formulier-ongeldig-kop = Wij begrijpen uw formulier niet
fout-formulier-ongeldig-wat = In het formulier staat iets wat niet bij deze pagina hoort. Daarom hebben wij niets gedaan.
fout-formulier-ongeldig-doe = Ga terug naar het begin en vul het formulier opnieuw in.

fout-formulier-niet-van-hier-kop = Dit formulier komt niet van deze pagina
fout-formulier-niet-van-hier-wat = Het formulier hoort bij een andere website, of bij een oude pagina van uzelf. Voor uw veiligheid hebben wij niets gedaan.
fout-formulier-niet-van-hier-doe = Ga naar het begin en probeer het opnieuw. Kwam u hier via een mail of een andere website? Sluit dan deze pagina.

fout-verzoek-te-groot-kop = Dit is te groot
fout-verzoek-te-groot-wat = U stuurde meer dan deze pagina aankan.
fout-verzoek-te-groot-doe = Probeer het met een kleiner bestand of met minder tekst.

fout-verzoek-te-traag-kop = Het duurde te lang
fout-verzoek-te-traag-wat = Uw verzoek kwam niet op tijd helemaal aan.
fout-verzoek-te-traag-doe = Kijk of u goed internet hebt en probeer het opnieuw.

fout-sessie-voorbij-kop = U bent uitgelogd
fout-sessie-voorbij-wat = U was een tijd niet bezig, of u bent al een uur ingelogd. Daarom hebben wij u uitgelogd. Dat is veiliger.
fout-sessie-voorbij-doe = Log opnieuw in. Uw keuze moet u opnieuw maken.

fout-niet-ingelogd-kop = Log eerst in
fout-niet-ingelogd-wat = Deze pagina is alleen te zien als u bent ingelogd.
fout-niet-ingelogd-doe = Ga naar het begin en log in.

fout-inloggen-afgebroken-kop = Het inloggen is gestopt
fout-inloggen-afgebroken-wat = U bent niet ingelogd. U bent gestopt, of de inlogdienst liet het niet toe.
fout-inloggen-afgebroken-doe = Ga naar het begin en probeer het opnieuw.

fout-inlogpoging-onbekend-kop = Deze inlogpoging kennen wij niet
fout-inlogpoging-onbekend-wat = De inlogpoging is al gebruikt, te oud, of begonnen in een andere browser. U bent niet ingelogd.
fout-inlogpoging-onbekend-doe = Ga naar het begin en log opnieuw in.

fout-inlogantwoord-ongeldig-kop = Het inloggen is niet gelukt
fout-inlogantwoord-ongeldig-wat = Het antwoord van de inlogdienst klopt niet. Voor uw veiligheid hebben wij u niet ingelogd.
fout-inlogantwoord-ongeldig-doe = Probeer het opnieuw. Gebeurt het nog eens? Neem dan contact op met de organisatie.

fout-inlogantwoord-vorm-kop = Het inloggen is niet gelukt
fout-inlogantwoord-vorm-wat = Het antwoord van de inlogdienst heeft niet de vorm die wij kennen. U bent niet ingelogd.
fout-inlogantwoord-vorm-doe = Ga naar het begin en log opnieuw in.

fout-inlogpersoon-onbekend-kop = Inloggen op deze manier kan hier niet
fout-inlogpersoon-onbekend-wat = De inlogdienst geeft geen burgerservicenummer door. Zonder dat nummer kunnen wij uw gegevens niet vinden.
fout-inlogpersoon-onbekend-doe = Log in op een andere manier, bijvoorbeeld met DigiD.

fout-inloggen-onbereikbaar-kop = Inloggen lukt nu niet
fout-inloggen-onbereikbaar-wat = De inlogdienst werkt op dit moment niet.
fout-inloggen-onbereikbaar-doe = Wacht een paar minuten en probeer het opnieuw.

fout-bron-antwoordt-niet-kop = Uw gegevens zijn nu niet op te halen
fout-bron-antwoordt-niet-wat = De computer van de organisatie gaf geen bruikbaar antwoord.
fout-bron-antwoordt-niet-doe = Probeer het over een paar minuten opnieuw. Lukt het niet? Bel of schrijf de organisatie, of vraag uw gegevens op papier.
fout-bron-antwoordt-niet-reden-onbereikbaar = De computer was niet te bereiken.
fout-bron-antwoordt-niet-reden-te-laat = Het antwoord kwam niet op tijd.
fout-bron-antwoordt-niet-reden-geweigerd = De computer liet ons niet toe.
fout-bron-antwoordt-niet-reden-onleesbaar = Wij konden het antwoord niet lezen.
fout-bron-antwoordt-niet-reden-te-groot = Het antwoord was te groot.
fout-bron-antwoordt-niet-reden-doorverwijzing = De computer stuurde ons naar een ander adres. Dat doen wij niet.
fout-bron-antwoordt-niet-reden-onverwacht = Er ging daar iets mis wat wij niet kennen.

fout-andere-persoon-kop = Wij laten dit niet zien
fout-andere-persoon-wat = De computer van de organisatie gaf gegevens die niet van u zijn. Wij hebben ze niet laten zien en dit gemeld als fout.
fout-andere-persoon-doe = Neem contact op met de organisatie.

weigering-sessie-verlopen-kop = U bent uitgelogd
weigering-sessie-verlopen-wat = Uw tijd was om. Daarom hebben wij niets verstrekt.
weigering-sessie-verlopen-doe = Log opnieuw in.

weigering-inlogniveau-te-laag-kop = Log in met meer zekerheid
weigering-inlogniveau-te-laag-wat = Voor deze gegevens is een veiliger manier van inloggen nodig dan u nu gebruikte.
weigering-inlogniveau-te-laag-doe = Ga naar het begin en log opnieuw in, op een veiliger manier. Bijvoorbeeld met een controle van uw identiteitsbewijs.

weigering-gegevensset-onbekend-kop = Deze gegevens zijn er niet
weigering-gegevensset-onbekend-wat = Deze organisatie kent deze gegevens niet.
weigering-gegevensset-onbekend-doe = Ga naar het begin en kies andere gegevens.

weigering-gegevensset-uit-kop = Deze gegevens zijn nu niet te krijgen
weigering-gegevensset-uit-wat = De organisatie heeft dit onderdeel uitgezet.
weigering-gegevensset-uit-doe = Probeer het later, of vraag het de organisatie.

weigering-element-onbekend-kop = Dit gegeven is er niet
weigering-element-onbekend-wat = U koos een gegeven dat deze organisatie niet kan geven.
weigering-element-onbekend-doe = Ga terug en maak een andere keuze.

weigering-niets-gevraagd-kop = U hebt niets gekozen
weigering-niets-gevraagd-wat = Er stond geen enkel gegeven in uw keuze.
weigering-niets-gevraagd-doe = Ga terug en kies minstens één gegeven.

weigering-dienst-onbekend-kop = Dit doel kennen wij niet
weigering-dienst-onbekend-wat = Het doel dat u koos, hoort niet bij deze gegevens.
weigering-dienst-onbekend-doe = Ga naar het begin en kies opnieuw waarvoor u de gegevens nodig hebt.

weigering-persoon-onbekend-kop = Deze organisatie kent u niet
weigering-persoon-onbekend-wat = Wij hebben met uw burgerservicenummer gezocht. Er staat niets van u in deze gegevens.
weigering-persoon-onbekend-doe = Denkt u dat dit niet klopt? Neem dan contact op met de organisatie.

fout-ander-adres-kop = Deze pagina heeft een ander adres
fout-ander-adres-wat = U kwam hier via een adres dat niet van deze organisatie is. Daarom hebben wij niets gedaan.
fout-ander-adres-doe = Ga met de knop naar het goede adres.
