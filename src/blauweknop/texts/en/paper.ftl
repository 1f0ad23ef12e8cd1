# SPDX-License-Identifier: EUPL-1.2
# The certified document (PDF) and its printed page.

paper-blauwe-knop = Blauwe Knop
paper-beeldmerk-noot = Placeholder mark, not the official one
paper-ondertitel = Certified data from { $organisatie }
paper-ondertitel-kopie = Smaller copy of certified data from { $organisatie }
paper-voorbeeld = Example data. This document was made to show how it works. It is not about a real person.

paper-feit-van = From
paper-feit-over = About
paper-feit-gemaakt = Made on
paper-feit-soort = Kind of data
paper-feit-levering = Number of this delivery
paper-over-naam = { $naam }
paper-over-naam-geboren = { $naam }, born { $datum }
paper-over-onbekend = This document names nobody. The organisation gave it to the person who logged in there.
paper-tijdstip = { $datum }, { $tijd } (Dutch time)
paper-oin = { $organisatie } (OIN { $oin })

paper-controleer = Check this document
paper-controleer-bestand = Do you have the file? Choose it on the page { $adres }. You see at once whether it is authentic and unchanged.
paper-controleer-papier = Do you only have paper? Take a picture of the code beside this text and choose that picture on the same page. The code holds the most important data, under the same seal.
paper-controleer-vergelijk = Then compare this fingerprint and the data with what you see on paper:
paper-controleer-kopie = This is a smaller copy. The PDF itself has no seal: check the attachment { $bijlage }. Choose this file on the page { $adres } and read there what the attachment says. Do not rely on what is printed here.
paper-vingerafdruk = Fingerprint
paper-qr-alt = Code to check this document. Fingerprint { $vingerafdruk }.

paper-gegevens = The data
paper-rij = Line { $nummer }
paper-kop-gegeven = Item
paper-kop-waarde = Value
paper-kop-bron = Source and date
paper-geen-rijen = The organisation has nothing on this person in these data.
paper-stand-op = as of { $datum }
paper-periode = For { $periode }
paper-dag-onbekend = (day unknown)
paper-dag-maand-onbekend = (day and month unknown)
paper-onafdrukbaar = A character that this font cannot print is shown here as □. The attachment holds it in full.

paper-ontbreekt = What is not in it, and why
paper-ontbreekt-kop-reden = Why not
paper-ontbreekt-niets = Everything that was asked for is in it.
paper-weggelaten = { $aantal ->
    [one] One item was left out later by whoever made this copy.
   *[other] { $aantal } items were left out later by whoever made this copy.
}

paper-zegel = What the seal says
paper-zegel-wel-1 = Who said this: { $organisatie }.
paper-zegel-wel-2 = When: { $tijdstip }.
paper-zegel-wel-3 = That nothing in it was changed since.
paper-zegel-niet = What the seal does not say
paper-zegel-niet-1 = That the data are right. It only says that these are the data the organisation has.
paper-zegel-niet-2 = That the data are still the same now.
paper-zegel-niet-3 = That whoever shows this document is the person it is about.
paper-zegel-bijlage = This document has an attachment: { $bijlage }. It holds the same data, for computers to read. Should they differ, the attachment counts.
paper-bijlage-omschrijving = The certified data, for computers to read. This attachment is what counts.

paper-klopt-niet = Is something wrong?
paper-inzage = This is not the answer to an access request
paper-inzage-uitleg = Here you got a fixed choice of your data. You also have the right to see everything { $organisatie } holds on you, where it came from and who received it (GDPR, article 15).
paper-inzage-hoe = How to ask for that: send { $organisatie } a letter or e-mail with the sentence “I request access to all my personal data (GDPR, article 15)”, with your name and address. This is free. The organisation answers within a month. Its address stands in its privacy statement.
paper-voet = { $organisatie } · { $titel } · { $vingerafdruk }
paper-bladzijde = Page { $nummer } of { $totaal }
paper-zegelveld = Seal of { $organisatie }
