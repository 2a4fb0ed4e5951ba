"""The few rules of style that Qt's Fusion needs to draw its own controls in our palettes.

What we paint ourselves (buttons, chips, rows, bars) takes its colours from the look and needs no rule here.
"""

from __future__ import annotations

from collections.abc import Callable

from alumnidesk.places import bundled
from alumnidesk.ui.palettes import Palette


def style_sheet(palette: Palette, px: Callable[[float], int], small: float) -> str:
    """The rules for a palette; `px` scales a measure, `small` is the small text size in points."""
    p = palette
    marks = (bundled("resources") / "marks").as_posix()
    tone = "dark" if p.on_accent == "#FFFFFF" else "light"
    selected = f"background: {p.tint}; color: {p.on_tint};"
    return f"""
QMenuBar {{ background: {p.nav}; border-bottom: 1px solid {p.line}; padding-left: {px(11)}px; spacing: 0; }}
QMenuBar::item {{ background: transparent; padding: {px(4)}px {px(13)}px; margin: 0; }}
QMenu {{ background: {p.raised}; color: {p.text}; border: 1px solid {p.field}; padding: {px(4)}px; }}
QMenu::item {{ padding: {px(5)}px {px(24)}px {px(5)}px {px(12)}px; border-radius: {px(4)}px; }}
QMenu::item:selected {{ {selected} }}
QMenu::item:disabled {{ color: {p.unusable}; background: transparent; }}
QMenu::icon {{ padding-left: {px(10)}px; }}
QMenu::separator {{ height: 1px; background: {p.line}; margin: {px(4)}px {px(8)}px; }}
QToolTip {{ background: {p.panel}; color: {p.text}; border: 1px solid {p.field}; padding: {px(4)}px; }}
QScrollBar:vertical {{ background: transparent; border: 0; width: {px(14)}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; border: 0; height: {px(14)}px; margin: 0; }}
QScrollBar::handle {{ background: {p.thumb}; border-radius: {px(3)}px; margin: {px(4)}px; }}
QScrollBar::handle:disabled {{ background: transparent; }}
QScrollBar::handle:vertical {{ min-height: {px(40)}px; }}
QScrollBar::handle:horizontal {{ min-width: {px(40)}px; }}
QScrollBar::handle:hover {{ background: {p.text2}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QAbstractScrollArea {{ border: 0; }}
QAbstractScrollArea::corner {{ background: transparent; border: 0; }}
QLineEdit, QPlainTextEdit, QSpinBox, QComboBox {{
    background: {p.page}; color: {p.text}; border: 1px solid {p.field}; border-radius: {px(6)}px;
    padding: 1px {px(9)}px;
    selection-background-color: {p.accent}; selection-color: {p.on_accent}; placeholder-text-color: {p.text2}; }}
QLineEdit, QComboBox {{ min-height: {px(32)}px; }}
QSpinBox {{ min-height: {px(32) - 2}px; }}
QComboBox {{ padding: 1px {px(9)}px 1px {px(9) + 2}px; combobox-popup: 0; }}
QPlainTextEdit {{ padding: {px(2)}px {px(5) + 2}px; }}
QLineEdit:focus, QSpinBox:focus, QComboBox:focus {{
    border: 2px solid {p.accent}; padding: 0px {px(9) - 1}px; }}
QComboBox:focus {{ padding: 0px {px(9) - 1}px 0px {px(9) + 1}px; }}
QPlainTextEdit:focus {{ border: 2px solid {p.accent}; padding: {px(2) - 1}px {px(5) + 1}px; }}
QLineEdit[quiet="true"]:!focus:!hover, QComboBox[quiet="true"]:!focus:!hover,
QPlainTextEdit[quiet="true"]:!focus:!hover {{ border-color: transparent; background: transparent; }}
QLineEdit[problem="true"], QPlainTextEdit[problem="true"], QComboBox[problem="true"],
QLineEdit[quiet="true"][problem="true"]:!focus:!hover, QPlainTextEdit[quiet="true"][problem="true"]:!focus:!hover {{
    border-color: {p.bad}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QSpinBox:disabled {{
    color: {p.unusable_field}; background: {p.soft}; border-color: {p.unusable_frame}; }}
QComboBox::drop-down {{ border: 0; width: {px(28)}px; }}
QComboBox::down-arrow {{ image: url("{marks}/down-{"light" if p.dark else "dark"}.svg");
    width: {px(16)}px; height: {px(16)}px; }}
QSpinBox::up-button, QSpinBox::down-button {{ border: 0; width: {px(28)}px; }}
QSpinBox::up-arrow, QSpinBox::down-arrow {{ width: {px(16)}px; height: {px(16)}px; }}
QSpinBox::up-arrow {{ image: url("{marks}/up-{"light" if p.dark else "dark"}.svg"); }}
QSpinBox::down-arrow {{ image: url("{marks}/down-{"light" if p.dark else "dark"}.svg"); }}
QComboBox QAbstractItemView {{ background: {p.raised}; color: {p.text}; border: 1px solid {p.field};
    selection-background-color: {p.tint}; selection-color: {p.on_tint}; outline: 0; padding: {px(4)}px; }}
QComboBox QAbstractItemView::item {{ min-height: {px(32)}px; }}
QCheckBox, QRadioButton {{ spacing: {px(8)}px; min-height: {px(24)}px; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: {px(18)}px; height: {px(18)}px;
    border: 1px solid {p.field}; border-radius: {px(4)}px; background: {p.page}; }}
QRadioButton::indicator {{ border-radius: {(px(18) + 2) // 2}px; }}
QCheckBox::indicator:checked {{ background: {p.accent}; border-color: {p.accent};
    image: url("{marks}/check-{"light" if tone == "dark" else "dark"}.svg"); }}
QRadioButton::indicator:checked {{ background: {p.accent}; border-color: {p.accent};
    image: url("{marks}/dot-{"light" if tone == "dark" else "dark"}.svg"); }}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border: 2px solid {p.accent};
    width: {px(18) - 2}px; height: {px(18) - 2}px; }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ border-color: {p.unusable_frame}; }}
QCheckBox::indicator:checked:disabled, QRadioButton::indicator:checked:disabled {{
    background: {p.unusable}; border-color: {p.unusable}; }}
QCheckBox:focus, QRadioButton:focus {{ color: {p.accent}; }}
QSplitter::handle {{ background: {p.line}; }}
QProgressBar {{ background: {p.soft}; border: 1px solid {p.field}; border-radius: {px(4)}px;
    max-height: {px(6)}px; min-height: {px(6)}px; }}
QProgressBar::chunk {{ background: {p.accent}; border-radius: {px(3)}px; }}
QCalendarWidget QWidget#qt_calendar_navigationbar {{ background: {p.raised}; }}
QCalendarWidget QToolButton {{ background: transparent; color: {p.text}; border: 2px solid transparent;
    border-radius: {px(6)}px; padding: {px(4)}px {px(6)}px; }}
QCalendarWidget QToolButton:hover {{ background: {p.soft}; }}
QCalendarWidget QToolButton:focus {{ border-color: {p.accent}; }}
QCalendarWidget QToolButton::menu-indicator {{ image: none; }}
QCalendarWidget QAbstractItemView {{ background: {p.raised}; outline: 0; }}
QHeaderView {{ background: {p.page}; border: 0; font-size: {small}pt; }}
QDialog {{ background: {p.page}; }}
"""
