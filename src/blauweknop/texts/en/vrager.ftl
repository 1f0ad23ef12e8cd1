# SPDX-License-Identifier: EUPL-1.2
# The screens of a requester's reference service.

vrager-begin-kop = Arrange it without papers
vrager-begin-kort = { $organisatie } fetches the data that is needed, if you agree. You choose what you share.
vrager-nodig = For this we look at:
vrager-liever-niet = Rather not?
vrager-wie-kop = Who are you?
vrager-wie-waarom = We check that the data we get is yours. If your name and date of birth do not match, we read nothing.
vrager-naam = Your name
vrager-naam-uitleg = Your surname, or your first name and surname, as in your passport.
vrager-geboortedatum = Your date of birth
vrager-geboortedatum-uitleg = Day, month and year, for example 16-12-1984. Is there no day or month in your passport? Then leave it out.
vrager-verder-uitleg = You now go to the consent service. There you log in, read what is asked, and choose yes or no. Only after your yes do we fetch anything.
vrager-verder = Continue
vrager-fout = Fill in your name and your date of birth.

vrager-andere-kop = This data is somebody else's
vrager-andere-wat = The consent was given by somebody with another name or date of birth. We read nothing.
vrager-andere-doe = Did you make a mistake? Correct it here. After three times the consent stops by itself and we delete what we got.
vrager-opnieuw-vergelijken = Check again

vrager-nee-kop = You share nothing with us
vrager-nee-wat = You chose no. We got nothing.
vrager-nee-doe = You can always try again.
vrager-geen-kop = There is no request here
vrager-geen-wat = The request is too old, or was used already. We got nothing new.
vrager-geen-doe = Begin again.
vrager-voorbij-kop = The consent has stopped
vrager-voorbij-wat = We fetch nothing more. What we had already, we delete within 30 days.
vrager-voorbij-doe = Do you want to go on after all? Then begin again.
vrager-andere-klant-kop = The consent has stopped
vrager-andere-klant-wat = Name and date of birth did not match three times. We read nothing, and deleted what we got.
vrager-andere-klant-doe = Begin again, or contact us.
vrager-opgezegd-kop = We fetch nothing more
vrager-opgezegd-wat = The consent has stopped. What we had already, we delete within 30 days.
vrager-opgezegd-doe = You do not have to do anything.
vrager-onbekend-kop = We do not know who you are
vrager-onbekend-wat = Your name and date of birth did not come along. So we read nothing.
vrager-onbekend-doe = Begin again, and share your personal details too.
vrager-wacht-kop = The consent is paused
vrager-wacht-wat = We fetch nothing now.
vrager-wacht-doe = You can turn the consent on again at the consent service, under "My consents".
vrager-terug = Back to what there is
vrager-begin-opnieuw = To the beginning

vrager-resultaat-kop = This is what we have of you
vrager-resultaat-kort = For: { $dienst }. Your consent counts until { $dag }.
vrager-gewaarmerkt = Certified by { $bron }, received by us on { $dag }.
vrager-bewaren = We delete this after { $dag } at the latest.
vrager-leeg = { $bron } has nothing about you here. That is certified too.
vrager-niet-kop = This is what we do not have
vrager-niet-gedeeld = You did not share this.
vrager-deels-gedeeld = Not shared: { $gegevens }.
vrager-verder-kop = What can you do?
vrager-bewijs = Save the evidence
vrager-bewijs-uitleg = A zip file with the certified data itself. Anyone can check it.
vrager-ophalen = Fetch what is missing
vrager-ophalen-uitleg = Did something fail? We then ask only for what is not there yet.
vrager-opzeggen = Stop the consent
vrager-opzeggen-uitleg = { $organisatie } fetches nothing more after that.

vrager-reden-persoon-onbekend = This organisation has nothing about you.
vrager-reden-element-onbekend = This organisation does not have this data.
vrager-reden-frequentie-op = This was fetched for this period already.
vrager-reden-status-onbekend = The organisation could not check just now whether your consent still counts. Try again in a moment.
vrager-reden-toestemming-opgeschort = The consent is paused.
vrager-reden-toestemming-geeindigd = The consent has stopped.
vrager-reden-niet-toegestaan = You did not share your name and date of birth.
vrager-reden-aanroep-mislukt = The organisation's computer gave no answer. Try again later.
vrager-reden-bron-antwoordt-niet = The organisation's computer gave no answer. Try again later.
vrager-reden-anders = That did not work (code: { $code }).
