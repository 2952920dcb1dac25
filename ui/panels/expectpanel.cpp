#include "panels/expectpanel.h"

#include "theme/fonts.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTextBlock>
#include <QVBoxLayout>

namespace bistro::ui {
namespace {

struct ExpectWords {
    Q_DECLARE_TR_FUNCTIONS(ExpectWords)
};

} // namespace

using namespace Qt::StringLiterals;

ExpectPanel::ExpectPanel(QWidget* parent)
    : QWidget(parent)
    , m_field(new QPlainTextEdit(this))
    , m_side(new QScrollArea(this))
    , m_compare(new QPushButton(ExpectWords::tr("Compare"), this))
    , m_why(new QPushButton(ExpectWords::tr("Why?"), this))
{
    setObjectName(u"expectpanel"_s);
    m_field->setObjectName(u"expected"_s);
    m_field->setAccessibleName(ExpectWords::tr("Expected output"));
    m_field->setPlaceholderText(ExpectWords::tr("Write what your program will print. Then run it."));
    m_field->setMinimumHeight(1); // it scrolls
    m_field->setTabChangesFocus(true);
    m_field->setFrameShape(QFrame::NoFrame);
    m_field->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_side->setFrameShape(QFrame::NoFrame);
    m_side->setWidgetResizable(true);
    m_side->setFocusPolicy(Qt::NoFocus);
    m_side->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    for (QPushButton* const button : {m_compare, m_why})
        button->setAutoDefault(true); // Enter presses it
    m_compare->setToolTip(ExpectWords::tr("Compares these lines with what the run has printed"));
    m_why->setToolTip(ExpectWords::tr("Goes to the moment of the line, and says why it came there"));
    auto* const buttons = new QHBoxLayout;
    buttons->addWidget(m_compare);
    buttons->addWidget(m_why);
    buttons->addStretch(1);
    auto* const right = new QVBoxLayout;
    right->addWidget(m_side, 1);
    right->addLayout(buttons);
    auto* const all = new QHBoxLayout(this);
    all->addWidget(m_field, 1);
    all->addLayout(right, 1);
    connect(m_field, &QPlainTextEdit::textChanged, this, [this] {
        updateButtons();
        emit edited();
    });
    connect(m_compare, &QPushButton::clicked, this, &ExpectPanel::compareAsked);
    connect(m_why, &QPushButton::clicked, this, [this] {
        m_reasonsShown = true;
        fill();
        emit whyAsked();
    });
    fill();
}

QString ExpectPanel::text() const
{
    return m_field->toPlainText();
}

void ExpectPanel::updateButtons()
{
    m_compare->setEnabled(m_comparable && !text().isEmpty());
    m_why->setVisible(
        m_result.verdict == ExpectResult::Verdict::Differs && (m_result.hasMoment || !m_result.reasons.empty()));
}

void ExpectPanel::setTheme(const Theme& theme)
{
    m_theme = theme; // even if it is the same: a new style sheet of the window takes colors away
    fill();
}

void ExpectPanel::setText(const QString& text)
{
    if (text != this->text())
        m_field->setPlainText(text);
}

void ExpectPanel::show(const ExpectResult& result)
{
    if (m_result == result)
        return;
    m_result = result;
    m_reasonsShown = false;
    fill();
}

QString ExpectPanel::asText() const
{
    QStringList lines {m_result.sentence};
    for (const Sentence& reason : m_result.reasons) {
        if (m_reasonsShown)
            lines << reason.text;
    }
    return lines.join(u'\n');
}

// The line that differs, by a bar and an underline, too.
void ExpectPanel::markLine()
{
    QList<QTextEdit::ExtraSelection> marks;
    if (const auto line = m_result.line) {
        const QTextBlock block = m_field->document()->findBlockByNumber(
            std::min(static_cast<int>(*line), m_field->document()->blockCount() - 1));
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(block);
        mark.format.setProperty(QTextFormat::FullWidthSelection, true);
        mark.format.setBackground(m_theme.currentLine());
        marks << mark;
        mark.cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        mark.format.clearProperty(QTextFormat::FullWidthSelection);
        mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        mark.format.setUnderlineColor(m_theme.text());
        marks << mark;
    }
    m_field->setExtraSelections(marks);
}

void ExpectPanel::fill()
{
    layout()->setContentsMargins(m_theme.px(12), m_theme.px(8), m_theme.px(12), m_theme.px(8));
    layout()->setSpacing(m_theme.px(12));
    QPalette colors = m_field->palette();
    for (const QPalette::ColorRole role : {QPalette::Base, QPalette::Window})
        colors.setColor(role, m_theme.window());
    colors.setColor(QPalette::Text, m_theme.text());
    colors.setColor(QPalette::PlaceholderText, m_theme.secondary());
    colors.setColor(QPalette::Highlight, m_theme.selection());
    colors.setColor(QPalette::HighlightedText, m_theme.text());
    // The ground and the placeholder are the viewport's: what it had inherited stays when the window's style sheet is
    // another one.
    for (QWidget* const part : {static_cast<QWidget*>(m_field), m_field->viewport()}) {
        part->setFont(codeFont(m_theme));
        part->setPalette(colors);
    }
    m_field->document()->setDefaultFont(codeFont(m_theme));
    QPalette ground = m_side->palette();
    ground.setColor(QPalette::Window, m_theme.window());
    m_side->setPalette(ground);
    for (QPushButton* const button : {m_compare, m_why})
        button->setFont(uiFont(m_theme, TypeSize::Label));
    m_told = new QWidget;
    auto* const lines = new QVBoxLayout(m_told);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(m_theme.px(6));
    const auto add = [&](const QString& html, QFont::Weight weight) {
        auto* const label = new RichLabel(m_told);
        label->setTheme(m_theme, TypeSize::Label, m_theme.text(), weight);
        label->setHtml(html);
        connect(label, &RichLabel::orderClicked, this, &ExpectPanel::orderClicked);
        lines->addWidget(label);
    };
    if (!m_result.sentence.isEmpty())
        add(m_result.sentence.toHtmlEscaped(), QFont::DemiBold);
    for (const Sentence& reason : m_result.reasons) {
        if (m_reasonsShown)
            add(sentenceHtml(reason, m_result.named), QFont::Normal);
    }
    lines->addStretch(1);
    m_side->setWidget(m_told); // the one before goes
    setAccessibleDescription(asText());
    markLine();
    updateButtons();
}

} // namespace bistro::ui
