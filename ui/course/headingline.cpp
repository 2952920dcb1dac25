#include "course/headingline.h"

#include "theme/fonts.h"

#include <QLabel>

#include <algorithm>

namespace bistro::ui {

using namespace Qt::StringLiterals;

void dressLabel(QLabel& label, const QFont& font, const QColor& color)
{
    label.setFont(font);
    QPalette palette = label.palette();
    palette.setColor(QPalette::WindowText, color);
    palette.setColor(QPalette::Text, color);
    label.setPalette(palette);
}

void setWords(QLabel& label, const QString& words, const Theme& theme)
{
    const CodeWords made = codeWords(words, codeFont(theme));
    QString html;
    qsizetype done = 0;
    for (const QTextLayout::FormatRange& code : made.formats) {
        html += made.text.sliced(done, code.start - done).toHtmlEscaped()
            + QStringLiteral("<span style=\"font-family:'%1'\">").arg(codeFont(theme).families().join("','"_L1))
            + made.text.sliced(code.start, code.length).toHtmlEscaped() + QStringLiteral("</span>");
        done = code.start + code.length;
    }
    html += made.text.sliced(done).toHtmlEscaped();
    // Nothing but code needs marks: all else stays as it is.
    label.setTextFormat(made.formats.isEmpty() ? Qt::PlainText : Qt::RichText);
    label.setText(made.formats.isEmpty() ? made.text : html);
    label.setAccessibleName(made.formats.isEmpty() ? QString() : made.text);
}

HeadingLine::HeadingLine(QWidget* parent)
    : QWidget(parent)
    , m_heading(new QLabel(this))
    , m_remark(new QLabel(this))
    , m_button(new CourseButton(CourseButton::Form::Square, this))
{
    for (QLabel* const label : {m_heading, m_remark}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_button->hide();
    connect(m_button, &QAbstractButton::clicked, this, &HeadingLine::foldAsked);
}

void HeadingLine::setTexts(const QString& heading, const QString& remark)
{
    if (m_heading->text() == heading && m_remark->text() == remark)
        return;
    m_heading->setText(heading);
    m_remark->setText(remark);
    m_remark->setVisible(!remark.isEmpty());
    arrange(width(), true);
}

void HeadingLine::setTheme(const Theme& theme)
{
    m_theme = theme;
    dressLabel(*m_heading, uiFont(theme, TypeSize::Label, QFont::DemiBold), theme.text());
    dressLabel(*m_remark, uiFont(theme, TypeSize::Second), theme.secondary());
    m_button->setTheme(theme);
    arrange(width(), true);
}

void HeadingLine::setFolding(bool folds, bool open)
{
    m_button->setSign(open ? CourseSign::Up : CourseSign::Down);
    m_button->setAccessibleName(open ? tr("Fold: %1").arg(m_heading->text()) : tr("Unfold: %1").arg(m_heading->text()));
    m_button->setToolTip(open ? tr("Fold this") : tr("Unfold this"));
    m_button->setVisible(folds);
    arrange(width(), true);
}

int HeadingLine::arrange(int width, bool place) const
{
    const auto at = [&](const QRect& rect) { return visualRect(rect, width, layoutDirection()); };
    const bool folds = !m_button->isHidden();
    const int room = std::max(1, width - (folds ? m_theme.px(32) : 0));
    const int line = m_theme.px(20);
    const bool hasRemark = !m_remark->isHidden();
    const int remark = hasRemark ? QFontMetrics(m_remark->font()).horizontalAdvance(m_remark->text()) + m_theme.px(2)
                                 : 0;
    const int gap = hasRemark ? m_theme.px(12) : 0;
    const bool beside = hasRemark && remark <= room / 2;
    const int headingWidth = std::max(1, beside ? room - remark - gap : room);
    int height = std::max(line, m_heading->heightForWidth(headingWidth));
    if (place) {
        m_heading->setGeometry(at({0, 0, headingWidth, height}));
        m_heading->setAlignment(leadingSide(layoutDirection()));
    }
    const int own = QFontMetrics(m_heading->font()).horizontalAdvance(m_heading->text());
    if (hasRemark && (beside || own + gap + remark <= room)) {
        const int left = room - remark;
        if (place) {
            m_remark->setGeometry(at({left, 0, remark, line}));
            m_remark->setAlignment(trailingSide(layoutDirection()));
            m_heading->setGeometry(at({0, 0, std::max(1, left - gap), height}));
        }
    } else if (hasRemark) {
        const int below = m_remark->heightForWidth(room);
        if (place) {
            m_remark->setGeometry(at({0, height, room, below}));
            m_remark->setAlignment(leadingSide(layoutDirection()));
        }
        height += below;
    }
    if (folds) {
        const int side = m_theme.px(24);
        if (place)
            m_button->setGeometry(at({width - side, std::max(0, (line - side) / 2), side, side}));
        height = std::max(height, side);
    }
    return height;
}

int HeadingLine::heightForWidth(int width) const
{
    return arrange(width, false);
}

QSize HeadingLine::sizeHint() const
{
    return {m_theme.px(384), heightForWidth(m_theme.px(384))};
}

void HeadingLine::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange(width(), true);
}

} // namespace bistro::ui
