# SPDX-License-Identifier: EUPL-1.2
# The public pages of the register.

register-kop = Who takes part?
register-kort = These organisations stand in the register of the Blue Button. Choose one to see whether it may take part, and for what.
register-voet-lijst = All organisations
register-voet-afspraken = The agreements
register-fase-aangemeld = Applied, not admitted yet
register-fase-toegelaten = Admitted
register-fase-gecertificeerd = Admitted and certified
register-fase-geschorst = Suspended: takes no part now
register-fase-beeindigd = Takes no part any more

deelnemer-aangemeld-kort = No, this organisation has not been admitted yet. It applied on { $sinds }.
deelnemer-aangemeld-doe = Do not give this organisation any data through the Blue Button. Does it ask all the same? Then stop.
deelnemer-toegelaten-kort = Yes, this organisation is admitted, since { $sinds }.
deelnemer-toegelaten-doe = The scheme manager has checked who this organisation is. Its certification is still to come.
deelnemer-gecertificeerd-kort = Yes, this organisation is admitted and certified, since { $sinds }.
deelnemer-gecertificeerd-doe = The scheme manager has checked who this organisation is and whether it keeps the agreements.
deelnemer-geschorst-kort = No, this organisation is suspended, since { $sinds }.
deelnemer-geschorst-doe = It gets no data through the Blue Button now. Does it ask you for data all the same? Then stop.
deelnemer-beeindigd-kort = No, this organisation takes no part any more, since { $sinds }.
deelnemer-beeindigd-doe = It gets no more data through the Blue Button. What it certified before stays valid.
deelnemer-onbekend-kop = This organisation does not stand in the register
deelnemer-onbekend-kort = No, this organisation is not admitted.
deelnemer-onbekend-doe = Do not give it any data through the Blue Button. Do you see the mark on its website? Then something is wrong: close that website.

deelnemer-rollen = What does this organisation do?
deelnemer-rol-bron = It has data about you and gives them to you, or to somebody else if you agree.
deelnemer-rol-vrager = It may ask you for data. You decide whether it gets them.
deelnemer-rol-app = It makes an app with which you collect your own data on your own device.
deelnemer-rol-kluis = It keeps data for you, if you want it to.
deelnemer-rol-wallet = It makes a wallet: an app in which you keep your proofs.
deelnemer-rol-toestemmingsdienst = Here you give consent and withdraw it. It does not see the data themselves.
deelnemer-rol-balie = Here you can give consent at a desk or on paper.
deelnemer-rol-leverancier = It builds or runs connections for other organisations. Data may pass through its systems.
deelnemer-rol-stelselbeheerder = It decides who may take part, and keeps this register.

deelnemer-gegevens = Which data does it give?
deelnemer-diensten = What may it ask data for?
deelnemer-dienst-sinds = Since { $sinds }.
deelnemer-via = The data also pass through the systems of: { $namen }.
deelnemer-controle = Is this the right organisation?
deelnemer-adres = The address of this organisation is { $adres }
deelnemer-let-op = See whether that is the same as the address at the top of your screen at that organisation. Is it different, even by one letter? Then stop.
deelnemer-oin = Number of the organisation (OIN): { $oin }.
deelnemer-versie = From the signed register, version { $versie }, of { $datum }.

afspraken-kop = The agreements of the Blue Button
afspraken-kort = Every organisation in the register keeps to these. Each agreement says who watches over it.
afspraken-versie = Version { $versie }, of { $datum }.
afspraken-controle = The program checks this: who does not keep to it, does not get through.
afspraken-toezicht = Watched over by: { $wie }.
