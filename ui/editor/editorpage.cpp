#include "editor/editorpage.h"

#include "editor/longlines.h"
#include "workspace/workspace.h"

#include <QFileInfo>
#include <QStackedWidget>
#include <QTextBlock>
#include <QTextDocument>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

// Whether the file at this path is as it was recorded; nothing if there is none.
std::optional<bool> isSameOnDisk(
    const QString& path, const QString& recorded, bool whole, const std::function<bool(const QString&)>& isSame)
{
    const QFileInfo file(path);
    if (!path.startsWith(u'/') || !file.isFile())
        return {};
    constexpr int most = 4; // bytes that a letter may take
    if (whole && file.size() > most * (recorded.size() + 1)) // it need not be read
        return false;
    const auto now = app::readTextFile(path);
    return now ? std::optional(isSame(now->text)) : std::nullopt;
}

} // namespace

EditorPage::EditorPage(std::unique_ptr<app::Document> document, QStackedWidget* stack, QObject* parent)
    : QObject(parent)
    , m_widget(new QWidget(stack))
    , m_notice(new NoticeBar(m_widget))
    , m_editor(new CodeEditor(m_widget))
    , m_document(std::move(document))
{
    auto* column = new QVBoxLayout(m_widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_notice);
    column->addWidget(m_editor, 1);
    m_notice->lieOver(*m_editor);
    m_editor->setFileName(m_document->name());
    learnPlace();
    connect(m_editor, &CodeEditor::filled, this, [this] {
        if (!m_told.isEmpty())
            tellWhatIsUnusual();
    });
}

EditorPage::~EditorPage()
{
    m_editor->setMarksExplained({});
    m_editor->setCountExplained({});
    m_editor->setNameExplained({});
}

QString EditorPage::path() const
{
    return isSource() ? m_source : m_document->path();
}

QString EditorPage::name() const
{
    return isSource() ? QFileInfo(m_source).fileName() : m_document->name();
}

bool EditorPage::isModified() const
{
    return m_editor->document()->isModified();
}

app::Runnable EditorPage::runnable() const
{
    return isSource() ? app::Runnable::NoProgram : app::runnableOf(path(), m_editor->document()->firstBlock().text());
}

QString EditorPage::whyNotRunnable() const
{
    return isSource() ? QString() : app::whyNotRunnable(path(), m_editor->document()->firstBlock().text());
}

bool EditorPage::isUntitled() const
{
    return app::Workspace::isUntitled(path());
}

void EditorPage::learnPlace()
{
    m_editor->setConfiguredIndentation(isSource() ? std::nullopt : configuredIndentation(m_document->path()));
}

// A script that names node in its first line is JavaScript, whatever it is called.
void EditorPage::learnLanguage()
{
    const bool isScript = !isSource() && m_editor->document()->firstBlock().text().startsWith("#!"_L1)
        && runnable() == app::Runnable::Program;
    m_editor->setFileName(isScript ? name() + u".js"_s : name());
}

void EditorPage::setTheme(const Theme& theme)
{
    if (m_look == theme)
        return;
    m_look = theme;
    m_editor->setTheme(theme);
    m_notice->setTheme(theme);
}

void EditorPage::fill(const app::TextFile& file)
{
    m_unusual = file.notices();
    if (QFileInfo(path()).isSymLink())
        m_unusual += tr("%1 is a link. You read and change %2.").arg(name(), m_document->where());
    if (const auto pid = m_document->openElsewhere())
        m_unusual += tr("This file is also open in another Bistro window (process %1). Whoever saves last is asked.")
                         .arg(*pid);
    m_editor->setText(file.text);
    learnLanguage();
    tellWhatIsUnusual();
}

// When a file is opened, and again when a long one is in. Takes no other sentence's place.
void EditorPage::tellWhatIsUnusual()
{
    if (m_notice->sentence() != m_told)
        return;
    QStringList sentences = m_unusual;
    const auto marks = m_editor->longLines().marks();
    if (m_editor->isFilling()) {
        sentences += tr("%1 is long and still loading. You can change it when its end is here.").arg(name());
    } else if (marks.size() == 1) {
        const QTextBlock block = m_editor->document()->findBlock(marks.front().position);
        sentences += tr("Line %L1 has %L2 letters, and you see a part of them. Click the mark at its end for the next "
                        "part. Bistro keeps and saves all of it.")
                         .arg(block.blockNumber() + 1)
                         .arg(block.length() - 2 + marks.front().hidden);
    } else if (!marks.isEmpty()) {
        sentences += tr("%n lines have more than %L1 letters, and you see a part of them. Click the mark at a line's "
                        "end for its next part. Bistro keeps and saves all of it.",
            nullptr, static_cast<int>(marks.size()))
                         .arg(LongLines::kLongest);
    }
    m_told = sentences.join(u' ');
    if (m_told.isEmpty())
        m_notice->close();
    else
        m_notice->tell(m_told);
}

void EditorPage::becomeSource(const QString& path, const QString& text, const RecordedSource& recorded,
    const std::optional<QString>& open, const std::function<void()>& show)
{
    m_source = path;
    learnPlace();
    m_editor->setFileName(name());
    m_editor->setText(text);
    m_editor->setReadOnly(true);
    m_editor->setAccessibleName(tr("A read-only copy of the program as it was in this recording"));
    tellWhatBecameOf(recorded, open, show);
}

void EditorPage::becomeText(const QString& title, const QString& text, const QString& notice)
{
    m_source = title;
    m_given = true;
    learnPlace();
    m_editor->setFileName(name());
    m_editor->setText(text);
    m_editor->setReadOnly(true);
    m_editor->setAccessibleName(notice);
    m_notice->tell(notice);
}

// Whether the file that a recorded source came from is still the same.
void EditorPage::tellWhatBecameOf(
    const RecordedSource& recorded, const std::optional<QString>& open, const std::function<void()>& show)
{
    const QString text = m_editor->text();
    const bool whole = recorded.whole;
    const auto isSame = [&](const QString& now) { return whole ? now == text : now.startsWith(text); };
    const NoticeBar::Choice mine {tr("Show my file"), show};
    if (!open && !recorded.mayBeRead) {
        m_notice->tell(
            tr("A read-only copy of %1 as it was in this recording.").arg(name()), {mine, {tr("All right"), {}}});
        return;
    }
    const std::optional<bool> same = open ? isSame(*open) : isSameOnDisk(m_source, text, whole, isSame);
    if (!same)
        m_notice->tell(
            tr("A read-only copy of %1 as it was in this recording. The file itself is gone. Save As makes it again.")
                .arg(name()));
    else if (*same)
        m_notice->tell(
            tr("A read-only copy of %1 as it was in this recording. Your file is still the same.").arg(name()), {mine});
    else
        m_notice->tell(
            tr("A read-only copy of %1 as it was in this recording. Your file has changed since.").arg(name()),
            {mine, {tr("All right"), {}}});
}

void EditorPage::becomeFile()
{
    if (isSource()) {
        m_source.clear();
        m_given = false;
        m_editor->setReadOnly(false);
        m_editor->setAccessibleName(tr("Program"));
    }
    learnLanguage();
    learnPlace();
}

} // namespace bistro::ui
