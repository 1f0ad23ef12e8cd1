# SPDX-License-Identifier: EUPL-1.2
# The page where anybody checks a certified file, PDF or paper code.

controleer-kop = Een document controleren
controleer-kort = Hier ziet u of een bestand, PDF of code op papier echt is en of er niets aan veranderd is.
controleer-bestand = Kies een bestand
controleer-bestand-uitleg = Een PDF, een bestand dat eindigt op .sd-jwt of .json, of een foto van de code op papier. Hoogstens 5 MB.
controleer-code = Of plak de tekst van de code
controleer-code-uitleg = Eén regel die begint met BK1: en niets ervoor of erna.
controleer-knop = Controleer
controleer-bewaart-niets = Wij bewaren niet wat u hier kiest. Na de controle is het weg.
controleer-niets = Kies eerst een bestand, of plak de tekst van de code.
controleer-gegevens = Wat erin staat
controleer-vergelijk = Vergelijk dit met wat u voor u heeft. Is er verschil, ga dan af op wat hier staat.
controleer-nog-een = Nog een document controleren
controleer-aanduiding = Aanduiding voor deskundigen: { $aanduiding }
fout-upload-ongeldig-kop = Dit kon niet gecontroleerd worden
fout-upload-ongeldig-wat = Wat u stuurde past niet bij deze pagina.
fout-upload-ongeldig-doe = Ga terug, kies één bestand of plak één code, en probeer het opnieuw.
