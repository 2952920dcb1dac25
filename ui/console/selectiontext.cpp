#include "console/selectiontext.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <algorithm>

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
        QString text = model.textOf(m_row).plain();
        if (m_row == m_to.row)
            text.truncate(m_to.offset);
        if (m_row == m_from.row)
            text.remove(0, m_from.offset);
        if (m_row > m_from.row && !model.line(m_row).continues)
            m_text += u'\n';
        m_text += text;
        if (m_text.size() > kLongest) {
            m_text += u'\n' + Console::tr("… and more: Bistro copies no more than this at once");
            return true;
        }
    }
    return true;
}

} // namespace bistro::ui
