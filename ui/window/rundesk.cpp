#include "window/rundesk.h"

#include "window/dialogs.h"
#include "window/settings.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace bistro::ui {

using Id = ActionId;

RunDesk::RunDesk(const Parts& parts, const QString& command)
    : m_parts(parts)
    , m_verification(command)
{
    parts.actions.on(Id::Run, this, [this] { run(); });
    parts.actions.on(Id::Stop, this, [this] { stop(); });
    parts.actions.on(Id::Configure, this, [this] { configure(); });
    parts.actions.on(Id::EndInput, this, [this] { m_parts.session.endInput(); });
    parts.actions.on(Id::Verify, this, [this] { verify(); });
    parts.actions.setWhy(Id::Stop, tr("You can still look at what the program did until then."));
    connect(&m_verification, &Verification::done, this, &RunDesk::verified);
    connect(&parts.editor, &EditorTabs::runRequested, this, &RunDesk::run);
    connect(&parts.editor, &EditorTabs::currentChanged, this, &RunDesk::update);
    connect(&parts.editor, &EditorTabs::titleChanged, this, &RunDesk::update);
    connect(&parts.session, &app::Session::stateChanged, this, [this] {
        // Of Run and Stop, the one that comes is enabled by then, and the one that goes is still: the focus goes along.
        if (!m_parts.session.isRunning())
            m_parts.bar.setRunning(false);
        update();
        m_parts.bar.setRunning(m_parts.session.isRunning());
    });
    connect(&parts.session, &app::Session::waitingChanged, this, &RunDesk::update);
    connect(&parts.editor, &EditorTabs::savedToRun, this, &RunDesk::tellSaved);
}

std::optional<app::Program> RunDesk::prepared()
{
    const auto file = m_parts.editor.prepareToRun();
    if (!file) {
        m_parts.notice.tell(file.error());
        return {};
    }
    return app::Program {.file = *file,
        .where = m_parts.editor.whereIs(*file),
        .title = {},
        .directory = m_parts.editor.programFolder(),
        .settings = runSettingsOf(*file),
        .lines = m_parts.actions[Id::RecordLines]->isChecked()};
}

// To run is to save, so it is said what was written; nobody has to answer that.
void RunDesk::tellSaved(const QStringList& names)
{
    constexpr qsizetype most = 3; // that are named
    if (names.size() == 1)
        m_parts.notice.mention(tr("Saved %1").arg(names.front()));
    else if (names.size() <= most)
        m_parts.notice.mention(tr("Saved %1 and %2").arg(names.first(names.size() - 1).join(u", "_s), names.back()));
    else
        m_parts.notice.mention(tr("Saved %1 and %n more files", nullptr, static_cast<int>(names.size() - most))
                .arg(names.first(most).join(u", "_s)));
}

void RunDesk::run()
{
    if (m_instead && m_instead())
        return;
    const auto program = prepared();
    if (!program)
        return;
    m_parts.notice.hide();
    m_parts.session.start(*program); // after the end of the run before it, if that still goes on
}

void RunDesk::stop()
{
    if (m_parts.session.isRunning()) {
        m_parts.session.stop();
    } else if (m_verification.isRunning()) {
        m_verification.cancel();
        m_verifiedProgram.clear();
        update();
        m_parts.notice.mention(tr("You stopped the comparison."));
    }
}

void RunDesk::configure()
{
    const QString program = m_parts.editor.program();
    if (program.isEmpty())
        return;
    auto* const dialog = new RunDialog(QFileInfo(program).fileName(), runSettingsOf(program), m_parts.notice.window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [dialog, program] { keepRunSettings(program, dialog->settings()); });
    dialog->open();
}

void RunDesk::verify()
{
    if (m_verification.isRunning())
        return;
    const auto program = prepared();
    if (!program)
        return;
    const app::EntryWay entry = program->settings.entry;
    if (entry == app::EntryWay::Evaluated || entry == app::EntryWay::StandardInput) {
        m_parts.notice.tell(
            tr("Bistro can compare only a program that node reads from its file. Change that under Run, Configure."));
        return;
    }
    m_verifiedProgram = program->file;
    m_parts.bar.setVerified(
        ToolBar::Verified::Busy, tr("The program runs three times under stock node and three times in Bistro."));
    m_verification.start(*program);
    update();
}

void RunDesk::verified(Verification::Verdict verdict, const QString& text)
{
    const auto shown = [verdict] {
        switch (verdict) {
        case Verification::Verdict::Identical: return ToolBar::Verified::Identical;
        case Verification::Verdict::Race: return ToolBar::Verified::Race;
        case Verification::Verdict::Different: return ToolBar::Verified::Different;
        case Verification::Verdict::Impossible: return ToolBar::Verified::Impossible;
        }
        return ToolBar::Verified::Impossible;
    };
    m_parts.bar.setVerified(shown(), text);
    if (verdict == Verification::Verdict::Different || verdict == Verification::Verdict::Impossible)
        m_parts.notice.tell(text);
    update(); // another program may be in front by now
}

void RunDesk::update()
{
    const app::Session& session = m_parts.session;
    const Actions& actions = m_parts.actions;
    const bool running = session.isRunning();
    const QString program = m_parts.editor.program();
    const QString name = QFileInfo(program).fileName();
    const QString why = m_parts.editor.whyNothingRuns();
    m_parts.bar.setProgram(program == m_parts.editor.currentPath() ? QString() : name);
    actions[Id::Run]->setEnabled(true); // where nothing runs, it says why
    actions[Id::Run]->setText(running ? tr("&Run Again") : tr("&Run"));
    actions[Id::Run]->setStatusTip(program.isEmpty() ? why : program);
    actions[Id::Run]->setToolTip(program.isEmpty() ? tr("Run (F5)\n%1").arg(why)
            : running ? tr("Run %1 again (F5)\nStops this run first. You find it under File, Recent Runs.").arg(name)
                      : tr("Run %1 (F5)\nRuns it as node does and records it, so that you can look back at every step.")
                            .arg(name));
    actions[Id::Stop]->setEnabled(
        running || m_verification.isRunning()); // also while it stops: that takes back what is to run next
    actions[Id::Configure]->setEnabled(!program.isEmpty());
    actions[Id::Input]->setEnabled(running && !session.isInputEnded());
    actions[Id::EndInput]->setEnabled(running && !session.isInputEnded());
    actions.setWhy(Id::Verify,
        program.isEmpty() ? tr("There is no program to compare. Open one first.")
                          : tr("Runs the program without Bistro, too. Does node really do what you see here?"));
    actions[Id::Verify]->setEnabled(!program.isEmpty() && !m_verification.isRunning());
    if (!m_verification.isRunning() && (m_verifiedProgram != program || program.isEmpty())) {
        m_verifiedProgram = program;
        m_parts.bar.setVerified(ToolBar::Verified::Unknown, actions[Id::Verify]->toolTip());
    }
}

} // namespace bistro::ui
