# SPDX-License-Identifier: EUPL-1.2
# The Basis page of a source.

voet-uitleg = About the seal
voet-inzage = Ask for all your data
voet-controleer = Check a document

stappen-naam = Steps
stap-inloggen = Log in
stap-kiezen = Choose
stap-bekijken = View
stap-meenemen = Take along

begin-kop = View your data and take them along
begin-kort = { $organisatie } has data about you. You can see them here. You can also take them along, with a seal.
begin-ingelogd = You are already logged in.
begin-verder = Continue
begin-inloggen = Log in
begin-sets = You find these data here
begin-hoe = How it works
begin-hoe-inloggen = You log in.
begin-hoe-kiezen = You choose what you need. You do not have to take everything.
begin-hoe-bekijken = You view your data on the screen.
begin-hoe-meenemen = You take them along as a document. You decide who gets it.
begin-waarmerk = By the seal others can tell that the data really come from this organisation.

dienst-vraag = What do you need the data for?
dienst-alles = View everything
dienst-alles-uitleg = You choose for yourself, from all that is here.

sets-kop = Which data?
sets-voor = You need the data for: { $dienst }. This goes with it.
sets-geen = This organisation has no data for it.
sets-anders = Also at this organisation
sets-anders-uitleg = You do not need this for your purpose. You can still view it.
sets-alles = Choose what you want to view.
sets-dienst-wijzigen = Do you need the data for something else?
sets-dienst-kies = This is my purpose

kies-voor = This is needed for: { $dienst }.
kies-alles = Choose what you want to view. Untick what you do not need.
kies-periode = It is about the period { $periode }.
kies-verplicht = This is needed
kies-vrij = You may leave this out
kies-welke = What do you want to view?
kies-niets = You have chosen nothing. Choose at least one item.
kies-bekijk = View my data
kies-terug = Back
kies-nog-niets = You first see the data on the screen. Nothing is shared yet.
kies-weggelaten = What is left out?
kies-weggelaten-uitleg = The organisation has this too, but you do not need it for your purpose. So we leave it out.

bekijk-titel = View: { $set }
bekijk-kort = These are your data at { $organisatie }, on { $datum }. Only you see this.
bekijk-afdruk = This is a print of the screen, without a seal. Do you want a document that others can check? Then use the button on the page.
bekijk-rij = Number { $nummer }
bekijk-leeg-kop = Nothing known
bekijk-leeg = { $organisatie } has nothing about you here. You can take that along with a seal too.
bekijk-ontbreekt-kop = This is missing
bekijk-klopt-niet = Is this not right?
bekijk-andere-keuze = Choose something else
bekijk-iets-anders = This is something else than: { $begrippen }.
bekijk-wet = This is laid down in: { $wet }.

meenemen-kop = Take along
meenemen-kort = You get one document. You can read it, and a computer can check that it is genuine.
meenemen-pdf = Download as PDF
meenemen-anders = Other forms
meenemen-pdf-nl = PDF in Dutch
meenemen-pdf-nl-uitleg = The same document, with Dutch text.
meenemen-pdf-en = PDF in English
meenemen-pdf-en-uitleg = The same document, with English text.
meenemen-sd-jwt = SD-JWT file
meenemen-sd-jwt-uitleg = For programs. An organisation may ask for it.
meenemen-json = JSON file
meenemen-json-uitleg = For programs: the same in another form.
meenemen-code = Picture with a code
meenemen-code-uitleg = A code to be scanned. It holds the most important data.
meenemen-computer = Is this not your own computer? Remove the document from the downloads folder afterwards, and log out.

waarmerk-kop = What does the seal say?
waarmerk-wel = The seal shows that these data come from { $organisatie }, on which day, and that nobody changed them since.
waarmerk-niet = It does not say that the data are right, nor that they will still be right later.

inzage-kop = This is not an answer to an access request
inzage-kort = Here you get part of your data. By law (article 15 of the GDPR) you may ask for all data the organisation has about you, with an explanation.
inzage-link = How to ask for everything
inzage-pagina-kop = Ask for all your data
inzage-pagina-kort = You may ask { $organisatie } which data it has about you. That is called an access request. It is free.
inzage-verschil = With the Blue Button you only get the data that are here. With an access request you get all data, and you are also told what they were used for, who received them and how long they are kept.
inzage-organisatie = To the website of { $organisatie }
inzage-brief-kop = Example of a letter
inzage-brief-hoe = Copy this text or print this page. Add your name, address and signature and send the letter to { $organisatie }.
inzage-brief-aan = To the data protection officer of { $organisatie }
inzage-brief-vraag = I would like to know which personal data you hold about me. I ask this under article 15 of the General Data Protection Regulation.
inzage-brief-wat = Please also tell me what you use the data for, whom you got them from, whom you gave them to, how long you keep them, and whether a computer takes decisions about me.
inzage-brief-kopie = Please send me a copy of the data.
inzage-brief-termijn = I look forward to your answer within a month.
inzage-brief-groet = Kind regards, (name, address, date and signature)
inzage-klacht = No answer, or do you disagree with it? Then you can file a complaint with the Dutch Data Protection Authority, or go to court.

uitgelogd-kop = You are logged out
uitgelogd-kort = We keep nothing about you in this browser.
uitgelogd-computer = Did you download a document on a computer that is not yours? Remove it from the downloads folder and close the browser.

uitleg-kop = What does the seal say?
uitleg-kort = A seal is a digital signature of the organisation. With it others can check for themselves that a document is genuine.
uitleg-wel-kop = This is what the seal says
uitleg-wel-wie = These data come from { $organisatie }.
uitleg-wel-wanneer = They were given out on the day that is named.
uitleg-wel-gelijk = Nobody has changed them since.
uitleg-niet-kop = This is what the seal does not say
uitleg-niet-juist = It does not say that the data are right: { $organisatie } can have mistakes in its records too.
uitleg-niet-nu = It does not say that the data are still right today. Look at the date of each item.
uitleg-niet-alles = It does not say that this is everything. You choose what you take along.
uitleg-niet-eigenaar = It does not say who holds the document now.
uitleg-controle-kop = Checking that a document is genuine
uitleg-controle = Anybody can do that, with the file or with the code on the first page.
uitleg-delen-kop = Sharing less
uitleg-delen = You do not have to give everything to others. Choose only what is needed here. Or leave data out of your file later: the seal stays valid for what remains.
uitleg-bewaren-kop = What we keep
uitleg-bewaren = { $organisatie } records that you viewed or took along data, and which. The data themselves are not in that record. After you log out nothing stays in your browser.
