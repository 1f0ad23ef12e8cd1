# SPDX-License-Identifier: EUPL-1.2
# De schermen van de toestemmingsdienst.

voet-mijn = Mijn toestemmingen
toestemming-begin-kop = U bepaalt wie uw gegevens krijgt
toestemming-begin-wat = Hier ziet u welke organisaties uw gegevens mogen ophalen. U kunt dat altijd stoppen.
toestemming-drie-kop = Drie verschillende dingen
toestemming-drie-toestemming = Toestemming: u zegt ja, en een organisatie haalt voor u gegevens op. Daarover gaat deze site.
toestemming-drie-inzage = Eigen inzage: u bekijkt zelf uw gegevens. Daarvoor is geen toestemming nodig.
toestemming-drie-wet = Gebruik volgens de wet: soms mag een organisatie gegevens gebruiken zonder uw toestemming. Dat stopt u hier niet.

toestemming-inloggen-kop = Log eerst in
toestemming-inloggen-wie = { $wie } vraagt gegevens van u, voor: { $dienst }.
toestemming-inloggen-eerst = Na het inloggen leest u wat er gevraagd wordt. Er wordt nog niets gedeeld.
toestemming-inloggen-mijn = Na het inloggen ziet u aan wie u toestemming gaf.

geen-aanvraag-kop = Er is hier geen aanvraag
geen-aanvraag-wat = U hebt al besloten, of de aanvraag is te oud. Door deze pagina te openen is er niets gedeeld. Onder ‘Mijn toestemmingen’ ziet u wat er loopt.
geen-aanvraag-doe = Wilt u toch gegevens delen? Ga terug naar de organisatie die het vroeg, en begin daar opnieuw.

aanvraag-kop = { $wie } vraagt gegevens van u
aanvraag-waarvoor = Waarvoor: { $dienst }.
aanvraag-merk = { $wie } staat in het register en mag dit vragen.
aanvraag-merk-kijk = Kijk het zelf na
aanvraag-welke = Welke gegevens wilt u delen?
aanvraag-deze-set = Ik deel: { $set }
aanvraag-nodig = Dit is nodig voor de dienst:
aanvraag-mag = mag, hoeft niet
aanvraag-vaak-eenmalig = Wordt één keer opgehaald.
aanvraag-vaak-dagelijks = Mag elke dag worden opgehaald.
aanvraag-vaak-wekelijks = Mag elke week worden opgehaald.
aanvraag-vaak-maandelijks = Mag elke maand worden opgehaald.
aanvraag-vaak-jaarlijks = Mag elk jaar worden opgehaald.
aanvraag-vaak-per-keer = U wordt elke keer gevraagd.
aanvraag-bewaren = Wordt na het ophalen { $aantal } { $eenheid ->
    [D] { $aantal ->
        [1] dag
       *[other] dagen
    }
    [W] { $aantal ->
        [1] week
       *[other] weken
    }
    [M] { $aantal ->
        [1] maand
       *[other] maanden
    }
   *[Y] jaar
} bewaard.
aanvraag-over = Over de laatste { $aantal } { $eenheid ->
    [M] { $aantal ->
        [1] maand
       *[other] maanden
    }
   *[Y] jaar
}.
aanvraag-van-tot = Van { $van } tot en met { $tot }.
aanvraag-bekijk = Bekijk mijn gegevens bij { $wie }
aanvraag-hoe-lang = Hoe lang?
aanvraag-tot = Uw toestemming geldt tot en met { $dag }. Daarna stopt zij vanzelf.
aanvraag-korter = Ik wil korter, tot en met:
aanvraag-wat-dan = Wat gebeurt er dan?
aanvraag-bij-ja = Als u ja zegt
aanvraag-bij-nee = Als u nee zegt
aanvraag-alleen-hiervoor = U geeft toestemming om deze gegevens te leveren én te gebruiken, alleen voor: { $dienst }. Voor iets anders moet de organisatie het opnieuw vragen.
aanvraag-stoppen = U kunt dit elk moment stoppen bij ‘Mijn toestemmingen’.
aanvraag-grondslag = Wettelijke grondslag:
aanvraag-uitdrukkelijk-vraag = Dit gaat over uw gezondheid of zorg. Ik geef { $wie } uitdrukkelijk toestemming.
aanvraag-uitdrukkelijk = Voor gegevens over uw gezondheid of zorg is een uitdrukkelijke toestemming nodig. Zet daarvoor het vinkje onderaan.
aanvraag-niets = U hebt niets gekozen om te delen. Kies wat u wilt delen, of zeg nee.
aanvraag-ja = Ja, ik deel dit
aanvraag-nee = Nee, ik deel niets

eigen-inzage-inloggen-wie = De app { $wie } wil uw eigen gegevens ophalen, voor u zelf.
eigen-inzage-kop = U haalt uw eigen gegevens op
eigen-inzage-wat = U doet dit met de app { $wie }. De gegevens komen op uw eigen toestel.
eigen-inzage-geen-toestemming = Dit is eigen inzage. U geeft geen toestemming.
eigen-inzage-alleen-u = Geen organisatie krijgt hiermee uw gegevens. Alleen u.
eigen-inzage-merk = { $wie } staat in het register. Deze app mag dit voor u doen.
eigen-inzage-welke = Welke gegevens?
eigen-inzage-hoe-lang = Hoe lang?
eigen-inzage-een-uur = Het stopt vanzelf, uiterlijk over één uur. Daarna logt u opnieuw in.
eigen-inzage-stoppen = Eerder stoppen kan altijd bij ‘Mijn toestemmingen’. Logt u hier uit, dan stopt het ook.
eigen-inzage-verder = Ga door
eigen-inzage-stop = Stop

bekwaam-bekwaamheid-onbekend-kop = Wij konden niet nagaan of u zelf mag beslissen
bekwaam-bekwaamheid-onbekend-wat = Een register gaf geen antwoord, of kent u niet. Daarom leggen wij nu niets vast.
bekwaam-bekwaamheid-onbekend-doe = Probeer het straks opnieuw. Gaat het weer mis? Vraag de organisatie hoe het op papier kan.
bekwaam-minderjarig-kop = U bent nog geen 18
bekwaam-minderjarig-wat = Tot uw 18e verjaardag beslissen uw ouders of uw voogd hierover.
bekwaam-minderjarig-doe = Vraag hun om dit voor u te doen, bij de organisatie die het vroeg.
bekwaam-onder-curatele-kop = Uw curator beslist hierover
bekwaam-onder-curatele-wat = U staat onder curatele. Daarom kunt u hier niet zelf toestemming geven.
bekwaam-onder-curatele-doe = Bel of schrijf uw curator. Die kan dit voor u regelen. U blijft alles zien wat er gebeurt.
bekwaam-onder-bewind-kop = Uw bewindvoerder beslist hierover
bekwaam-onder-bewind-wat = U staat onder bewind, en dit gaat over geld. Daarom kunt u hier niet zelf toestemming geven.
bekwaam-onder-bewind-doe = Bel of schrijf uw bewindvoerder. Over andere zaken dan geld beslist u zelf.
bekwaam-onder-mentorschap-kop = Uw mentor beslist hierover
bekwaam-onder-mentorschap-wat = U hebt een mentor, en dit gaat over zorg. Daarom kunt u hier niet zelf toestemming geven.
bekwaam-onder-mentorschap-doe = Bel of schrijf uw mentor. Over andere zaken dan zorg beslist u zelf.
bekwaam-niets-gedeeld = Er is niets gedeeld met { $wie } en niets vastgelegd.
bekwaam-terug = Terug naar de aanvraag

mijn-inzage-kop = Eigen inzage
mijn-inzage-uitleg = U haalt nu uw eigen gegevens op. Dit is geen toestemming. Als u hier uitlogt, stopt het ook.
mijn-inzage-tot = Loopt uiterlijk tot { $tijd } uur.
mijn-toestemmingen-kop = Toestemmingen
mijn-leeg = U hebt nog aan niemand toestemming gegeven.
mijn-stand-actief = Loopt.
mijn-stand-gepauzeerd = Staat op pauze.
mijn-stand-ingetrokken = Door u gestopt.
mijn-stand-beeindigd = Afgelopen.
mijn-stand-herroepen = Gestopt door het stelsel.
mijn-tot = Geldt tot en met { $dag }.
mijn-laatst = laatst gevraagd op { $dag }
mijn-stop = Stoppen
mijn-pauze = Pauzeren
mijn-hervat = Laat weer lopen
mijn-pauze-uitleg = Met een pauze haalt niemand gegevens op. De einddatum blijft gelijk.
mijn-bewijs = Download het toestemmingsbewijs

stop-kop = Stoppen met { $wie }
stop-wat = { $wie } kan dan geen gegevens meer ophalen voor: { $dienst }. Dat kunt u niet terugdraaien. U kunt later wel opnieuw toestemming geven.
stop-inzage-wat = De app { $wie } kan dan geen gegevens van u meer ophalen. U kunt later opnieuw beginnen.
stop-inzage-wat-er-is = Wat de app al heeft, blijft op uw toestel. U kunt het daar weggooien.
stop-onderweg = Wat al onderweg is, kan nog één seconde aankomen.
stop-wat-er-is = Wat { $wie } al heeft, moet zij verwijderen als de bewaartermijn om is.
stop-doe = Stop nu
stop-terug = Nee, terug

fout-al-besloten-kop = Hier is al over besloten
fout-al-besloten-wat = Deze aanvraag is al afgehandeld, of te oud. Uw tweede antwoord telt niet.
fout-al-besloten-doe = Kijk bij ‘Mijn toestemmingen’ wat er staat.
fout-keuze-ongeldig-kop = Deze keuze kan niet
fout-keuze-ongeldig-wat = U koos iets wat niet bij deze aanvraag hoort. Er is niets gedeeld.
fout-keuze-ongeldig-doe = Ga terug naar de aanvraag en kies opnieuw.
