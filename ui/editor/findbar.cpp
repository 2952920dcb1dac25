#include "editor/findbar.h"

#include "editor/codeeditor.h"
#include "editor/textsearch.h"
#include "theme/fonts.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QTextBlock>
#include <QThreadPool>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

constexpr qsizetype kAtOnce = 200'000; // letters; more are searched by another thread

QToolButton* button(
    QWidget* parent, const QString& text, const QString& name, const QString& toolTip, bool checkable = false)
{
    auto* made = new QToolButton(parent);
    made->setText(text);
    made->setAccessibleName(name);
    made->setToolTip(toolTip);
    made->setCheckable(checkable);
    made->setAutoRaise(true);
    made->setFocusPolicy(Qt::TabFocus);
    return made;
}

} // namespace

FindBar::FindBar(CodeEditor* editor)
    : QWidget(editor)
    , m_editor(editor)
    , m_theme(Scheme::Light)
{
    setAttribute(Qt::WA_StyledBackground);
    setObjectName(u"findBar"_s);
    m_what = new QLineEdit(this);
    m_with = new QLineEdit(this);
    m_with->setPlaceholderText(tr("Replace with"));
    m_with->setAccessibleName(tr("Replace with"));
    m_case = button(this, u"Aa"_s, tr("Match case"), tr("Match case (Alt+C)"), true);
    m_word = button(this, u"“ ”"_s, tr("Whole words"), tr("Whole words (Alt+W)"), true);
    m_expression = button(this, u".*"_s, tr("Regular expression"), tr("Regular expression (Alt+R)"), true);
    m_previous = button(this, u"↑"_s, tr("Previous"), tr("Previous (Shift+F3)"));
    m_next = button(this, u"↓"_s, tr("Next"), tr("Next (F3)"));
    m_close = button(this, u"✕"_s, tr("Close"), tr("Close (Esc)"));
    m_replaceOne = button(this, tr("Replace"), tr("Replace"), tr("Replace this one (Enter)"));
    m_replaceAll = button(this, tr("All"), tr("Replace all"), tr("Replace all (Ctrl+Alt+Enter)"));
    m_says = new QLabel(this);

    auto* grid = new QGridLayout(this);
    auto* options = new QHBoxLayout;
    options->setSpacing(0);
    for (QToolButton* each : {m_case, m_word, m_expression, m_previous, m_next})
        options->addWidget(each);
    grid->addWidget(m_what, 0, 0);
    grid->addLayout(options, 0, 1);
    grid->addWidget(m_close, 0, 2);
    grid->addWidget(m_with, 1, 0);
    auto* actions = new QHBoxLayout;
    actions->setSpacing(0);
    actions->addWidget(m_replaceOne);
    actions->addWidget(m_replaceAll);
    actions->addStretch();
    grid->addLayout(actions, 1, 1, 1, 2);
    grid->addWidget(m_says, 2, 0, 1, 3);
    grid->setColumnStretch(0, 1);
    setFocusProxy(m_what);

    m_what->installEventFilter(this);
    m_with->installEventFilter(this);
    const auto again = [this] {
        emit changed();
        if (m_mode == Mode::GoToLine)
            lineTyped();
        else
            search(m_start, false, false);
    };
    connect(m_what, &QLineEdit::textChanged, this, again);
    for (QToolButton* each : {m_case, m_word, m_expression})
        connect(each, &QToolButton::toggled, this, again);
    connect(m_previous, &QToolButton::clicked, this, &FindBar::findPrevious);
    connect(m_next, &QToolButton::clicked, this, &FindBar::findNext);
    connect(m_close, &QToolButton::clicked, this, &FindBar::close);
    connect(m_replaceOne, &QToolButton::clicked, this, &FindBar::replaceOne);
    connect(m_replaceAll, &QToolButton::clicked, this, [this] { replaceAll(); });
    hide();
}

FindBar::~FindBar()
{
    stopSearching();
}

void FindBar::open(Mode mode)
{
    m_mode = mode;
    m_start = m_editor->selectionStart();
    const bool line = mode == Mode::GoToLine;
    const bool replacing = mode == Mode::Replace;
    for (QToolButton* each : {m_case, m_word, m_expression, m_previous, m_next})
        each->setVisible(!line);
    for (QWidget* each :
        {static_cast<QWidget*>(m_with), static_cast<QWidget*>(m_replaceOne), static_cast<QWidget*>(m_replaceAll)})
        each->setVisible(replacing);
    m_what->setPlaceholderText(line ? tr("Line, or line:column") : tr("Find"));
    m_what->setAccessibleName(m_what->placeholderText());
    if (line) {
        m_what->clear();
    } else if (const QString selected = m_editor->selectedText(); !selected.isEmpty() && !selected.contains(u'\n')) {
        m_what->setText(m_expression->isChecked() ? QRegularExpression::escape(selected) : selected);
    }
    say({});
    show();
    m_what->setFocus();
    m_what->selectAll();
    emit changed();
    emit resized();
}

void FindBar::close()
{
    if (isHidden())
        return;
    hide();
    stopSearching();
    m_editor->setFocus();
    emit changed();
    emit resized();
}

void FindBar::setTheme(const Theme& theme)
{
    m_theme = theme;
    const QFont font = uiFont(theme, TypeSize::Label);
    setFont(font);
    m_what->setFont(codeFont(theme));
    m_with->setFont(codeFont(theme));
    m_says->setFont(uiFont(theme, TypeSize::Second));
    setStyleSheet(u"#findBar { background: %1; border-bottom: 1px solid %2; }"
                  "QLineEdit { background: %3; color: %4; border: 1px solid %2; border-radius: %5px; padding: %6px "
                  "%7px; selection-background-color: %8; selection-color: %4; "
                  "placeholder-text-color: %10; }"
                  "QLineEdit:focus { border-color: %9; }"
                  "QToolButton { color: %4; border: 1px solid transparent; border-radius: %5px; padding: %6px %7px; }"
                  "QToolButton:hover, QToolButton:focus { background: %3; border-color: %2; }"
                  "QToolButton:checked { background: %4; color: %3; }"_s
                      .arg(theme.sunken().name(), theme.border().name(), theme.raised().name(), theme.text().name())
                      .arg(theme.px(6))
                      .arg(theme.px(3))
                      .arg(theme.px(6))
                      .arg(theme.selection().name(), theme.color(Meaning::Timer).name(), theme.secondary().name()));
    auto* grid = qobject_cast<QGridLayout*>(layout());
    grid->setContentsMargins(theme.px(12), theme.px(8), theme.px(8), theme.px(8));
    grid->setHorizontalSpacing(theme.px(6));
    grid->setVerticalSpacing(theme.px(4));
    say(m_says->text());
}

std::optional<QRegularExpression> FindBar::pattern() const
{
    if (isHidden() || m_mode == Mode::GoToLine || m_what->text().isEmpty())
        return {};
    QString text = m_expression->isChecked() ? m_what->text() : QRegularExpression::escape(m_what->text());
    if (m_word->isChecked())
        text = u"\\b(?:"_s + text + u")\\b"_s;
    QRegularExpression::PatternOptions options = QRegularExpression::UseUnicodePropertiesOption
        | QRegularExpression::MultilineOption;
    if (!m_case->isChecked())
        options |= QRegularExpression::CaseInsensitiveOption;
    QRegularExpression expression(text, options);
    if (!expression.isValid())
        return {};
    return expression;
}

void FindBar::findNext()
{
    if (isHidden()) {
        open(m_mode == Mode::GoToLine ? Mode::Find : m_mode);
        return;
    }
    search(m_editor->selectionEnd() + (isAtEmptyMatch() ? 1 : 0), false, true);
}

void FindBar::findPrevious()
{
    search(m_editor->selectionStart() - (isAtEmptyMatch() ? 1 : 0), true, true);
}

bool FindBar::isAtEmptyMatch() const
{
    return m_empty >= 0 && m_empty == m_editor->selectionStart() && m_empty == m_editor->selectionEnd();
}

void FindBar::stopSearching()
{
    if (m_stop)
        *m_stop = true;
    m_stop.reset();
}

void FindBar::search(qsizetype from, bool backwards, bool moves)
{
    stopSearching();
    const auto expression = pattern();
    if (!expression) {
        const bool wrong = !m_what->text().isEmpty() && m_expression->isChecked();
        say(wrong ? tr("This is not a valid regular expression: %1.")
                        .arg(QRegularExpression(m_what->text()).errorString())
                  : QString(),
            wrong);
        return;
    }
    const QString text = m_editor->text();
    const auto stop = std::make_shared<std::atomic_bool>(false);
    if (text.size() <= kAtOnce) {
        select(findText(*expression, text, from, backwards, *stop), moves);
        return;
    }
    m_stop = stop;
    QThreadPool::globalInstance()->start([bar = QPointer(this), application = QCoreApplication::instance(),
                                             expression = *expression, text, from, backwards, moves, stop] {
        const FoundText found = findText(expression, text, from, backwards, *stop);
        QMetaObject::invokeMethod(application, [bar, stop, found, moves] {
            if (!bar || bar->m_stop != stop)
                return;
            bar->m_stop.reset();
            bar->select(found, moves);
        });
    });
}

void FindBar::select(const FoundText& found, bool moves)
{
    m_empty = found.count > 0 && found.length == 0 ? found.start : -1;
    if (found.count == 0) {
        say(tr("Not found"), true);
        return;
    }
    m_editor->selectPart(found.start, found.length);
    if (moves)
        m_start = found.start;
    say(tr("%1 of %2")
            .arg(found.chosen + 1)
            .arg(found.count == kMostCounted ? tr("many") : QString::number(found.count)));
}

QString FindBar::replacementOf(const QRegularExpressionMatch& match) const
{
    return m_expression->isChecked() ? replacementFor(match, m_with->text()) : m_with->text();
}

void FindBar::replaceOne()
{
    const auto expression = pattern();
    if (!expression)
        return;
    QTextCursor cursor = m_editor->textCursor();
    const qsizetype start = m_editor->selectionStart();
    // The match has to be looked for in the whole text: what stands around it may be part of the expression.
    const auto match = expression->match(
        m_editor->text(), start, QRegularExpression::NormalMatch, QRegularExpression::AnchorAtOffsetMatchOption);
    const bool chosen = match.hasMatch() && match.capturedEnd() == m_editor->selectionEnd()
        && (cursor.hasSelection() || isAtEmptyMatch());
    if (chosen && !m_editor->isReadOnly()) {
        cursor.insertText(replacementOf(match));
        m_editor->setTextCursor(cursor);
        if (m_empty >= 0)
            m_empty = m_editor->selectionEnd(); // the same place again, after what came in
    }
    findNext();
}

int FindBar::replaceAll()
{
    const auto expression = pattern();
    if (!expression || m_editor->isReadOnly())
        return 0;
    const QString text = m_editor->text();
    QString result;
    qsizetype end = 0;
    int count = 0;
    for (auto it = expression->globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        if (isAfterLastLine(match, text))
            continue;
        result += QStringView(text).sliced(end, match.capturedStart() - end);
        result += replacementOf(match);
        end = match.capturedEnd();
        ++count;
    }
    result += QStringView(text).sliced(end);
    if (count > 0)
        m_editor->replaceText(result);
    say(tr("%n places replaced", nullptr, count));
    return count;
}

void FindBar::lineTyped()
{
    const QStringList parts = m_what->text().split(u':');
    const int line = parts.value(0).trimmed().toInt();
    if (line > 0)
        m_editor->goTo(std::min(line, m_editor->blockCount()), std::max(parts.value(1).trimmed().toInt(), 1));
    else if (!m_what->text().trimmed().isEmpty())
        say(tr("A line is a number, from 1 to %1").arg(m_editor->blockCount()), true);
    if (line > 0)
        say({});
}

void FindBar::say(const QString& text, bool wrong)
{
    m_says->setText(text);
    QPalette palette = m_says->palette();
    palette.setColor(QPalette::WindowText, wrong ? m_theme.color(Meaning::Error) : m_theme.secondary());
    m_says->setPalette(palette);
    const bool shown = !text.isEmpty();
    if (m_says->isHidden() == shown) {
        m_says->setVisible(shown);
        emit resized();
    }
}

} // namespace bistro::ui
