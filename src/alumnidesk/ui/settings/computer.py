"""What belongs to this computer: the window's language, text size, colours, and who is written into the history."""

from __future__ import annotations

from alumnidesk.i18n import LANGUAGES
from alumnidesk.ui.look import SCALES, SYSTEM
from alumnidesk.ui.page import Context
from alumnidesk.ui.settings.form import LABEL_WIDTH
from alumnidesk.ui.widgets.fields import ChoiceField, LineField
from alumnidesk.ui.widgets.form import Form
from alumnidesk.ui.words import tr

AUTHOR = "author"
"""Name of the preference that holds who is written into the history."""


class ComputerForm(Form):
    """Preferences; each holds from the moment it is chosen."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.look, labels=LABEL_WIDTH)
        look, self._context = context.look, context
        self.add_head(tr("The window"))
        self.add(ChoiceField(look, "language", tr("Language"), list(LANGUAGES.items())))
        sizes = [(str(scale), tr("{percent} %", percent=scale)) for scale in SCALES]
        self.add(ChoiceField(look, "scale", tr("Text size"), sizes))
        self.add(
            ChoiceField(
                look,
                "palette",
                tr("Colours"),
                [
                    (SYSTEM, tr("As on this computer")),
                    ("light", tr("Light")),
                    ("dark", tr("Dark")),
                    ("high-contrast", tr("High contrast")),
                ],
            )
        )
        self.add_head(tr("You"))
        self.add(LineField(look, AUTHOR, tr("Your name")))
        self.add_hint(
            tr(
                "Stands in the history beside what you do. Others who use this file on another computer "
                "have a name of their own there."
            )
        )
        self.saved.connect(self._saved)

    def show_preferences(self, author: str) -> None:
        """Show what is chosen."""
        preferences = self._context.preferences
        self.show_values(
            {
                "language": preferences.language,
                "scale": str(preferences.scale),
                "palette": preferences.palette,
                AUTHOR: author,
            }
        )

    def _saved(self, key: str, value: object) -> None:
        self.fields[key].keep()
        preferences, text = self._context.preferences, str(value)
        if key == "language":
            preferences.language = text
        elif key == "scale":
            preferences.scale = int(text)
        elif key == "palette":
            preferences.palette = text
        else:
            preferences.author = text
