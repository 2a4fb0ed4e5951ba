"""The columns that German club programs write, for those who leave them: ``Heading = slot`` as in `csv_presets`.

``-`` leaves a column out because others say the same; a line without slot is kept as it came. Facts about the columns
of OpenJVerein come from its sources (the names of its variables are the headings of its list of members, and those
that its import asks for are the older ones), those of SPG-Verein from programs that read its export: semicolons,
Windows-1252, each cell in single quotation marks. WISO MeinVerein has no fixed table: one chooses the columns oneself,
and their headings are understood one by one (`domain.slots`).
"""

from __future__ import annotations

OPENJVEREIN = (
    "mitglied_adressierungszusatz = address.home.extra", "mitglied_adresstyp = tag", "mitglied_anrede = greeting",
    "mitglied_anrede_du = -", "mitglied_anrede_foermlich = -", "mitglied_austritt = affiliation.1.ended",
    "mitglied_austritt_f = -", "mitglied_arbeitseinsatz_betrag", "mitglied_arbeitseinsatz_stunden",
    "mitglied_beitragsgruppe_bezeichnung", "mitglied_beitragsgruppe_betrag", "mitglied_beitragsgruppe_id = -",
    "mitglied_mandatdatum", "mitglied_mandatdatum_f = -", "mitglied_mandatid", "mitglied_bic", "mitglied_blz",
    "mitglied_eintritt = affiliation.1.began", "mitglied_eintritt_f = -", "mitglied_eingabedatum = -",
    "mitglied_eingabedatum_f = -", "mitglied_empfaenger = -", "mitglied_email = email.1",
    "mitglied_externe_mitgliedsnummer", "mitglied_geburtsdatum = birth_date", "mitglied_geburtsdatum_f = -",
    "mitglied_geschlecht", "mitglied_handy = phone.mobile.1", "mitglied_iban", "mitglied_iban_maskiert = -",
    "mitglied_id", "mitglied_individuellerbeitrag", "mitglied_konto", "mitglied_bankname",
    "mitglied_konto_kontoinhaber = -", "mitglied_kontoinhaber", "mitglied_kontoinhaber_namevorname = -",
    "mitglied_kontoinhaber_vornamename = -", "mitglied_kontoinhaber_empfaenger = -",
    "mitglied_kontoinhaber_personenart = -", "mitglied_kontoinhaber_anrede", "mitglied_kontoinhaber_titel",
    "mitglied_kontoinhaber_name", "mitglied_kontoinhaber_vorname", "mitglied_kontoinhaber_strasse",
    "mitglied_kontoinhaber_adressierungszusatz", "mitglied_kontoinhaber_plz", "mitglied_kontoinhaber_ort",
    "mitglied_kontoinhaber_staat", "mitglied_kontoinhaber_email", "mitglied_kontoinhaber_geschlecht",
    "mitglied_kuendigung", "mitglied_letzte.aenderung = -", "mitglied_name = family_name",
    "mitglied_namevorname = -", "mitglied_ort = address.home.town", "mitglied_personenart = -",
    "mitglied_plz = address.home.postcode", "mitglied_staat = address.home.country",
    "mitglied_sterbetag = deceased_on", "mitglied_strasse = address.home.street",
    "mitglied_telefon_dienstlich = phone.work.1", "mitglied_telefon_privat = phone.home.1",
    "mitglied_titel = title", "mitglied_vermerk1 = remark", "mitglied_vermerk2 = remark",
    "mitglied_vorname = given_name", "mitglied_vornamename = -", "mitglied_zahlungsrhytmus = -",
    "mitglied_zahlungsrhythmus", "mitglied_zahlungstermin", "mitglied_zahlungsweg = -", "mitglied_zahlungsweg_text",
    "mitglied_zahlerid",
)  # fmt: skip
OPENJVEREIN_OLD = (
    "Mitglieds_Nr", "Ext_Mitglieds_Nr", "Adresstyp", "Personenart = -", "Anrede = greeting", "Titel = title",
    "Nachname = family_name", "Vorname = given_name", "Adressierungszusatz = address.home.extra",
    "Strasse = address.home.street", "Plz = address.home.postcode", "Ort = address.home.town",
    "Staat = address.home.country", "Zahlungsrhytmus", "Zahlungstermin", "Zahlungsart", "Bankleitzahl", "Kontonummer",
    "BIC", "IBAN", "Mandat_Datum", "Mandat_Version", "Mandat_Sequence", "KtoiPersonenart", "KtoiAnrede", "KtoiTitel",
    "KtoiName", "KtoiVorname", "KtoiStrasse", "KtoiAdressierungszusatz", "KtoiPlz", "KtoiOrt", "KtoiStaat",
    "KtoiEMail", "Geburtsdatum = birth_date", "Geschlecht", "Telefon_privat = phone.home.1",
    "Telefon_dienstlich = phone.work.1", "Handy = phone.mobile.1", "Email = email.1",
    "Eintritt = affiliation.1.began", "Beitragsart_1", "Beitrag_1", "individuellerbeitrag",
    "Austritt = affiliation.1.ended", "Kuendigung", "Sterbetag = deceased_on", "Vermerk1 = remark",
    "Vermerk2 = remark",
)  # fmt: skip

_SECTIONS, _FUNCTIONS, _MEMBERSHIP = 7, 10, 30
"""So many sections and functions has a member; the number of the affiliation that has the dates of the membership."""
SPG_VEREIN = (
    "Mitglieds_Nr", "Anrede = greeting", "Titel = title", "Nachname = family_name", "Vorname = given_name",
    "Strasse = address.home.street", "PLZ = address.home.postcode", "Ort = address.home.town",
    "Land = address.home.country", "Geburtsdatum = birth_date", "Geschlecht",
    f"Eintritt_Datum = affiliation.{_MEMBERSHIP}.began", f"Austritt_Datum = affiliation.{_MEMBERSHIP}.ended",
    "Email = email.1", "Telefon_Privat = phone.home.1", "Telefon_Dienstlich = phone.work.1",
    "Handy_1 = phone.mobile.1", "Handy_2 = phone.mobile.2", "Fax = phone.fax.1", "Zahlart", "Zahler", "IBAN_Nr",
    "BIC_Nr", "Sepa_Mandats_Ref", "Sepa_Datum_Mandats_Ref", "Bemerkungen = remark",
    *(
        line.format(n=n)
        for n in range(1, _SECTIONS + 1)
        for line in (
            "Abteilung_{n} = affiliation.{n}.unit", "Abt_Status_{n}", "Abteilung_Datum_{n} = affiliation.{n}.began"
        )
    ),
    *(
        line.format(n=n, place=n + _SECTIONS)
        for n in range(1, _FUNCTIONS + 1)
        for line in (
            "Funktion_{n} = affiliation.{place}.role", "Funkt_von_Datum_{n} = affiliation.{place}.began",
            "Funkt_Bis_Datum_{n} = affiliation.{place}.ended",
        )
    ),
)  # fmt: skip
