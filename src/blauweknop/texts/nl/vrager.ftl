# SPDX-License-Identifier: EUPL-1.2
# De schermen van de voorbeelddienst van een vrager.

vrager-begin-kop = Regel het zonder papieren
vrager-begin-kort = { $organisatie } haalt de gegevens op die nodig zijn, als u dat goed vindt. U kiest zelf wat u deelt.
vrager-nodig = Hiervoor kijken wij naar:
vrager-liever-niet = Liever niet?
vrager-wie-kop = Wie bent u?
vrager-wie-waarom = Wij controleren of de gegevens die wij krijgen, van u zijn. Kloppen uw naam en geboortedatum niet, dan lezen wij niets.
vrager-naam = Uw naam
vrager-naam-uitleg = Uw achternaam, of uw voornaam en achternaam, zoals in uw paspoort.
vrager-geboortedatum = Uw geboortedatum
vrager-geboortedatum-uitleg = Dag, maand en jaar, bijvoorbeeld 16-12-1984. Staat er geen dag of maand in uw paspoort? Laat die dan weg.
vrager-verder-uitleg = U gaat nu naar de toestemmingsdienst. Daar logt u in, leest u wat er gevraagd wordt, en kiest u ja of nee. Pas na uw ja halen wij iets op.
vrager-verder = Ga verder
vrager-fout = Vul uw naam en uw geboortedatum in.

vrager-andere-kop = Deze gegevens zijn van iemand anders
vrager-andere-wat = De toestemming is gegeven door iemand met een andere naam of geboortedatum. Wij lazen niets.
vrager-andere-doe = Hebt u iets verkeerd ingevuld? Verbeter het hier. Na drie keer stopt de toestemming vanzelf en wissen wij wat wij kregen.
vrager-opnieuw-vergelijken = Controleer opnieuw

vrager-nee-kop = U deelt niets met ons
vrager-nee-wat = U koos nee. Wij kregen niets.
vrager-nee-doe = U kunt het altijd opnieuw proberen.
vrager-geen-kop = Er is hier geen aanvraag
vrager-geen-wat = De aanvraag is te oud, of al gebruikt. Wij kregen niets nieuws.
vrager-geen-doe = Begin opnieuw.
vrager-voorbij-kop = De toestemming is gestopt
vrager-voorbij-wat = Wij halen niets meer op. Wat wij al hadden, wissen wij binnen 30 dagen.
vrager-voorbij-doe = Wilt u toch verder? Begin dan opnieuw.
vrager-andere-klant-kop = De toestemming is gestopt
vrager-andere-klant-wat = Naam en geboortedatum klopten drie keer niet. Wij lazen niets, en wisten wat wij kregen.
vrager-andere-klant-doe = Begin opnieuw, of neem contact met ons op.
vrager-opgezegd-kop = Wij halen niets meer op
vrager-opgezegd-wat = De toestemming is gestopt. Wat wij al hadden, wissen wij binnen 30 dagen.
vrager-opgezegd-doe = U hoeft niets te doen.
vrager-onbekend-kop = Wij weten niet wie u bent
vrager-onbekend-wat = Uw naam en geboortedatum kwamen niet mee. Daarom lezen wij niets.
vrager-onbekend-doe = Begin opnieuw, en deel ook uw persoonsgegevens.
vrager-wacht-kop = De toestemming staat op pauze
vrager-wacht-wat = Wij halen nu niets op.
vrager-wacht-doe = U kunt de toestemming weer aanzetten bij de toestemmingsdienst, onder "Mijn toestemmingen".
vrager-terug = Terug naar wat er is
vrager-begin-opnieuw = Naar het begin

vrager-resultaat-kop = Dit hebben wij van u
vrager-resultaat-kort = Voor: { $dienst }. Uw toestemming geldt tot en met { $dag }.
vrager-gewaarmerkt = Gewaarmerkt door { $bron }, door ons gekregen op { $dag }.
vrager-bewaren = Wij wissen dit uiterlijk na { $dag }.
vrager-leeg = { $bron } heeft hierover niets van u. Ook dat is gewaarmerkt.
vrager-niet-kop = Dit hebben wij niet
vrager-niet-gedeeld = U deelde dit niet.
vrager-deels-gedeeld = Niet gedeeld: { $gegevens }.
vrager-verder-kop = Wat kunt u doen?
vrager-bewijs = Bewaar het bewijs
vrager-bewijs-uitleg = Een zip-bestand met de gewaarmerkte gegevens zelf. Iedereen kan ze controleren.
vrager-ophalen = Haal op wat ontbreekt
vrager-ophalen-uitleg = Lukte iets niet? Wij vragen dan alleen wat er nog niet is.
vrager-opzeggen = Stop de toestemming
vrager-opzeggen-uitleg = { $organisatie } haalt daarna niets meer op.

vrager-reden-persoon-onbekend = Deze organisatie heeft niets over u.
vrager-reden-element-onbekend = Deze organisatie heeft deze gegevens niet.
vrager-reden-frequentie-op = Dit is voor deze periode al opgehaald.
vrager-reden-status-onbekend = De organisatie kon even niet nagaan of uw toestemming nog geldt. Probeer het zo opnieuw.
vrager-reden-toestemming-opgeschort = De toestemming staat op pauze.
vrager-reden-toestemming-geeindigd = De toestemming is gestopt.
vrager-reden-niet-toegestaan = U deelde uw naam en geboortedatum niet.
vrager-reden-aanroep-mislukt = De computer van de organisatie gaf geen antwoord. Probeer het later opnieuw.
vrager-reden-bron-antwoordt-niet = De computer van de organisatie gaf geen antwoord. Probeer het later opnieuw.
vrager-reden-anders = Dat ging niet (code: { $code }).
