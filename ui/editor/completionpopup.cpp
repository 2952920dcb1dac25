#include "editor/completionpopup.h"

#include "editor/codelayout.h"
#include "editor/codenames.h"
#include "editor/completion.h"
#include "editor/completionlist.h"
#include "editor/highlighter.h"
#include "theme/scrollbars.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QTextBlock>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

constexpr int kWordsAround = 100'000; // letters that are read for words to complete
constexpr int kMostCandidates = 200;
constexpr int kLinesAbove = 3; // a call may go on from the line above

// The line up to the cursor, below those above it.
QString textBefore(const QTextCursor& cursor)
{
    QString before = cursor.block().text().left(cursor.positionInBlock());
    QTextBlock above = cursor.block().previous();
    for (int i = 0; i < kLinesAbove && above.isValid(); ++i, above = above.previous())
        before.prepend(above.text().left(2'000) + u'\n');
    return before;
}

} // namespace

CompletionPopup::CompletionPopup(QPlainTextEdit* editor, const Highlighter* highlighter, CodeNames* names)
    : QObject(editor)
    , m_editor(editor)
    , m_highlighter(highlighter)
    , m_names(names)
    , m_completer(new QCompleter(this))
    , m_candidates(new QStandardItemModel(this))
    , m_look(new CompletionDelegate(this))
{
    m_completer->setModel(m_candidates);
    m_completer->setWidget(editor);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setMaxVisibleItems(9);
    m_completer->popup()->setAccessibleName(tr("Completions"));
    m_completer->popup()->setItemDelegate(m_look); // QCompleter has put in one of its own
    connect(m_completer, qOverload<const QString&>(&QCompleter::activated), this, &CompletionPopup::insert);
    connect(m_completer, qOverload<const QString&>(&QCompleter::highlighted), this, [this] { m_chosen = true; });
}

void CompletionPopup::setTheme(const Theme& theme)
{
    m_theme = theme;
    m_look->setTheme(theme);
    m_completer->popup()->setStyleSheet(
        u"QAbstractItemView { background: %1; color: %2; border: 1px solid %3; padding: 0; outline: none; }"_s.arg(
            theme.raised().name(), theme.text().name(), theme.border().name())
        + scrollBarStyle(theme)); // no padding: QCompleter leaves no room for it
}

void CompletionPopup::hide()
{
    m_completer->popup()->hide();
}

bool CompletionPopup::isVisible() const
{
    return m_completer->popup()->isVisible();
}

void CompletionPopup::takeChosen()
{
    const QModelIndex index = m_completer->popup()->currentIndex();
    const QString text
        = (index.isValid() ? index : m_completer->popup()->model()->index(0, 0)).data(Qt::EditRole).toString();
    hide();
    insert(text);
}

void CompletionPopup::insert(const QString& text)
{
    if (text.isEmpty())
        return;
    QTextCursor cursor = m_editor->textCursor();
    cursor.movePosition(
        QTextCursor::Left, QTextCursor::KeepAnchor, static_cast<int>(m_completer->completionPrefix().size()));
    cursor.insertText(text);
    m_editor->setTextCursor(cursor);
}

void CompletionPopup::update(bool asked)
{
    if (m_editor->isReadOnly() || !m_highlighter->isProgram()) {
        hide();
        return;
    }
    const QTextCursor cursor = m_editor->textCursor();
    const int column = cursor.positionInBlock();
    const QString line = cursor.block().text();
    // Not unasked in the middle of a word, nor in a comment or a regular expression.
    const bool inside = column < line.size() && isWordLetter(line[column]);
    const auto within = m_highlighter->kindAt(cursor.block(), column);
    const bool code = within == app::LexemeKind::End || within == app::LexemeKind::String; // a module's name
    if (line.size() > Highlighter::kLongestLine || !code || (!asked && inside)) {
        hide();
        return;
    }
    const QString before = textBefore(cursor);
    const Names& names = m_names->names();
    const QString around = wordsAround(line, column);
    Completion completion = completionsAt(before, names, wordsOf(around), NodeApi::get(), asked);
    // Short ones are not proposed, but are words as well.
    completion.isWord = completion.isWord || hasWord(around, QStringView(before).last(completion.prefix));
    if (completion.candidates.isEmpty())
        hide();
    else
        show(completion, before.right(completion.prefix));
}

// The code near the cursor, without the word at it.
QString CompletionPopup::wordsAround(const QString& line, int column) const
{
    const QTextCursor cursor = m_editor->textCursor();
    QString around;
    QTextBlock block = m_editor->document()->findBlock(std::max(cursor.position() - kWordsAround / 2, 0));
    for (; block.isValid() && around.size() < kWordsAround; block = block.next()) {
        if (block.length() <= Highlighter::kLongestLine && block != cursor.block())
            around += block.text() + u'\n';
    }
    return around + line.left(column - std::min<int>(column, 60)) + u' ' + line.mid(column);
}

void CompletionPopup::show(const Completion& completion, const QString& prefix)
{
    m_candidates->clear();
    const auto shown = std::min<qsizetype>(completion.candidates.size(), kMostCandidates);
    for (const auto& candidate : completion.candidates.first(shown)) {
        auto* item = new QStandardItem(candidate.text);
        item->setData(static_cast<int>(candidate.kind), CompletionDelegate::kKindRole);
        item->setData(candidate.about, CompletionDelegate::kAboutRole);
        item->setData(QString(candidate.text + u", "_s + candidate.about), Qt::AccessibleTextRole);
        item->setEditable(false);
        m_candidates->appendRow(item);
    }
    m_completer->setCompletionPrefix(prefix);
    m_look->setPrefix(prefix);
    const auto& metrics = qobject_cast<CodeLayout*>(m_editor->document()->documentLayout())->metrics();
    QAbstractItemView* const popup = m_completer->popup();
    QRect place = m_editor->cursorRect();
    place.translate(m_editor->viewport()->pos() - QPoint(qRound(completion.prefix * metrics.letter), 0));
    place.setHeight(metrics.rowHeight);
    const int bar = m_candidates->rowCount() > m_completer->maxVisibleItems()
        ? popup->verticalScrollBar()->sizeHint().width()
        : 0;
    place.setWidth(std::clamp(popup->sizeHintForColumn(0) + bar + 2, m_theme.px(180),
        std::max(m_editor->width() - m_theme.px(20), m_theme.px(180))));
    m_completer->complete(place);
    // Where Return makes a new line no row looks as if it were taken.
    popup->setCurrentIndex(completion.isWord ? QModelIndex() : popup->model()->index(0, 0));
    m_isWord = completion.isWord;
    m_chosen = false;
}

} // namespace bistro::ui
