"""What is said of the bundled program where only a Mac reads it."""

from __future__ import annotations

import plistlib

import mac_bundle
from alumnidesk.__main__ import DATA_FILE
from alumnidesk.i18n import LANGUAGES


def test_a_mac_is_told_that_data_files_are_ours_and_which_languages_we_speak() -> None:
    told = plistlib.loads(plistlib.dumps(mac_bundle.about("1.2.3", DATA_FILE, tuple(LANGUAGES))))
    (kind,), (declared,) = told["CFBundleDocumentTypes"], told["UTExportedTypeDeclarations"]
    assert kind["LSItemContentTypes"] == [declared["UTTypeIdentifier"]]
    assert declared["UTTypeTagSpecification"] == {"public.filename-extension": ["alumnidesk"]}
    assert (told["CFBundleShortVersionString"], told["CFBundleLocalizations"]) == ("1.2.3", ["en", "de", "sv"])
