# SPDX-License-Identifier: EUPL-1.2
# The certified document (PDF) and its printed page.

paper-blauwe-knop = Blauwe Knop
paper-beeldmerk-noot = Tijdelijk beeldmerk, niet het officiële
paper-ondertitel = Gewaarmerkte gegevens van { $organisatie }
paper-ondertitel-kopie = Kleinere kopie van gewaarmerkte gegevens van { $organisatie }
paper-voorbeeld = Voorbeeldgegevens. Dit document is gemaakt om te laten zien hoe het werkt. Het gaat niet over een echte persoon.

paper-feit-van = Van
paper-feit-over = Gaat over
paper-feit-gemaakt = Gemaakt op
paper-feit-soort = Soort gegevens
paper-feit-levering = Nummer van deze levering
paper-over-naam = { $naam }
paper-over-naam-geboren = { $naam }, geboren { $datum }
paper-over-onbekend = Dit document noemt geen naam. De organisatie gaf het aan de persoon die bij haar inlogde.
paper-tijdstip = { $datum }, { $tijd } uur
paper-oin = { $organisatie } (OIN { $oin })

paper-controleer = Controleer dit document
paper-controleer-bestand = Heeft u het bestand? Kies het op de pagina { $adres }. U ziet dan meteen of het echt is en of er niets aan veranderd is.
paper-controleer-papier = Heeft u alleen papier? Maak een foto van de code hiernaast en kies die foto op dezelfde pagina. De code bevat de belangrijkste gegevens, met hetzelfde zegel.
paper-controleer-vergelijk = Vergelijk daarna deze vingerafdruk en de gegevens met wat u op papier ziet:
paper-controleer-kopie = Dit is een kleinere kopie. De PDF zelf heeft geen zegel: controleer de bijlage { $bijlage }. Kies dit bestand op de pagina { $adres } en lees daar wat er in de bijlage staat. Vertrouw niet op wat hier gedrukt staat.
paper-vingerafdruk = Vingerafdruk
paper-qr-alt = Code om dit document te controleren. Vingerafdruk { $vingerafdruk }.

paper-gegevens = De gegevens
paper-rij = Regel { $nummer }
paper-kop-gegeven = Gegeven
paper-kop-waarde = Waarde
paper-kop-bron = Bron en datum
paper-geen-rijen = De organisatie heeft over deze persoon niets in deze gegevens staan.
paper-stand-op = stand op { $datum }
paper-periode = Over { $periode }
paper-dag-onbekend = (dag onbekend)
paper-dag-maand-onbekend = (dag en maand onbekend)
paper-onafdrukbaar = Een teken dat dit lettertype niet kan drukken, staat hier als □. In de bijlage staat het wel.

paper-ontbreekt = Wat er niet in staat, en waarom
paper-ontbreekt-kop-reden = Waarom niet
paper-ontbreekt-niets = Alles wat gevraagd is, staat erin.
paper-weggelaten = { $aantal ->
    [one] Eén gegeven is later weggelaten door wie deze kopie maakte.
   *[other] { $aantal } gegevens zijn later weggelaten door wie deze kopie maakte.
}

paper-zegel = Wat het zegel zegt
paper-zegel-wel-1 = Wie dit zei: { $organisatie }.
paper-zegel-wel-2 = Wanneer: { $tijdstip }.
paper-zegel-wel-3 = Dat er sindsdien niets aan veranderd is.
paper-zegel-niet = Wat het zegel niet zegt
paper-zegel-niet-1 = Dat de gegevens kloppen. Het zegel zegt alleen dat de organisatie ze zo heeft staan.
paper-zegel-niet-2 = Dat de gegevens nu nog hetzelfde zijn.
paper-zegel-niet-3 = Dat degene die dit document laat zien, de persoon is over wie het gaat.
paper-zegel-bijlage = Bij dit document zit een bijlage: { $bijlage }. Daarin staan dezelfde gegevens, leesbaar voor computers. Is er verschil, dan geldt de bijlage.
paper-bijlage-omschrijving = De gewaarmerkte gegevens, leesbaar voor computers. Deze bijlage geldt.

paper-klopt-niet = Klopt er iets niet?
paper-inzage = Dit is geen antwoord op een inzageverzoek
paper-inzage-uitleg = U kreeg hier een vaste keuze uit uw gegevens. U heeft ook het recht om alles te zien wat { $organisatie } over u heeft, waar het vandaan komt en wie het kreeg (AVG, artikel 15).
paper-inzage-hoe = Zo vraagt u dat: stuur { $organisatie } een brief of e-mail met de zin “Ik vraag inzage in al mijn persoonsgegevens (AVG, artikel 15)”, met uw naam en adres. Dit is gratis. De organisatie antwoordt binnen een maand. Het adres staat in de privacyverklaring van de organisatie.
paper-voet = { $organisatie } · { $titel } · { $vingerafdruk }
paper-bladzijde = Bladzijde { $nummer } van { $totaal }
paper-zegelveld = Zegel van { $organisatie }
