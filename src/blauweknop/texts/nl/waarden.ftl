# SPDX-License-Identifier: EUPL-1.2
# How values and their marks are called, on screen and on paper.

waarde-geen = Geen waarde: de organisatie heeft hier niets
waarde-ja = Ja
waarde-nee = Nee
waarde-aantal = { $aantal ->
    [0] Geen
    [one] 1 onderdeel
   *[other] { $aantal } onderdelen
}
periode-jaar = heel { $jaar }
periode-van-tot = van { $van } tot en met { $tot }

waarde-kop-bron = Bron
waarde-kop-peildatum = Stand op
waarde-kop-periode = Periode
waarde-kop-status = Stand van zaken
waarde-kop-uitleg = Wat betekent dit?
waarde-kop-onderzoek = In onderzoek

status-definitief = Definitief
status-voorlopig = Voorlopig: kan nog veranderen
status-in-behandeling = In behandeling: nog niet vastgesteld

onderzoek-sinds = De organisatie onderzoekt sinds { $datum } of dit klopt.
opmerking-datum-onleesbaar = De datum staat niet leesbaar bij de organisatie. U ziet alleen het deel dat leesbaar is.
opmerking-deels-onbekend = Een deel hiervan is niet bekend bij de organisatie.
opmerking-deel-in-onderzoek = Een deel van wat over deze verblijfplaats geregistreerd is, is in onderzoek. Dat hoeft niet het adres zelf te zijn.

reden-geen_waarde = De organisatie heeft hier geen waarde voor.
reden-niet_toegestaan = Dit hoort niet bij uw keuze.
reden-niet_geleverd = De organisatie geeft dit niet via deze knop. Vraag het de organisatie zelf.
reden-bron_niet_bereikbaar = De computer van de organisatie gaf dit deel nu niet. Probeer het later opnieuw.
