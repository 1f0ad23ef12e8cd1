# SPDX-License-Identifier: EUPL-1.2
# What came of verifying a certified file: command line and page.

verify-uitkomst-PASSED = Authentic and unchanged
verify-uitkomst-INDETERMINATE = Cannot be established
verify-uitkomst-FAILED = Not in order

verify-waarom-in-orde = The seal is right and nothing was changed.
verify-waarom-zegel-onbekend = The seal is by an organisation that is not known here. Whoever set it, do not rely on it without asking the organisation itself.
verify-waarom-pdf-zonder-zegel = This PDF has no seal of its own: it is a smaller copy. Its attachment is authentic and unchanged. Go by the data below, not by what is printed in the PDF.
verify-waarom-tijdstempel-onbekend = The seal is right, but the time-stamp is by a service that is not known here.
verify-waarom-status-onbekend = The seal is right, but no fresh status came. Try again later.
verify-waarom-papiercode-status = The seal is right. But a code on paper does not say whether the data were withdrawn later. Ask for the file to check that.
verify-waarom-ingetrokken = The organisation has withdrawn this. Do not use it.
verify-waarom-soort-onbekend = This is not a certified file, PDF or paper code.
verify-waarom-geen-code-in-beeld = The picture shows no code that can be read. Take a sharp picture of the code, straight from above and in good light.
verify-waarom-beeld-onleesbaar = This picture cannot be read. Use a PNG or JPEG of an ordinary size.
verify-waarom-papiercode-spelling = The text of the code was changed on its way. Paste it exactly as it is: one line that begins with BK1: and nothing before or after it. Or use a picture of the code.
verify-waarom-veranderd = Something was changed since the seal was set, or the seal is false. Do not use it.
verify-waarom-tijdstempel = The time-stamp does not fit the seal. Do not use it.
verify-waarom-vorm = This file does not have the form it must have. It may have been saved again, pasted or cut off. Ask for the original file.
verify-waarom-verlopen = This is no longer valid.
verify-waarom-toekomst = This was made in the future. See whether the clock of this device is right.
verify-waarom-andere-omgeving = This belongs to another environment: a trial is not a real document, nor the other way round.
verify-waarom-houder = This belongs to a wallet. Have its owner show it from the wallet.
verify-waarom-certificaat = The certificate of the seal is not in order. Do not use it.
verify-waarom-regels = This file does not keep to the rules of a certified set. Do not use it.

verify-stand-in_stelsel = known in the scheme
verify-stand-buiten_stelsel = not in the scheme; its certificate is in order
verify-stand-onbekend = unknown: nobody vouches for it

verify-status = Status: { $status }
verify-status-niet-gecontroleerd = not checked
verify-status-niet-op-papier = cannot be checked: a code on paper carries no status
verify-status-geen = does not apply
verify-status-geldig = valid, just asked of the organisation
verify-status-ingetrokken = withdrawn
verify-status-vervangen = superseded: the organisation later gave out other data
verify-status-onbekend = unknown: no fresh answer came

verify-door = From: { $organisatie } (OIN { $oin }), { $stand }
verify-wat = What: { $titel }, made on { $tijdstip }
verify-tijdstempel = Time-stamp: this seal existed on { $tijdstip }
verify-vingerafdruk = Fingerprint: { $vingerafdruk }
verify-voorbeeld = Please note: example data, from a trial
verify-gegevens = The data:
verify-ontbreekt = Not in it:
verify-verborgen = { $aantal ->
    [one] One part is not shown.
   *[other] { $aantal } parts are not shown.
}
verify-papier-meer = { $aantal ->
    [one] One item did not fit in the code on paper.
   *[other] { $aantal } items did not fit in the code on paper.
}
