# SPDX-License-Identifier: EUPL-1.2
# The login of tests and demo.

testlogin-kop = Log in to try it
testlogin-let-op = This is no real login service. You choose who you are. That works only with example data, on this computer.
testlogin-geen-verzoek = Start on the page of an organisation. It will send you here.
testlogin-fout = This is not a citizen service number. Choose somebody from the list, or type nine digits that are right.
testlogin-wie = Who do you want to be?
testlogin-meer = Somebody else, or another level
testlogin-bsn = Citizen service number of an example person
testlogin-niveau = How sure is the login?
testlogin-inloggen = Log in
testlogin-stop = Stop
niveau-laag = Low
niveau-substantieel = Substantial
niveau-hoog = High
