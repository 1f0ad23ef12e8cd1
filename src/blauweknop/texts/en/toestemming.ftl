# SPDX-License-Identifier: EUPL-1.2
# The screens of the consent service.

voet-mijn = My consents
toestemming-begin-kop = You decide who gets your data
toestemming-begin-wat = Here you see which organisations may fetch your data. You can stop that at any time.
toestemming-drie-kop = Three different things
toestemming-drie-toestemming = Consent: you say yes, and an organisation fetches data for you. That is what this site is about.
toestemming-drie-inzage = Own access: you look at your own data. No consent is needed for that.
toestemming-drie-wet = Use by law: sometimes an organisation may use data without your consent. You do not stop that here.

toestemming-inloggen-kop = Log in first
toestemming-inloggen-wie = { $wie } asks for data about you, for: { $dienst }.
toestemming-inloggen-eerst = After logging in you read what is asked. Nothing is shared yet.
toestemming-inloggen-mijn = After logging in you see to whom you gave consent.

geen-aanvraag-kop = There is no request here
geen-aanvraag-wat = You have decided already, or the request is too old. Opening this page shared nothing. Under ‘My consents’ you see what is running.
geen-aanvraag-doe = Do you still want to share data? Go back to the organisation that asked, and start again there.

aanvraag-kop = { $wie } asks for data about you
aanvraag-waarvoor = What for: { $dienst }.
aanvraag-merk = { $wie } stands in the register and may ask this.
aanvraag-merk-kijk = Check it yourself
aanvraag-welke = Which data do you want to share?
aanvraag-deze-set = I share: { $set }
aanvraag-nodig = This is needed for the service:
aanvraag-mag = you may, you need not
aanvraag-vaak-eenmalig = Is fetched once.
aanvraag-vaak-dagelijks = May be fetched every day.
aanvraag-vaak-wekelijks = May be fetched every week.
aanvraag-vaak-maandelijks = May be fetched every month.
aanvraag-vaak-jaarlijks = May be fetched every year.
aanvraag-vaak-per-keer = You are asked every time.
aanvraag-bewaren = Is kept after fetching for { $aantal } { $eenheid ->
    [D] { $aantal ->
        [1] day
       *[other] days
    }
    [W] { $aantal ->
        [1] week
       *[other] weeks
    }
    [M] { $aantal ->
        [1] month
       *[other] months
    }
   *[Y] { $aantal ->
        [1] year
       *[other] years
    }
}.
aanvraag-over = About the last { $aantal } { $eenheid ->
    [M] { $aantal ->
        [1] month
       *[other] months
    }
   *[Y] { $aantal ->
        [1] year
       *[other] years
    }
}.
aanvraag-van-tot = From { $van } up to and including { $tot }.
aanvraag-bekijk = Look at my data at { $wie }
aanvraag-hoe-lang = How long?
aanvraag-tot = Your consent lasts up to and including { $dag }. Then it stops by itself.
aanvraag-korter = I want it shorter, up to and including:
aanvraag-wat-dan = What happens then?
aanvraag-bij-ja = If you say yes
aanvraag-bij-nee = If you say no
aanvraag-alleen-hiervoor = You consent to delivering and to using this data, only for: { $dienst }. For anything else the organisation must ask again.
aanvraag-stoppen = You can stop this at any moment under ‘My consents’.
aanvraag-grondslag = Legal ground:
aanvraag-uitdrukkelijk-vraag = This is about your health or care. I give { $wie } my explicit consent.
aanvraag-uitdrukkelijk = Data about your health or care need an explicit consent. Tick the box at the bottom for that.
aanvraag-niets = You have chosen nothing to share. Choose what you want to share, or say no.
aanvraag-ja = Yes, I share this
aanvraag-nee = No, I share nothing

eigen-inzage-inloggen-wie = The app { $wie } wants to fetch your own data, for yourself.
eigen-inzage-kop = You are fetching your own data
eigen-inzage-wat = You do this with the app { $wie }. The data come to your own device.
eigen-inzage-geen-toestemming = This is own access. You do not give consent.
eigen-inzage-alleen-u = No organisation gets your data by this. Only you do.
eigen-inzage-merk = { $wie } stands in the register. This app may do this for you.
eigen-inzage-welke = Which data?
eigen-inzage-hoe-lang = How long?
eigen-inzage-een-uur = It stops by itself, after one hour at most. Then you log in again.
eigen-inzage-stoppen = You can stop earlier at ‘My consents’. If you log out here, it stops too.
eigen-inzage-verder = Go on
eigen-inzage-stop = Stop

bekwaam-bekwaamheid-onbekend-kop = We could not find out whether you may decide yourself
bekwaam-bekwaamheid-onbekend-wat = A register gave no answer, or does not know you. So we record nothing now.
bekwaam-bekwaamheid-onbekend-doe = Try again later. Does it go wrong again? Ask the organisation how to do it on paper.
bekwaam-minderjarig-kop = You are not 18 yet
bekwaam-minderjarig-wat = Until your 18th birthday your parents or your guardian decide on this.
bekwaam-minderjarig-doe = Ask them to do this for you, at the organisation that asked.
bekwaam-onder-curatele-kop = Your guardian decides on this
bekwaam-onder-curatele-wat = You are under guardianship. That is why you cannot consent here yourself.
bekwaam-onder-curatele-doe = Call or write to your guardian, who can arrange this for you. You keep seeing all that happens.
bekwaam-onder-bewind-kop = Your administrator decides on this
bekwaam-onder-bewind-wat = Your finances are under administration, and this is about money. That is why you cannot consent here yourself.
bekwaam-onder-bewind-doe = Call or write to your administrator. On other things than money you decide yourself.
bekwaam-onder-mentorschap-kop = Your mentor decides on this
bekwaam-onder-mentorschap-wat = You have a mentor, and this is about care. That is why you cannot consent here yourself.
bekwaam-onder-mentorschap-doe = Call or write to your mentor. On other things than care you decide yourself.
bekwaam-niets-gedeeld = Nothing was shared with { $wie } and nothing was recorded.
bekwaam-terug = Back to the request

mijn-inzage-kop = Own access
mijn-inzage-uitleg = You are fetching your own data now. This is not consent. If you log out here, it stops too.
mijn-inzage-tot = Runs until { $tijd } at the latest.
mijn-toestemmingen-kop = Consents
mijn-leeg = You have not given consent to anybody yet.
mijn-stand-actief = Running.
mijn-stand-gepauzeerd = Paused.
mijn-stand-ingetrokken = Stopped by you.
mijn-stand-beeindigd = Ended.
mijn-stand-herroepen = Stopped by the scheme.
mijn-tot = Lasts up to and including { $dag }.
mijn-laatst = last asked on { $dag }
mijn-stop = Stop
mijn-pauze = Pause
mijn-hervat = Let it go on
mijn-pauze-uitleg = During a pause nobody fetches data. The end date stays the same.
mijn-bewijs = Download the receipt of this consent

stop-kop = Stop with { $wie }
stop-wat = { $wie } can then fetch no more data for: { $dienst }. You cannot undo that. You can give consent again later.
stop-inzage-wat = The app { $wie } can then fetch no more of your data. You can begin again later.
stop-inzage-wat-er-is = What the app already has stays on your device. You can throw it away there.
stop-onderweg = What is already on its way may still arrive for one second.
stop-wat-er-is = What { $wie } already has, it must delete when the retention term is over.
stop-doe = Stop now
stop-terug = No, back

fout-al-besloten-kop = This was decided already
fout-al-besloten-wat = This request was dealt with already, or is too old. Your second answer does not count.
fout-al-besloten-doe = Look under ‘My consents’ at what stands there.
fout-keuze-ongeldig-kop = This choice is not possible
fout-keuze-ongeldig-wat = You chose something that is not part of this request. Nothing was shared.
fout-keuze-ongeldig-doe = Go back to the request and choose again.
