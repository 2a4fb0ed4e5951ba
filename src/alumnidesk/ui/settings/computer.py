"""What belongs to this computer: language, text size, colours and pages of the window, and your name."""

from __future__ import annotations

from alumnidesk.i18n import LANGUAGES
from alumnidesk.ui.look import SCALES, SYSTEM
from alumnidesk.ui.page import Context
from alumnidesk.ui.pages import PAGES
from alumnidesk.ui.settings.form import LABEL_WIDTH
from alumnidesk.ui.widgets.fields import CheckField, ChoiceField, LineField
from alumnidesk.ui.widgets.form import Form
from alumnidesk.ui.words import tr, words

PAGE = "page/"
"""What the names of fields begin with that say whether a page is shown."""
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
        self.add_head(tr("Pages at the left"))
        for spec in PAGES:
            if spec.can_hide:
                self.add(CheckField(look, f"{PAGE}{spec.name}", words(spec.words)))
        self.add_hint(
            tr(
                "What is not ticked has no place at the left. Nothing is lost: the page is still in the menu “View”, "
                "and opens whenever something leads to it."
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
                **{f"{PAGE}{spec.name}": spec.name not in preferences.hidden_pages for spec in PAGES if spec.can_hide},
            }
        )

    def _saved(self, key: str, value: object) -> None:
        self.fields[key].keep()
        preferences, text = self._context.preferences, str(value)
        if key.startswith(PAGE):
            preferences.show_page(key.removeprefix(PAGE), shown=bool(value))
        elif key == "language":
            preferences.language = text
        elif key == "scale":
            preferences.scale = int(text)
        elif key == "palette":
            preferences.palette = text
        else:
            preferences.author = text
