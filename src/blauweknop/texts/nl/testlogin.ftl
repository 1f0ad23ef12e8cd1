# SPDX-License-Identifier: EUPL-1.2
# The login of tests and demo.

testlogin-kop = Inloggen om te proberen
testlogin-let-op = Dit is geen echte inlogdienst. U kiest zelf wie u bent. Dat kan alleen met voorbeeldgegevens, op deze computer.
testlogin-geen-verzoek = Begin op de pagina van een organisatie. Die stuurt u hierheen.
testlogin-fout = Dit is geen burgerservicenummer. Kies iemand uit de lijst, of vul negen cijfers in die kloppen.
testlogin-wie = Wie wilt u zijn?
testlogin-meer = Iemand anders, of een ander niveau
testlogin-bsn = Burgerservicenummer van een voorbeeldpersoon
testlogin-niveau = Hoe zeker is de inlog?
testlogin-inloggen = Inloggen
testlogin-stop = Stoppen
niveau-laag = Laag
niveau-substantieel = Substantieel
niveau-hoog = Hoog
