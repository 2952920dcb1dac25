// Why each line on the screen came before the next, for a whole trace: one line of JSON a pair (why/json.h, and both
// lines), for jitter.mjs; with --words as people read it.
#include "why/json.h"
#include "why/screenlines.h"
#include "why/why.h"

#include <QJsonDocument>

#include <cstdio>
#include <cstring>

using namespace bistro::app;

namespace {

QString inWords(const Explanation& told)
{
    QString text = told.headline;
    for (const Reason& reason : told.reasons)
        text += QStringLiteral("\n    ") + reason.sentence;
    return text + (told.race ? QStringLiteral("  [race]") : QString());
}

} // namespace

int main(int argc, char** argv)
{
    const bool words = argc == 3 && std::strcmp(argv[2], "--words") == 0;
    if (argc != 2 && !words) {
        std::fputs("neighbors TRACE [--words]\n", stderr);
        return 2;
    }
    const auto log = TraceLog::open(argv[1]);
    if (!log) {
        std::fprintf(stderr, "%s\n", log.error().c_str());
        return 1;
    }
    const ScreenLines lines(**log);
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
        const auto ask = [&](Wording wording) { return whyBefore(**log, OutputLine {i}, OutputLine {i + 1}, wording); };
        if (words) {
            std::printf("%s\n  restaurant: %s\n", qPrintable(inWords(ask(Wording::Runtime))),
                qPrintable(inWords(ask(Wording::Restaurant))));
            continue;
        }
        QJsonObject pair = toJson(ask(Wording::Runtime));
        pair.insert(QStringLiteral("first"), QString::fromStdString(lines[i].text));
        pair.insert(QStringLiteral("second"), QString::fromStdString(lines[i + 1].text));
        std::printf("%s\n", QJsonDocument(pair).toJson(QJsonDocument::Compact).constData());
    }
    return 0;
}
