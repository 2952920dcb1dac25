// Bytes to rows: who reads them for TerminalRow and CellCount.
#include "console/addresses.h"
#include "console/terminalrow.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

template <typename Sink>
void scan(QByteArrayView bytes, Sink& sink)
{
    const bool addresses = hasAddress(bytes);
    for (qsizetype i = 0; i < bytes.size();) {
        const auto c = static_cast<uchar>(bytes[i]);
        if (isPlain(c)) {
            qsizetype end = i + 1;
            while (end < bytes.size() && isPlain(static_cast<uchar>(bytes[end])))
                ++end;
            const qsizetype coded = addresses ? nextPercent(bytes, i, end) : end;
            if (coded == i) {
                const auto letter = *percent(bytes.sliced(i));
                sink.decoded(letter.first, QString::fromLatin1(bytes.sliced(i, letter.second)));
                i += letter.second;
                continue;
            }
            sink.plain(bytes.sliced(i, coded - i));
            i = coded;
        } else if (c == '\t') {
            sink.tab();
            ++i;
        } else if (c == '\r') {
            sink.toColumn(0);
            ++i;
        } else if (c == '\b') {
            sink.act({.act = Sequence::Act::Back, .length = 1, .amount = 1, .codes = {}, .sign = {}});
            ++i;
        } else if (c == 0x1B) {
            const Sequence sequence = sequenceAt(bytes.sliced(i));
            if (sequence.act == Sequence::Act::Unknown) {
                sink.escaped(u"\\x1b"_s, u"\x1b"_s);
                ++i;
            } else {
                if (sequence.act == Sequence::Act::Sign)
                    sink.escaped(sequence.sign, QString::fromLatin1(bytes.sliced(i, sequence.length)));
                else
                    sink.act(sequence);
                i += sequence.length;
            }
        } else if (c < 0x80) {
            sink.escaped(escapeOf(c), QString(QLatin1Char(static_cast<char>(c))));
            ++i;
        } else if (const auto character = utf8(bytes.sliced(i))) {
            const char32_t letter = character->first;
            const QString escape = (letter == 0x200D || letter == 0x200C) && sink.mayJoin() ? QString()
                                                                                            : escapeOf(letter);
            if (escape.isEmpty())
                sink.character(letter);
            else
                sink.escaped(escape, QString::fromUcs4(&letter, 1));
            i += character->second;
        } else {
            sink.escaped(u"\\x%1"_s.arg(c, 2, 16, QLatin1Char('0')), {});
            ++i;
        }
    }
}

} // namespace

QString ConsoleText::plain() const
{
    QString text;
    for (const ConsoleRun& run : runs)
        text += run.text;
    return text;
}

QString ConsoleText::printed(qsizetype from, qsizetype to) const
{
    QString text;
    qsizetype offset = 0;
    for (const ConsoleRun& run : runs) {
        const qsizetype end = offset + run.text.size();
        if (!run.raw.isEmpty() && from <= offset && end <= to)
            text += run.raw;
        else if (from < end && offset < to)
            text += run.text.mid(std::max<qsizetype>(from - offset, 0), std::min(end, to) - std::max(offset, from));
        offset = end;
    }
    return text;
}

qsizetype ConsoleText::offsetAt(int column) const
{
    qsizetype offset = 0;
    for (const ConsoleRun& run : runs) {
        if (column < run.column + run.columns)
            return offset + (run.grid ? std::max(column - run.column, 0) : 0);
        offset += run.text.size();
    }
    return offset;
}

int ConsoleText::columnOf(qsizetype offset) const
{
    for (const ConsoleRun& run : runs) {
        if (offset < run.text.size())
            return run.column + (run.grid ? static_cast<int>(offset) : 0);
        offset -= run.text.size();
    }
    return columns;
}

ConsoleText decodeLine(QByteArrayView bytes, const Sgr& before)
{
    TerminalRow row(before);
    scan(bytes, row);
    return row.take();
}

ConsoleText decodeStates(const QList<QByteArray>& states, const Sgr& before)
{
    TerminalRow row(before);
    for (const QByteArray& state : states) {
        row.toColumn(0);
        scan(state, row);
    }
    return row.take();
}

Measured measureLine(QByteArrayView bytes, const Sgr& before)
{
    CellCount count(before);
    scan(bytes, count);
    if (!count.moved())
        return count.result();
    const ConsoleText text = decodeLine(bytes, before);
    return {.columns = text.columns, .after = text.after, .shaped = text.shaped};
}

} // namespace bistro::ui
