#include "console/selectiontext.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <algorithm>
#include <limits>

namespace bistro::ui {
namespace {

struct Console {
    Q_DECLARE_TR_FUNCTIONS(Console)
};

} // namespace

bool SelectionText::gatherOn(const ConsoleModel& model, std::chrono::nanoseconds budget)
{
    QElapsedTimer clock;
    clock.start();
    const int last = std::min(m_to.row, model.rowCount() - 1);
    for (; m_row <= last; ++m_row) {
        if (clock.durationElapsed() > budget)
            return false;
        if (m_leftOut && m_leftOut(m_row))
            continue;
        const ConsoleText text = model.textOf(m_row);
        if (m_any && !model.line(m_row).continues)
            m_text += u'\n';
        m_any = true;
        m_text += text.printed(m_row == m_from.row ? m_from.offset : 0,
            m_row == m_to.row ? m_to.offset : std::numeric_limits<qsizetype>::max());
        if (m_text.size() > kLongest) {
            m_text += u'\n' + Console::tr("… and more: Bistro copies no more than this at once");
            return true;
        }
    }
    return true;
}

} // namespace bistro::ui
