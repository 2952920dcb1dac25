#include "console/wordwrap.h"

namespace bistro::ui {

QString columnsOf(const ConsoleText& text)
{
    QString cells;
    cells.reserve(text.columns);
    for (const ConsoleRun& run : text.runs) {
        if (run.grid) {
            cells += run.text;
            continue;
        }
        const bool blank = run.text == u" " || run.text == u"\t";
        cells += blank ? u' ' : run.columns > 1 ? QChar(kWideCell) : QChar(u'x');
        cells += QString(std::max(run.columns - 1, 0), blank ? QChar(u' ') : QChar(kSecondCell));
    }
    return cells;
}

} // namespace bistro::ui
