#include "editor/filling.h"

#include "editor/longlines.h"

#include <QElapsedTimer>
#include <QTextDocument>

#include <algorithm>

using namespace std::chrono_literals;

namespace bistro::ui {
namespace {

constexpr qsizetype kAtOnce = 200'000; // letters that are put in without a look at the clock
constexpr qsizetype kBetween = 64'000; // letters between two looks
constexpr auto kTurn = 10ms; // of a turn

} // namespace

Filling::Filling(QTextDocument* document, LongLines* longLines)
    : QObject(document)
    , m_document(document)
    , m_longLines(longLines)
{
    m_timer.setInterval(0ms);
    connect(&m_timer, &QTimer::timeout, this, &Filling::goOn);
}

void Filling::begin(const QTextCursor& at, const QString& text, bool undoable)
{
    m_job = Job {.at = at, .text = text, .done = 0, .undoable = undoable};
    goOn();
}

void Filling::stop()
{
    m_timer.stop();
    m_job.reset();
}

QString Filling::text() const
{
    QString text = m_document->toRawText();
    if (m_job) {
        const int at = m_job->at.position();
        text = m_longLines->whole(text.first(at), 0) + m_job->text.sliced(m_job->done)
            + m_longLines->whole(text.sliced(at), at);
    } else {
        text = m_longLines->whole(text, 0);
    }
    text.replace(QChar::ParagraphSeparator, u'\n');
    return text;
}

void Filling::goOn()
{
    Job& job = *m_job;
    QElapsedTimer clock;
    clock.start();
    const bool modified = m_document->isModified() || job.done == 0;
    do {
        qsizetype end = std::min(job.done + (job.done == 0 ? kAtOnce : kBetween), job.text.size());
        if (end < job.text.size()) { // whole lines, so that a long one is seen as one
            const qsizetype line = job.text.indexOf(u'\n', end);
            end = line < 0 ? job.text.size() : line + 1;
        }
        if (job.undoable && job.done > 0) // one step, however many turns it takes
            job.at.joinPreviousEditBlock();
        else
            job.at.beginEditBlock();
        const QString next = job.text.sliced(job.done, end - job.done);
        job.done = end; // before it is in: who asks for the text meanwhile is told of a change
        m_longLines->insert(job.at, next);
        job.at.endEditBlock();
    } while (job.done < job.text.size() && clock.durationElapsed() < kTurn);
    const bool undoable = job.undoable;
    if (!modified || !undoable)
        m_document->setModified(false); // saved meanwhile, as a whole
    if (job.done < job.text.size()) {
        m_timer.start();
        return;
    }
    stop();
    if (!undoable)
        m_document->setUndoRedoEnabled(true);
    emit ended(undoable);
}

} // namespace bistro::ui
