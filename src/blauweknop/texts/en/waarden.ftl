# SPDX-License-Identifier: EUPL-1.2
# How values and their marks are called, on screen and on paper.

waarde-geen = No value: the organisation has nothing here
waarde-ja = Yes
waarde-nee = No
waarde-aantal = { $aantal ->
    [0] None
    [one] 1 item
   *[other] { $aantal } items
}
periode-jaar = all of { $jaar }
periode-van-tot = from { $van } up to and including { $tot }

waarde-kop-bron = Source
waarde-kop-peildatum = As of
waarde-kop-periode = Period
waarde-kop-status = Status
waarde-kop-uitleg = What does this mean?
waarde-kop-onderzoek = Under investigation

status-definitief = Final
status-voorlopig = Provisional: may still change
status-in-behandeling = In progress: not yet decided

onderzoek-sinds = The organisation has been investigating since { $datum } whether this is right.
opmerking-datum-onleesbaar = The organisation’s record of this date cannot be read. You only see the part that can.
opmerking-deels-onbekend = The organisation does not know part of this.
opmerking-deel-in-onderzoek = Part of what is registered about this place of residence is under investigation. That need not be the address itself.

reden-geen_waarde = The organisation has no value for this.
reden-niet_toegestaan = This is not part of your choice.
reden-niet_geleverd = The organisation does not give this through this button. Ask the organisation itself.
reden-bron_niet_bereikbaar = The organisation’s computer did not give this part just now. Try again later.
