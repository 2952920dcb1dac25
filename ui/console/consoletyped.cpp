// What a ConsolePanel has beside the lines: the corner, and the line that goes to the program.
#include "console/consolepanel.h"
#include "console/hintlabel.h"

#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace bistro::ui {

void ConsolePanel::makeCorner()
{
    auto* const layout = new QHBoxLayout(m_corner);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    m_hint->setObjectName(u"consoleHint"_s);
    const auto dress = [&](QToolButton* button, const QString& text, const QString& name) {
        button->setText(text);
        button->setToolTip(name);
        button->setAccessibleName(name);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        layout->addWidget(button);
    };
    dress(m_errorsOnly, tr("!"), tr("Show only error output and what you typed"));
    m_errorsOnly->setCheckable(true);
    connect(m_errorsOnly, &QToolButton::toggled, m_view, &ConsoleView::setErrorsOnly);
    auto* const find = new QToolButton(m_corner);
    dress(find, tr("Find"), tr("Find in the console (Ctrl+Shift+F)"));
    connect(find, &QToolButton::clicked, this, &ConsolePanel::showFind);
    auto* const clear = new QToolButton(m_corner);
    dress(clear, tr("Clear"), tr("Clear the console (Ctrl+Alt+K)"));
    connect(clear, &QToolButton::clicked, m_model, &ConsoleModel::clear);
}

void ConsolePanel::makeInput()
{
    m_input->setPlaceholderText(tr("The program waits for input: type a line"));
    m_input->setAccessibleName(tr("A line for the program's standard input"));
    m_input->setFrame(false);
    auto* const end = new QPushButton(tr("End of input"), m_inputBar);
    end->setToolTip(tr("Tell the program that no more input comes (Ctrl+D)"));
    end->setShortcut(QKeySequence()); // Ctrl+D is taken in the line only
    auto* const layout = new QHBoxLayout(m_inputBar);
    layout->setContentsMargins(16, 4, 12, 4);
    layout->addWidget(m_inputMark);
    layout->addWidget(m_input, 1);
    layout->addWidget(end);
    m_inputBar->hide();
    m_input->installEventFilter(this);
    connect(m_input, &QLineEdit::returnPressed, this, &ConsolePanel::sendLine);
    connect(end, &QPushButton::clicked, this, &ConsolePanel::endInput);
}

// The last event that is known: what is typed now comes after it.
std::optional<app::Index> ConsolePanel::lastEvent() const
{
    const app::TraceLog* const log = m_session.log();
    return log && log->size() > 0 ? std::optional(log->size() - 1) : std::nullopt;
}

void ConsolePanel::sendLine()
{
    if (!m_session.isRunning() || m_session.isInputEnded())
        return;
    const QByteArray line = m_input->text().toUtf8() + '\n';
    m_model->typed(line, lastEvent(), m_session.now());
    m_session.write(line);
    m_input->clear();
}

void ConsolePanel::endInput()
{
    if (!m_session.isRunning() || m_session.isInputEnded())
        return;
    if (const QByteArray rest = m_input->text().toUtf8(); !rest.isEmpty()) { // as a terminal does
        m_model->typed(rest + '\n', lastEvent(), m_session.now());
        m_session.write(rest);
    }
    m_input->clear();
    m_inputAsked = false;
    m_model->typed(QByteArray(1, ConsoleModel::kInputEnd) + '\n', lastEvent(), m_session.now());
    m_session.endInput();
}

// A link's file as somebody else can open it: a program that Node was given as text is the one that runs, and a
// relative path begins where it runs.
QString ConsolePanel::whole(const QString& file) const
{
    const app::Program& program = m_session.program();
    if (file.startsWith(u'['))
        return program.file;
    if (file.startsWith(u'/'))
        return file;
    const QString folder = program.directory.isEmpty() ? QFileInfo(program.file).path() : program.directory;
    const QFileInfo there(folder + u'/' + file);
    return there.exists() ? QDir::cleanPath(there.filePath()) : file;
}

// A program that an error has ended leaves its message in sight.
void ConsolePanel::lookForFailure()
{
    if (!m_session.isRunning() && !m_session.isStopped() && m_session.exitCode() != 0)
        m_view->showFailure();
}

} // namespace bistro::ui
