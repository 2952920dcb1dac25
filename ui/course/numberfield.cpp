#include "course/numberfield.h"

#include "course/coursepaint.h"
#include "theme/fonts.h"

#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>

#include <cmath>

namespace bistro::ui {

using namespace Qt::StringLiterals;

NumberField::NumberField(QWidget* parent)
    : QWidget(parent)
    , m_line(new QLineEdit(this))
    , m_unit(new QLabel(this))
    , m_wrong(new QLabel(this))
{
    m_line->setMaxLength(24);
    m_line->setPlaceholderText(tr("a number"));
    m_unit->setTextFormat(Qt::PlainText);
    m_wrong->setTextFormat(Qt::PlainText);
    m_wrong->setWordWrap(true);
    m_wrong->hide();
    connect(m_line, &QLineEdit::textEdited, this, [this](const QString& text) {
        judge();
        emit numberTyped(text);
    });
    setFocusProxy(m_line);
}

bool NumberField::isNumber(const QString& text)
{
    bool here = false;
    bool anywhere = false;
    const double number = QLocale().toDouble(text.trimmed(), &here);
    const double plain = QLocale::c().toDouble(text.trimmed(), &anywhere);
    // "nan" and "inf" are no guesses.
    return text.trimmed().isEmpty() || (here && std::isfinite(number)) || (anywhere && std::isfinite(plain));
}

void NumberField::setView(const NumberGuessView& view, const QString& question)
{
    m_unit->setText(view.unit);
    m_line->setAccessibleName(view.unit.isEmpty() ? question : tr("%1 In %2.").arg(question, view.unit));
    if (m_line->text() != view.typed)
        m_line->setText(view.typed); // not while it says the same: the cursor stays
    judge();
    arrange();
}

void NumberField::setLocked(bool on)
{
    m_line->setReadOnly(on);
}

void NumberField::setTheme(const Theme& theme)
{
    m_theme = theme;
    m_line->setFont(uiFont(theme, TypeSize::Label));
    QPalette colors = m_line->palette();
    colors.setColor(QPalette::Text, theme.text());
    colors.setColor(QPalette::Base, theme.raised());
    colors.setColor(QPalette::PlaceholderText, theme.secondary());
    m_line->setPalette(colors);
    // Red stays for what blocks, is refused or fails: a wrong entry has a dashed edge and a sentence.
    m_line->setStyleSheet(u"QLineEdit { border: 1px solid %1; border-radius: %2px; padding: 0 %3px; background: %4; "
                          "color: %5; } QLineEdit:hover { border-color: %6; } "
                          "QLineEdit:focus { border: 2px solid %6; } QLineEdit[wrong=\"true\"] "
                          "{ border: 1px dashed %6; color: %5; }"_s.arg(theme.border().name())
                              .arg(theme.px(8))
                              .arg(theme.px(8))
                              .arg(theme.raised().name(), theme.text().name(), theme.ink().name()));
    for (QLabel* const label : {m_unit, m_wrong}) {
        label->setFont(uiFont(theme, label == m_unit ? TypeSize::Label : TypeSize::Second));
        QPalette palette = label->palette();
        palette.setColor(QPalette::WindowText, label == m_unit ? theme.text() : theme.secondary());
        label->setPalette(palette);
    }
    arrange();
    updateGeometry();
}

void NumberField::judge()
{
    const bool wrong = !isNumber(m_line->text());
    m_wrong->setText(tr("This is not a number. Write digits, as in 300 or 2.5."));
    m_line->setAccessibleDescription(wrong ? m_wrong->text() : QString());
    if (m_wrong->isHidden() != wrong)
        return;
    m_wrong->setVisible(wrong);
    m_line->setProperty("wrong", wrong);
    m_line->setStyleSheet(m_line->styleSheet()); // looks at the property again
    updateGeometry();
    arrange();
}

int NumberField::heightForWidth(int width) const
{
    const int line = m_theme.px(32);
    return m_wrong->isHidden() ? line
                               : line + m_theme.px(4) + m_wrong->heightForWidth(std::max(1, width - m_theme.px(32)));
}

QSize NumberField::sizeHint() const
{
    return {m_theme.px(416), heightForWidth(m_theme.px(416))};
}

void NumberField::arrange()
{
    const int line = m_theme.px(32);
    const int room = std::max(1, width() - m_theme.px(32));
    const int field = std::min(m_theme.px(120), room);
    const auto at = [this](const QRect& rect) { return visualRect(rect, width(), layoutDirection()); };
    for (QLabel* const label : {m_unit, m_wrong})
        label->setAlignment(leadingSide(layoutDirection()));
    m_line->setGeometry(at({m_theme.px(16), 0, field, line}));
    m_unit->setGeometry(at({m_theme.px(24) + field, 0, std::max(0, room - field - m_theme.px(8)), line}));
    const int wrong = m_wrong->heightForWidth(room);
    m_wrong->setGeometry(at({m_theme.px(16), line + m_theme.px(4), room, wrong}));
}

void NumberField::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void NumberField::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LayoutDirectionChange)
        arrange();
}

} // namespace bistro::ui
