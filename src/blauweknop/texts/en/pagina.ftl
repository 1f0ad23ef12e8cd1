# SPDX-License-Identifier: EUPL-1.2
# Around every page, and the pages that say what went wrong.

product = Blue Button
naar-inhoud = Skip to content
nav-naam = Language and log out
taal-nl = Nederlands
taal-en = English
voorbeeldgegevens = This is a trial. You see example data, not of real people.
merk-noot = The blue sign at the top of this page is a placeholder. It is not the official mark of the Blauwe Knop.
uitloggen = Log out

fout-niets-gedeeld = Nothing was shared with anyone.
fout-wat-nu = What can you do?
fout-contact = How to reach { $organisatie }:
fout-contact-telefoon = Phone
fout-contact-mail = E-mail
fout-contact-website = Website
fout-opnieuw = Try again
fout-naar-begin = To the start
fout-code = Do you want to call or write about this? Then mention this code: { $code }

fout-storing-kop = It does not work right now
fout-storing-wat = Something went wrong on our side.
fout-storing-doe = Wait a few minutes and try again. Does it still not work? Contact the organisation.

fout-verzoek-ongeldig-kop = This request is not right
fout-verzoek-ongeldig-wat = We received something this page does not know. So we did nothing.
fout-verzoek-ongeldig-doe = Start again and use the buttons on the page.

fout-niet-gevonden-kop = This page does not exist
fout-niet-gevonden-wat = There is nothing at this address.
fout-niet-gevonden-doe = Check that you copied the address well, or go to the start.

fout-methode-niet-toegestaan-kop = This page does not work that way
fout-methode-niet-toegestaan-wat = You cannot open this address in this way.
fout-methode-niet-toegestaan-doe = Go to the start and use the buttons on the page.

fout-formulier-ongeldig-kop = We do not understand your form
fout-formulier-ongeldig-wat = The form holds something that does not belong to this page. So we did nothing.
fout-formulier-ongeldig-doe = Go back to the start and fill in the form again.

fout-formulier-niet-van-hier-kop = This form is not from this page
fout-formulier-niet-van-hier-wat = The form belongs to another website, or to an old page of yours. For your safety we did nothing.
fout-formulier-niet-van-hier-doe = Go to the start and try again. Did you get here through an e-mail or another website? Then close this page.

fout-verzoek-te-groot-kop = This is too large
fout-verzoek-te-groot-wat = You sent more than this page can handle.
fout-verzoek-te-groot-doe = Try a smaller file or less text.

fout-verzoek-te-traag-kop = It took too long
fout-verzoek-te-traag-wat = Your request did not arrive whole in time.
fout-verzoek-te-traag-doe = Check your internet connection and try again.

fout-sessie-voorbij-kop = You are logged out
fout-sessie-voorbij-wat = You were not active for a while, or you have been logged in for an hour. So we logged you out. That is safer.
fout-sessie-voorbij-doe = Log in again. You have to make your choice again.

fout-niet-ingelogd-kop = Log in first
fout-niet-ingelogd-wat = You can only see this page when you are logged in.
fout-niet-ingelogd-doe = Go to the start and log in.

fout-inloggen-afgebroken-kop = The login has stopped
fout-inloggen-afgebroken-wat = You are not logged in. You stopped, or the login service did not allow it.
fout-inloggen-afgebroken-doe = Go to the start and try again.

fout-inlogpoging-onbekend-kop = We do not know this login
fout-inlogpoging-onbekend-wat = The login was used already, is too old, or was begun in another browser. You are not logged in.
fout-inlogpoging-onbekend-doe = Go to the start and log in again.

fout-inlogantwoord-ongeldig-kop = The login did not succeed
fout-inlogantwoord-ongeldig-wat = The answer of the login service is not right. For your safety we did not log you in.
fout-inlogantwoord-ongeldig-doe = Try again. Does it happen once more? Then contact the organisation.

fout-inlogantwoord-vorm-kop = The login did not succeed
fout-inlogantwoord-vorm-wat = The answer of the login service does not have the form we know. You are not logged in.
fout-inlogantwoord-vorm-doe = Go to the start and log in again.

fout-inlogpersoon-onbekend-kop = You cannot log in this way here
fout-inlogpersoon-onbekend-wat = The login service does not pass on a citizen service number. Without that number we cannot find your data.
fout-inlogpersoon-onbekend-doe = Log in another way, for example with DigiD.

fout-inloggen-onbereikbaar-kop = Logging in does not work right now
fout-inloggen-onbereikbaar-wat = The login service does not work at the moment.
fout-inloggen-onbereikbaar-doe = Wait a few minutes and try again.

fout-bron-antwoordt-niet-kop = Your data cannot be fetched right now
fout-bron-antwoordt-niet-wat = The organisation’s computer gave no usable answer.
fout-bron-antwoordt-niet-doe = Try again in a few minutes. Does it not work? Call or write to the organisation, or ask for your data on paper.
fout-bron-antwoordt-niet-reden-onbereikbaar = The computer could not be reached.
fout-bron-antwoordt-niet-reden-te-laat = The answer did not come in time.
fout-bron-antwoordt-niet-reden-geweigerd = The computer did not let us in.
fout-bron-antwoordt-niet-reden-onleesbaar = We could not read the answer.
fout-bron-antwoordt-niet-reden-te-groot = The answer was too large.
fout-bron-antwoordt-niet-reden-doorverwijzing = The computer sent us to another address. We do not follow that.
fout-bron-antwoordt-niet-reden-onverwacht = Something went wrong there that we do not know.

fout-andere-persoon-kop = We do not show this
fout-andere-persoon-wat = The organisation’s computer gave data that are not yours. We did not show them and reported this as a mistake.
fout-andere-persoon-doe = Contact the organisation.

weigering-sessie-verlopen-kop = You are logged out
weigering-sessie-verlopen-wat = Your time was up. So we gave nothing out.
weigering-sessie-verlopen-doe = Log in again.

weigering-inlogniveau-te-laag-kop = Log in with more certainty
weigering-inlogniveau-te-laag-wat = These data need a safer way of logging in than you used.
weigering-inlogniveau-te-laag-doe = Go to the start and log in again, in a safer way. For example with a check of your identity document.

weigering-gegevensset-onbekend-kop = These data are not here
weigering-gegevensset-onbekend-wat = This organisation does not know these data.
weigering-gegevensset-onbekend-doe = Go to the start and choose other data.

weigering-gegevensset-uit-kop = These data cannot be had right now
weigering-gegevensset-uit-wat = The organisation has turned this part off.
weigering-gegevensset-uit-doe = Try later, or ask the organisation.

weigering-element-onbekend-kop = This item is not here
weigering-element-onbekend-wat = You chose an item that this organisation cannot give.
weigering-element-onbekend-doe = Go back and make another choice.

weigering-niets-gevraagd-kop = You have chosen nothing
weigering-niets-gevraagd-wat = There was not a single item in your choice.
weigering-niets-gevraagd-doe = Go back and choose at least one item.

weigering-dienst-onbekend-kop = We do not know this purpose
weigering-dienst-onbekend-wat = The purpose you chose does not go with these data.
weigering-dienst-onbekend-doe = Go to the start and choose again what you need the data for.

weigering-persoon-onbekend-kop = This organisation does not know you
weigering-persoon-onbekend-wat = We searched with your citizen service number. There is nothing about you in these data.
weigering-persoon-onbekend-doe = Do you think this is not right? Then contact the organisation.

fout-ander-adres-kop = This page has another address
fout-ander-adres-wat = You came here by an address that is not this organisation’s. So we did nothing.
fout-ander-adres-doe = Use the button to go to the right address.
