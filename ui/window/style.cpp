#include "window/style.h"

#include "theme/fonts.h"
#include "window/icons.h"

#include <QHash>
#include <QMenuBar>
#include <QPainter>
#include <QProxyStyle>
#include <QRegularExpression>
#include <QStyleFactory>
#include <QStyleOption>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

// What a style sheet cannot say: the menu bar's letters are underlined while keys walk it, and not before; a menu that
// is higher than the screen scrolls instead of standing in columns; buttons of dialogs have no icons; a box to check
// can be seen on a dark ground; a number to set is a field as others are, with arrows as large as its letters.
class WindowStyle final : public QProxyStyle {
public:
    using QProxyStyle::QProxyStyle;

    int styleHint(
        StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* more) const override
    {
        if (hint == SH_DialogButtonBox_ButtonsHaveIcons)
            return 0;
        if (hint == SH_Menu_Scrollable)
            return 1;
        if (hint == SH_UnderlineShortcut && qobject_cast<const QMenuBar*>(widget))
            return widget->hasFocus() ? 1 : 0;
        return QProxyStyle::styleHint(hint, option, widget, more);
    }

    void drawPrimitive(
        PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override
    {
        if (element != PE_IndicatorCheckBox) {
            QProxyStyle::drawPrimitive(element, option, painter, widget);
            return;
        }
        const QRectF box = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(
            option->palette.color((option->state & State_HasFocus) != 0 ? QPalette::Link : QPalette::PlaceholderText));
        painter->setBrush(option->palette.color(QPalette::Base));
        painter->drawRoundedRect(box, 3, 3);
        if ((option->state & State_On) != 0)
            paintSign(*painter, Sign::Check, box.adjusted(1, 1, -1, -1), option->palette.color(QPalette::Text));
        painter->restore();
    }

    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
        const QWidget* widget) const override
    {
        const auto* const spin = control == CC_SpinBox ? qstyleoption_cast<const QStyleOptionSpinBox*>(option)
                                                       : nullptr;
        if (spin)
            drawSpinBox(*spin, *painter, widget);
        else
            QProxyStyle::drawComplexControl(control, option, painter, widget);
    }

    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
        const QWidget* widget) const override
    {
        if (control != CC_SpinBox)
            return QProxyStyle::subControlRect(control, option, part, widget);
        const QRect& field = option->rect;
        const int arrows = arrowsWidth(*option);
        const int half = field.height() / 2;
        const QRect placed = [&] {
            switch (part) {
            case SC_SpinBoxUp: return QRect(field.right() + 1 - arrows, field.top(), arrows, half);
            case SC_SpinBoxDown:
                return QRect(field.right() + 1 - arrows, field.top() + half, arrows, field.height() - half);
            case SC_SpinBoxEditField: return field.adjusted(spinMargin(*option), 2, -arrows, -2);
            default: return field; // the frame
            }
        }();
        return visualRect(option->direction, field, placed);
    }

    QSize sizeFromContents(
        ContentsType type, const QStyleOption* option, const QSize& size, const QWidget* widget) const override
    {
        if (type != CT_SpinBox)
            return QProxyStyle::sizeFromContents(type, option, size, widget);
        const int letters = option->fontMetrics.height();
        return {size.width() + spinMargin(*option) + arrowsWidth(*option), letters + letters * 3 / 4};
    }

private:
    static int spinMargin(const QStyleOption& option) { return option.fontMetrics.height() / 2; }
    static int arrowsWidth(const QStyleOption& option) { return option.fontMetrics.height() * 5 / 4; }

    void drawSpinBox(const QStyleOptionSpinBox& spin, QPainter& painter, const QWidget* widget) const
    {
        const bool focused = (spin.state & State_HasFocus) != 0;
        const double width = focused ? 2 : 1;
        const double inset = width / 2;
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(spin.palette.color(focused ? QPalette::ToolTipBase : QPalette::Mid), width)); // ink; border
        painter.setBrush(spin.palette.color(QPalette::Base));
        const double round = spin.fontMetrics.height() * 0.4;
        painter.drawRoundedRect(QRectF(spin.rect).adjusted(inset, inset, -inset, -inset), round, round);
        const auto arrow = [&](SubControl part, QAbstractSpinBox::StepEnabledFlag step, double up) {
            const QRectF room = proxy()->subControlRect(CC_SpinBox, &spin, part, widget);
            const double half = spin.fontMetrics.height() * 0.22;
            const QPointF tip(room.center().x(), room.center().y() + up * (room.height() / 8 - half / 2));
            const bool can = (spin.stepEnabled & step) != 0 && (spin.state & State_Enabled) != 0;
            const bool pressed = spin.activeSubControls == part && (spin.state & State_Sunken) != 0;
            QColor color = spin.palette.color(pressed || !can ? QPalette::PlaceholderText : QPalette::Text);
            if (!can)
                color.setAlphaF(0.4f);
            painter.setPen(QPen(color, spin.fontMetrics.height() / 10., Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
            painter.drawPolyline(
                QPolygonF {{tip.x() - half, tip.y() + up * half}, tip, {tip.x() + half, tip.y() + up * half}});
        };
        if (spin.buttonSymbols != QAbstractSpinBox::NoButtons) {
            arrow(SC_SpinBoxUp, QAbstractSpinBox::StepUpEnabled, 1);
            arrow(SC_SpinBoxDown, QAbstractSpinBox::StepDownEnabled, -1);
        }
        painter.restore();
    }
};

} // namespace

QStyle* makeStyle()
{
    return new WindowStyle(QStyleFactory::create(u"Fusion"_s));
}

QPalette paletteOf(const Theme& theme)
{
    QPalette colors;
    const auto set = [&colors](QPalette::ColorRole role, const QColor& color) { colors.setColor(role, color); };
    set(QPalette::Window, theme.window());
    set(QPalette::WindowText, theme.text());
    set(QPalette::Base, theme.window());
    set(QPalette::AlternateBase, theme.sunken());
    set(QPalette::Text, theme.text());
    set(QPalette::Button, theme.raised());
    set(QPalette::ButtonText, theme.text());
    set(QPalette::BrightText, theme.onInk());
    set(QPalette::PlaceholderText, theme.secondary());
    set(QPalette::Highlight, theme.currentLine());
    set(QPalette::HighlightedText, theme.text());
    set(QPalette::ToolTipBase, theme.ink());
    set(QPalette::ToolTipText, theme.onInk());
    set(QPalette::Link, theme.color(Meaning::Timer));
    set(QPalette::Mid, theme.border());
    set(QPalette::Light, theme.raised());
    set(QPalette::Midlight, theme.border());
    set(QPalette::Dark, theme.border());
    set(QPalette::Shadow, theme.border());
    QColor faint = theme.secondary();
    faint.setAlphaF(0.55f);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        colors.setColor(QPalette::Disabled, role, faint);
    return colors;
}

// In the sheet: "12px" is 12 px at 100 %, "@name" is a color.
QString styleSheetOf(const Theme& theme)
{
    QString sheet = uR"(
QMenuBar, QMenu, QToolButton, QPushButton, QToolTip { font-family: @family; font-size: 13px; }
#toolbar QLabel, #status, #bistro { font-family: @family; }
QToolTip { background: @ink; color: @onink; border: none; padding: 4px 8px; font-size: 13px; }
QMenuBar { background: @window; border: none; padding: 0 0 0 4px; spacing: 0; }
QMenuBar::item { padding: 6px 10px 5px 10px; color: @secondary; background: transparent; border-radius: 6px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: @current; color: @text; }
QMenu { background: @raised; border: 1px solid @border; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 26px; border-radius: 4px; color: @text; }
QMenu::item:selected { background: @current; }
QMenu::item:disabled { color: @faint; }
QMenu::separator { height: 1px; background: @border; margin: 4px 6px; }
QMenu::indicator { width: 12px; height: 12px; left: 7px; }
QSplitter::handle { background: @border; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @border; border-radius: 3px; margin: 2px; }
QScrollBar::handle:hover { background: @faint; }
QScrollBar::handle:vertical { min-height: 24px; }
QScrollBar::handle:horizontal { min-width: 24px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { width: 0; height: 0;
    background: transparent; }
QToolButton, QPushButton { background: @raised; color: @text; border: 1px solid @border; border-radius: 8px;
    padding: 5px 12px; font-weight: 500; outline: none; }
QToolButton:hover, QPushButton:hover { background: @current; }
QToolButton:pressed, QPushButton:pressed { background: @border; }
QToolButton:disabled, QPushButton:disabled { color: @faint; }
QToolButton:focus, QPushButton:focus { border: 1px solid @focus; }
QToolButton[autoRaise="true"] { background: transparent; border: 1px solid transparent; padding: 3px; }
QToolButton[autoRaise="true"]:hover, QToolButton[autoRaise="true"]:checked { background: @current; }
QToolButton[autoRaise="true"]:focus { border: 1px solid @focus; }
QTabBar QToolButton { background: @window; border: none; border-radius: 0; padding: 0; }
QToolButton::menu-indicator { image: none; width: 0; }
QToolButton[role="link"] { background: transparent; border: 1px solid transparent; padding: 5px 1px; color: @text; }
QToolButton[role="link"]:hover { background: @current; }
QToolButton[role="link"]:focus { border: 1px solid @focus; }
QPushButton:default { border: 1px solid @text; }
QToolButton[role="primary"] { background: @ink; color: @onink; border: 1px solid @ink; padding: 6px 16px 6px 12px;
    font-weight: 600; }
QToolButton[role="primary"]:hover { background: @inkhover; }
QToolButton[role="primary"]:focus { border: 1px solid @focus; }
QToolButton[role="primary"]:disabled { background: @border; color: @secondary; border-color: @border; }
QToolButton[role="plain"] { padding: 6px 10px; }
QFrame[role="group"] { background: @raised; border: 1px solid @border; border-radius: 8px; }
QToolButton[role="segment"] { background: transparent; border: none; border-radius: 7px; padding: 6px 11px; margin: 0; }
QToolButton[role="segment"]:hover { background: @current; }
QToolButton[role="segment"]:focus { background: @current; }
QFrame[role="divider"] { background: @border; border: none; }
QFrame[role="switchframe"] { background: @sunken; border: 1px solid @border; border-radius: 8px; }
QToolButton[role="switch"] { background: transparent; color: @secondary; border: 1px solid transparent;
    border-radius: 7px; padding: 5px 14px; }
QToolButton[role="switch"]:hover { color: @text; background: transparent; }
QToolButton[role="switch"]:checked { background: @ink; color: @onink; font-weight: 600; }
QToolButton[role="switch"]:focus { border: 1px solid @focus; }
QToolButton[role="badge"], QToolButton[role="alarm"] { border-radius: 12px; padding: 4px 10px; font-size: 11px;
    font-weight: 500; }
QToolButton[role="badge"]:disabled { color: @secondary; }
QToolButton[role="alarm"], QToolButton[role="alarm"]:hover { background: @error; color: @onerror;
    border-color: @error; font-weight: 600; }
#stagetext { background: @window; border-top: 1px solid @border; }
#stagetext QLabel { color: @text; }
#orders { background: @window; color: @text; border: none; font-family: @family; font-size: 13px; outline: none;
    selection-background-color: @current; selection-color: @text; }
#orders::item { padding: 0 8px; border: none; }
#orders::item:selected { background: @current; color: @text; }
#orders QHeaderView { background: @window; }
#orders QHeaderView::section { background: @window; color: @secondary; border: none;
    border-bottom: 1px solid @border; padding: 4px 8px; font-family: @family; font-size: 11px; font-weight: 600; }
bistro--ui--CodeEditor { background: @window; color: @text; border: none; border-radius: 0; padding: 0; }
QLineEdit, #environment { background: @window; color: @text; border: 1px solid @border; border-radius: 6px;
    padding: 4px 8px; selection-background-color: @current; selection-color: @text;
    placeholder-text-color: @secondary; }
QPlainTextEdit#expected { background: @window; color: @text; border: 1px solid @border; border-radius: 6px;
    padding: 2px 4px; selection-background-color: @current; selection-color: @text;
    placeholder-text-color: @secondary; }
QPlainTextEdit#expected:focus { border: 1px solid @focus; }
QLineEdit:focus, #environment:focus { border: 1px solid @focus; }
QSpinBox QLineEdit, QSpinBox QLineEdit:focus { background: transparent; border: none; padding: 0; }
QLineEdit[wrong="true"], QLineEdit[wrong="true"]:focus { border: 1px solid @error; color: @error; }
QComboBox QAbstractItemView { background: @raised; color: @text; border: 1px solid @border; }
QDialog { background: @window; }
QGroupBox { border: none; margin-top: 22px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; }
QSlider::groove:horizontal { height: 3px; background: @border; border-radius: 1px; }
QSlider::sub-page:horizontal { height: 3px; background: @ink; border-radius: 1px; }
QSlider::handle:horizontal { width: 10px; height: 10px; margin: -5px 0; border: 2px solid @ink; border-radius: 6px;
    background: @raised; }
QSlider::handle:horizontal:focus { background: @focus; }
#bistro { font-weight: 700; font-size: 13px; color: @text; }
#status { color: @secondary; font-size: 11px; }
#toolbar { background: @window; border-bottom: 1px solid @border; }
#toolbar QLabel { color: @secondary; font-size: 11px; }
#console QToolButton { padding: 2px 7px; border-radius: 6px; }
#console QPushButton { padding: 3px 10px; border-radius: 6px; }
#noticebar { background: @sunken; border-bottom: 1px solid @border; }
)"_s;
    QColor faint = theme.secondary();
    faint.setAlphaF(0.55f);
    const QList<std::pair<QString, QColor>> colors {{u"@window"_s, theme.window()}, {u"@raised"_s, theme.raised()},
        {u"@sunken"_s, theme.sunken()}, {u"@border"_s, theme.border()}, {u"@text"_s, theme.text()},
        {u"@secondary"_s, theme.secondary()}, {u"@faint"_s, faint}, {u"@inkhover"_s, theme.inkHovered()},
        {u"@ink"_s, theme.ink()}, {u"@onink"_s, theme.onInk()}, {u"@current"_s, theme.currentLine()},
        {u"@focus"_s, theme.color(Meaning::KernelIo)}, {u"@onerror"_s, theme.onError()},
        {u"@error"_s, theme.color(Meaning::Error)}};
    for (const auto& [name, color] : colors)
        sheet.replace(
            name, u"rgba(%1,%2,%3,%4)"_s.arg(color.red()).arg(color.green()).arg(color.blue()).arg(color.alpha()));
    // Named, because a sheet that comes in the place of another one forgets what the widgets had inherited.
    QStringList families = uiFont(theme, TypeSize::Label).families();
    for (QString& family : families)
        family = u'"' + family.remove(u'"') + u'"';
    sheet.replace(u"@family"_s, families.join(u", "_s));
    static const QRegularExpression length(u"(-?\\d+)px"_s);
    QString scaled;
    qsizetype last = 0;
    for (auto matches = length.globalMatch(sheet); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        const int value = match.captured(1).toInt();
        const int px = std::abs(value) <= 1 ? value : theme.px(value); // a border stays one pixel
        scaled += QStringView(sheet).sliced(last, match.capturedStart() - last);
        scaled += QString::number(px) + u"px"_s;
        last = match.capturedEnd();
    }
    scaled += QStringView(sheet).sliced(last);
    return scaled;
}

} // namespace bistro::ui
