"""What a Mac is told of the program: its name, its languages, and that it opens data files (``Info.plist``)."""

from __future__ import annotations

from typing import Any

NAME = "AlumniDesk"
IDENTIFIER = "org.alumnidesk.AlumniDesk"
_FILE = "org.alumnidesk.data-file"


def about(version: str, data_file: str, languages: tuple[str, ...]) -> dict[str, Any]:
    """The entries of ``Info.plist`` beside those that PyInstaller writes; `data_file` is the ending, with its dot.

    Without its languages the system's own dialogs come in English. Source: Apple, "Information Property List".
    """
    return {
        "CFBundleDisplayName": NAME,
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "CFBundleDevelopmentRegion": languages[0],
        "CFBundleLocalizations": list(languages),
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": NAME,
                "CFBundleTypeRole": "Editor",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [_FILE],
            }
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": _FILE,
                "UTTypeDescription": NAME,
                "UTTypeConformsTo": ["public.data"],
                "UTTypeTagSpecification": {"public.filename-extension": [data_file.removeprefix(".")]},
            }
        ],
        "LSMinimumSystemVersion": "14.0",  # of the Qt that is locked
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,  # dark when the system is
    }
