# SPDX-License-Identifier: EUPL-1.2
# What came of verifying a certified file: command line and page.

verify-uitkomst-PASSED = Echt en ongewijzigd
verify-uitkomst-INDETERMINATE = Niet vast te stellen
verify-uitkomst-FAILED = Niet in orde

verify-waarom-in-orde = Het zegel klopt en er is niets veranderd.
verify-waarom-zegel-onbekend = Het zegel is van een organisatie die hier niet bekend is. Wie het ook zette, vertrouw het niet zonder navraag bij de organisatie zelf.
verify-waarom-pdf-zonder-zegel = Deze PDF heeft zelf geen zegel: het is een kleinere kopie. De bijlage is echt en ongewijzigd. Ga af op de gegevens hieronder, niet op wat in de PDF gedrukt staat.
verify-waarom-tijdstempel-onbekend = Het zegel klopt, maar de tijdstempel is van een dienst die hier niet bekend is.
verify-waarom-status-onbekend = Het zegel klopt, maar er kwam geen verse status. Probeer het later opnieuw.
verify-waarom-papiercode-status = Het zegel klopt. Maar een code op papier zegt niet of de gegevens later zijn ingetrokken. Vraag het bestand om dat te controleren.
verify-waarom-ingetrokken = De organisatie heeft dit ingetrokken. Gebruik het niet.
verify-waarom-soort-onbekend = Dit is geen gewaarmerkt bestand, PDF of papieren code.
verify-waarom-geen-code-in-beeld = Op de foto staat geen leesbare code. Maak een scherpe foto van de code, recht van boven en met goed licht.
verify-waarom-beeld-onleesbaar = Dit beeld kan niet gelezen worden. Gebruik een PNG of een JPEG van een gewone grootte.
verify-waarom-papiercode-spelling = De tekst van de code is onderweg veranderd. Plak haar precies zoals zij is: één regel die begint met BK1: en niets ervoor of erna. Of gebruik een foto van de code.
verify-waarom-veranderd = Er is iets veranderd sinds het zegel is gezet, of het zegel is vals. Gebruik het niet.
verify-waarom-tijdstempel = De tijdstempel past niet bij het zegel. Gebruik het niet.
verify-waarom-vorm = Dit bestand heeft niet de vorm die het moet hebben. Misschien is het opnieuw bewaard, geplakt of afgebroken. Vraag het oorspronkelijke bestand.
verify-waarom-verlopen = Dit is niet meer geldig.
verify-waarom-toekomst = Dit is gemaakt in de toekomst. Kijk of de klok van dit apparaat goed staat.
verify-waarom-andere-omgeving = Dit hoort bij een andere omgeving: een proef is geen echt document, en andersom.
verify-waarom-houder = Dit hoort bij een wallet. Laat de eigenaar het vanuit de wallet tonen.
verify-waarom-certificaat = Het certificaat van het zegel is niet in orde. Gebruik het niet.
verify-waarom-regels = Dit bestand houdt zich niet aan de regels van een gewaarmerkte set. Gebruik het niet.

verify-stand-in_stelsel = bekend in het stelsel
verify-stand-buiten_stelsel = niet in het stelsel; het certificaat is in orde
verify-stand-onbekend = onbekend: niemand staat hiervoor in

verify-status = Status: { $status }
verify-status-niet-gecontroleerd = niet gecontroleerd
verify-status-niet-op-papier = niet te controleren: een code op papier draagt geen status
verify-status-geen = niet van toepassing
verify-status-geldig = geldig, zojuist gevraagd aan de organisatie
verify-status-ingetrokken = ingetrokken
verify-status-vervangen = vervangen: de organisatie gaf later andere gegevens uit
verify-status-onbekend = onbekend: er kwam geen vers antwoord

verify-door = Van: { $organisatie } (OIN { $oin }), { $stand }
verify-wat = Wat: { $titel }, gemaakt op { $tijdstip }
verify-tijdstempel = Tijdstempel: op { $tijdstip } bestond dit zegel al
verify-vingerafdruk = Vingerafdruk: { $vingerafdruk }
verify-voorbeeld = Let op: voorbeeldgegevens, uit een proef
verify-gegevens = De gegevens:
verify-ontbreekt = Niet erin:
verify-verborgen = { $aantal ->
    [one] Eén onderdeel is niet getoond.
   *[other] { $aantal } onderdelen zijn niet getoond.
}
verify-papier-meer = { $aantal ->
    [one] Eén gegeven paste niet in de code op papier.
   *[other] { $aantal } gegevens pasten niet in de code op papier.
}
