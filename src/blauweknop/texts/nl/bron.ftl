# SPDX-License-Identifier: EUPL-1.2
# The Basis page of a source.

voet-uitleg = Uitleg over het waarmerk
voet-inzage = Al uw gegevens opvragen
voet-controleer = Een document controleren

stappen-naam = Stappen
stap-inloggen = Inloggen
stap-kiezen = Kiezen
stap-bekijken = Bekijken
stap-meenemen = Meenemen

begin-kop = Uw gegevens bekijken en meenemen
begin-kort = { $organisatie } heeft gegevens over u. Hier kunt u ze zien. U kunt ze ook meenemen, met een waarmerk.
begin-ingelogd = U bent al ingelogd.
begin-verder = Verder
begin-inloggen = Inloggen
begin-sets = Deze gegevens vindt u hier
begin-hoe = Zo werkt het
begin-hoe-inloggen = U logt in.
begin-hoe-kiezen = U kiest wat u nodig hebt. U hoeft niet alles mee te nemen.
begin-hoe-bekijken = U bekijkt uw gegevens op het scherm.
begin-hoe-meenemen = U neemt ze mee als document. U bepaalt zelf aan wie u het geeft.
begin-waarmerk = Aan het waarmerk ziet een ander dat de gegevens echt van deze organisatie komen.

dienst-vraag = Waarvoor hebt u de gegevens nodig?
dienst-alles = Alles bekijken
dienst-alles-uitleg = U kiest zelf, uit alles wat hier staat.

sets-kop = Welke gegevens?
sets-voor = U hebt de gegevens nodig voor: { $dienst }. Daar hoort dit bij.
sets-geen = Deze organisatie heeft hier geen gegevens voor.
sets-anders = Ook bij deze organisatie
sets-anders-uitleg = Dit is voor uw doel niet nodig. U kunt het wel bekijken.
sets-alles = Kies wat u wilt bekijken.
sets-dienst-wijzigen = Hebt u de gegevens voor iets anders nodig?
sets-dienst-kies = Dit is mijn doel

kies-voor = Dit is nodig voor: { $dienst }.
kies-alles = Kies wat u wilt bekijken. Wat u niet nodig hebt, vinkt u uit.
kies-periode = Het gaat over de periode { $periode }.
kies-verplicht = Dit is nodig
kies-vrij = Dit mag u weglaten
kies-welke = Wat wilt u bekijken?
kies-niets = U hebt niets gekozen. Kies minstens één gegeven.
kies-bekijk = Bekijk mijn gegevens
kies-terug = Terug
kies-nog-niets = U ziet de gegevens eerst op het scherm. Er wordt nog niets gedeeld.
kies-weggelaten = Wat zit er niet bij?
kies-weggelaten-uitleg = Dit heeft de organisatie ook, maar het is niet nodig voor uw doel. Daarom laten wij het weg.

bekijk-titel = Bekijk: { $set }
bekijk-kort = Dit zijn uw gegevens bij { $organisatie }, op { $datum }. Alleen u ziet dit.
bekijk-afdruk = Dit is een afdruk van het scherm, zonder waarmerk. Wilt u een document dat een ander kan controleren? Gebruik dan de knop op de pagina.
bekijk-rij = Nummer { $nummer }
bekijk-leeg-kop = Niets bekend
bekijk-leeg = { $organisatie } heeft hierover niets van u. Ook dat kunt u meenemen met een waarmerk.
bekijk-ontbreekt-kop = Dit ontbreekt
bekijk-klopt-niet = Klopt dit niet?
bekijk-andere-keuze = Iets anders kiezen
bekijk-iets-anders = Dit is iets anders dan: { $begrippen }.
bekijk-wet = Dit staat in: { $wet }.

meenemen-kop = Meenemen
meenemen-kort = U krijgt één document. U kunt het lezen, en een computer kan nagaan of het echt is.
meenemen-pdf = Download als PDF
meenemen-anders = Andere vormen
meenemen-pdf-nl = PDF in het Nederlands
meenemen-pdf-nl-uitleg = Hetzelfde document, met Nederlandse tekst.
meenemen-pdf-en = PDF in het Engels
meenemen-pdf-en-uitleg = Hetzelfde document, met Engelse tekst.
meenemen-sd-jwt = SD-JWT-bestand
meenemen-sd-jwt-uitleg = Voor programma’s. Een organisatie kan hierom vragen.
meenemen-json = JSON-bestand
meenemen-json-uitleg = Voor programma’s: hetzelfde in een andere vorm.
meenemen-code = Plaatje met code
meenemen-code-uitleg = Een code om te laten scannen. De belangrijkste gegevens staan erin.
meenemen-computer = Is dit niet uw eigen computer? Haal het document na afloop weg uit de map met downloads, en log uit.

waarmerk-kop = Wat zegt het waarmerk?
waarmerk-wel = Het waarmerk laat zien dat deze gegevens van { $organisatie } komen, op welke dag, en dat niemand ze daarna heeft veranderd.
waarmerk-niet = Het zegt niet dat de gegevens juist zijn, en niet dat ze later nog kloppen.

inzage-kop = Dit is geen antwoord op een inzageverzoek
inzage-kort = U krijgt hier een deel van uw gegevens. Volgens de wet (artikel 15 van de AVG) mag u om álle gegevens vragen die de organisatie van u heeft, en om uitleg erbij.
inzage-link = Zo vraagt u alles op
inzage-pagina-kop = Al uw gegevens opvragen
inzage-pagina-kort = U mag { $organisatie } vragen welke gegevens zij van u heeft. Dat heet een inzageverzoek. Het kost niets.
inzage-verschil = Met de Blauwe Knop krijgt u alleen de gegevens die hier staan. Met een inzageverzoek krijgt u alle gegevens, en hoort u ook waarvoor ze zijn gebruikt, wie ze kreeg en hoe lang ze bewaard blijven.
inzage-organisatie = Naar de website van { $organisatie }
inzage-brief-kop = Voorbeeld van een brief
inzage-brief-hoe = Schrijf deze tekst over of druk deze pagina af. Zet uw naam, adres en handtekening eronder en stuur de brief aan { $organisatie }.
inzage-brief-aan = Aan de functionaris gegevensbescherming van { $organisatie }
inzage-brief-vraag = Ik wil weten welke persoonsgegevens u van mij hebt. Ik vraag dit op grond van artikel 15 van de Algemene verordening gegevensbescherming.
inzage-brief-wat = Laat mij ook weten waarvoor u de gegevens gebruikt, van wie u ze kreeg, aan wie u ze gaf, hoe lang u ze bewaart, en of een computer besluiten over mij neemt.
inzage-brief-kopie = Stuur mij een kopie van de gegevens.
inzage-brief-termijn = Ik ontvang uw antwoord graag binnen een maand.
inzage-brief-groet = Met vriendelijke groet, (naam, adres, datum en handtekening)
inzage-klacht = Krijgt u geen antwoord, of bent u het er niet mee eens? Dan kunt u een klacht indienen bij de Autoriteit Persoonsgegevens, of naar de rechter gaan.

uitgelogd-kop = U bent uitgelogd
uitgelogd-kort = Wij bewaren niets van u in deze browser.
uitgelogd-computer = Hebt u een document gedownload op een computer die niet van u is? Haal het weg uit de map met downloads en sluit de browser.

uitleg-kop = Wat zegt het waarmerk?
uitleg-kort = Een waarmerk is een digitale handtekening van de organisatie. Daarmee kan een ander zelf nagaan of een document echt is.
uitleg-wel-kop = Dit zegt het waarmerk wel
uitleg-wel-wie = Deze gegevens komen van { $organisatie }.
uitleg-wel-wanneer = Ze zijn op de genoemde dag verstrekt.
uitleg-wel-gelijk = Niemand heeft ze daarna veranderd.
uitleg-niet-kop = Dit zegt het waarmerk niet
uitleg-niet-juist = Het zegt niet dat de gegevens juist zijn: ook bij { $organisatie } kan iets fout staan.
uitleg-niet-nu = Het zegt niet dat de gegevens vandaag nog kloppen. Kijk naar de datum bij elk gegeven.
uitleg-niet-alles = Het zegt niet dat dit alles is. U kiest zelf wat u meeneemt.
uitleg-niet-eigenaar = Het zegt niet wie het document nu in handen heeft.
uitleg-controle-kop = Nagaan of een document echt is
uitleg-controle = Dat kan iedereen, met het bestand of met de code op de eerste bladzijde.
uitleg-delen-kop = Minder delen
uitleg-delen = U hoeft een ander niet alles te geven. Kies hier alleen wat nodig is. Of laat later gegevens weg uit uw bestand: het waarmerk blijft dan geldig voor wat overblijft.
uitleg-bewaren-kop = Wat wij bewaren
uitleg-bewaren = { $organisatie } schrijft op dat u gegevens hebt bekeken of meegenomen, en welke. De gegevens zelf staan daar niet bij. In uw browser blijft na het uitloggen niets achter.
