# SPDX-License-Identifier: EUPL-1.2
# The page where anybody checks a certified file, PDF or paper code.

controleer-kop = Check a document
controleer-kort = Here you see whether a file, PDF or code on paper is authentic and unchanged.
controleer-bestand = Choose a file
controleer-bestand-uitleg = A PDF, a file that ends in .sd-jwt or .json, or a picture of the code on paper. At most 5 MB.
controleer-code = Or paste the text of the code
controleer-code-uitleg = One line that begins with BK1: and nothing before or after it.
controleer-knop = Check
controleer-bewaart-niets = We do not keep what you choose here. It is gone after the check.
controleer-niets = Choose a file first, or paste the text of the code.
controleer-gegevens = What it says
controleer-vergelijk = Compare this with what you have before you. If they differ, go by what stands here.
controleer-nog-een = Check another document
controleer-aanduiding = Indication for experts: { $aanduiding }
fout-upload-ongeldig-kop = This could not be checked
fout-upload-ongeldig-wat = What you sent does not fit this page.
fout-upload-ongeldig-doe = Go back, choose one file or paste one code, and try again.
