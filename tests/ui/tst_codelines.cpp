#include "window/codelines.h"

#include "cafelines.h"
#include "state/linemoves.h"

#include <QTest>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

const QString kPath = QString::fromUtf8(tests::kCafePath);

struct Cafe {
    explicit Cafe(std::string_view drawing = tests::kCafeLines)
        : log(tests::logOf(tests::drawnLinesFile(drawing, tests::kCafePath, tests::kCafe)))
        , lines(*log)
        , code(*log, lines)
    {
        lines.refresh();
    }

    // Where a playhead stands that goes by lines.
    [[nodiscard]] app::Place at(std::size_t stop) const { return lines.endOfStop(lines.stops()[stop]); }
    [[nodiscard]] Moment moment(std::size_t stop, bool hidden = false) const
    {
        Moment moment;
        moment.log = log.get();
        moment.place = at(stop);
        moment.until = log->size();
        moment.hidden = hidden;
        return moment;
    }
    [[nodiscard]] RunLines shown(const Moment& moment) { return code.at(moment, true).value(kPath); }

    std::unique_ptr<app::TraceLog> log;
    app::Lines lines;
    CodeLines code;
};

// "3: bill = {…}, name = 'pie' | 4: price = 18", the one that was just changed in brackets.
QString print(const QList<LineValues>& values)
{
    QStringList lines;
    for (const LineValues& line : values) {
        QStringList each;
        for (const InlineValue& value : line.values)
            each += value.changed ? u'[' + plainText(value) + u']' : plainText(value);
        lines += u"%1: %2"_s.arg(line.line).arg(each.join(u", "_s));
    }
    return lines.join(u" | "_s);
}

QString print(const QList<LineCount>& counts)
{
    QStringList all;
    for (const LineCount& count : counts) {
        if (const QString text = countText(count); !text.isEmpty())
            all += u"%1 %2"_s.arg(count.line).arg(text);
    }
    return all.join(u", "_s);
}

QString print(const std::optional<CodeLines::Statement>& statement)
{
    if (!statement)
        return u"none"_s;
    const QString line = QString::fromUtf8(tests::kCafe).split(u'\n')[statement->line - 1];
    return u"%1 %2"_s.arg(statement->line)
        .arg(statement->part.length == 0 ? u"all"_s : line.mid(statement->part.column - 1, statement->part.length));
}

} // namespace

class TestCodeLines : public QObject {
    Q_OBJECT

private slots:
    // They may be others by then.
    void beyondWhatIsRecordedNoValuesStandBesideTheCode()
    {
        Cafe cafe("f( 1|a a=1 2|a a=2 skip job done");
        QCOMPARE(print(cafe.shown(cafe.moment(1)).values), u"1: [a 1 → 2]"_s);
        Moment last = cafe.moment(1);
        last.place = cafe.log->size();
        QCOMPARE(print(cafe.shown(last).values), QString());
    }

    void theStatementThatIsOverIsTheCurrentOne()
    {
        Cafe cafe;
        QCOMPARE(print(cafe.code.statementAt(cafe.at(6))), u"5 all"_s);
        QCOMPARE(print(cafe.code.statementAt(cafe.at(1))), u"1 all"_s);
        QCOMPARE(print(cafe.code.statementAt(cafe.at(2))), u"8 all"_s);
    }

    void atTheFirstStopOfACallItIsTheOneThatComes()
    {
        Cafe cafe;
        QCOMPARE(print(cafe.code.statementAt(cafe.at(0))), u"1 all"_s);
        QCOMPARE(print(cafe.code.statementAt(cafe.at(10))), u"4 all"_s);
    }

    void ofSeveralStatementsInALineItIsOne()
    {
        Cafe cafe;
        QCOMPARE(print(cafe.code.statementAt(cafe.at(3))), u"9 name of ['soup', 'pie']"_s);
        QCOMPARE(print(cafe.code.statementAt(cafe.at(8))), u"9 add(bill, name);"_s);
    }

    void betweenTwoStopsItIsTheOneThatGoesOn()
    {
        Cafe cafe;
        QCOMPARE(print(cafe.code.statementAt(cafe.at(15) + 1)), u"10 all"_s); // it has printed
    }

    void whereACallIsOverItIsItsCallersStatement()
    {
        Cafe cafe;
        QCOMPARE(print(cafe.code.statementAt(cafe.at(7) + 1)), u"9 add(bill, name);"_s); // add() has returned
    }

    void whileNothingRunsThereIsNone()
    {
        Cafe cafe;
        QCOMPARE(print(cafe.code.statementAt(cafe.log->size())), u"none"_s);
        QCOMPARE(print(cafe.code.statementAt(0)), u"none"_s);
    }

    void linesAreCountedOverTheWholeRun()
    {
        Cafe cafe;
        const QString counts = print(cafe.shown(cafe.moment(0)).counts);
        QVERIFY2(counts.startsWith(u"4 ×2, 5 ×2, 6 ×2"_s), qPrintable(counts));
        QVERIFY2(!counts.contains(u"10 "_s), qPrintable(counts));
        QCOMPARE(print(cafe.shown(cafe.moment(15)).counts), counts);
    }

    void whoPredictsSeesNothingOfWhatComes()
    {
        Cafe cafe;
        QVERIFY(!print(cafe.shown(cafe.moment(7, true)).counts).contains(u"×2"_s));
        const QString counts = print(cafe.shown(cafe.moment(13, true)).counts);
        QVERIFY2(counts.startsWith(u"4 ×2, 5 ×2"_s), qPrintable(counts));
        QVERIFY2(!cafe.code.explainCount(kPath, 4, cafe.moment(7, true)).contains(u"2 times"_s),
            qPrintable(cafe.code.explainCount(kPath, 4, cafe.moment(7, true))));
    }

    void aCountSaysWhen()
    {
        Cafe cafe;
        QCOMPARE(cafe.code.explainCount(kPath, 5, cafe.moment(7)),
            u"This line ran 2 times in this run.\nFirst at 23 µs, last at 38 µs.\nUp to this moment: 1.\n"
            "Click to go to the next time it runs, with Shift to the time before."_s);
        QCOMPARE(cafe.code.explainCount(kPath, 2, cafe.moment(7)), QString());
    }

    void whatIsCountedExactlyIsSaid()
    {
        Cafe cafe(tests::kCafeCounted);
        const QString counts = print(cafe.shown(cafe.moment(0)).counts);
        QVERIFY2(counts.startsWith(u"4 ×50, 5 ×50, 6 ×50"_s), qPrintable(counts));
        QVERIFY2(cafe.code.explainCount(kPath, 5, cafe.moment(7))
                     .contains(u"\nIn all it ran 50 times. The rest is counted, not recorded.\n"_s),
            qPrintable(cafe.code.explainCount(kPath, 5, cafe.moment(7))));
        QVERIFY(!cafe.code.explainCount(kPath, 8, cafe.moment(7)).contains(u"In all"_s));
        // Who predicts is not told how often it comes.
        QVERIFY(!print(cafe.shown(cafe.moment(7, true)).counts).contains(u"50"_s));
        QVERIFY(!cafe.code.explainCount(kPath, 4, cafe.moment(7, true)).contains(u"50"_s));
    }

    // A plus means that it may have run more often.
    void whatMayHaveRunUnseenIsMarked()
    {
        const std::string_view lines = tests::kCafeLines;
        std::string drawing(lines.substr(0, lines.find("9:12|menu,bill 10:1")));
        Cafe cafe(drawing.append("skip@9:12"));
        QStringList marked;
        for (const LineCount& each : cafe.shown(cafe.moment(0)).counts) {
            if (each.more)
                marked += QString::number(each.line);
        }
        QCOMPARE(marked.join(u' '), u"9"_s);
        QVERIFY(cafe.code.explainCount(kPath, 9, cafe.moment(0))
                .contains(u"\nAnd more, not recorded: it ran too often.\n"_s));
        QVERIFY(!cafe.code.explainCount(kPath, 8, cafe.moment(0)).contains(u"And more"_s));
        QCOMPARE(cafe.code.explainCount(kPath, 10, cafe.moment(0)),
            u"Line 10 may have run. After line 9 had run 100 times in one callback, nothing more of the code around it "
            "was recorded."_s);
        // Who predicts is not told what comes.
        QCOMPARE(cafe.code.explainCount(kPath, 10, cafe.moment(3, true)), QString());
        for (const LineCount& each : cafe.shown(cafe.moment(3, true)).counts)
            QVERIFY(!each.more);
    }

    void valuesStandBehindTheLinesThatMadeThem()
    {
        Cafe cafe;
        QCOMPARE(
            print(cafe.shown(cafe.moment(11)).values), u"3: bill = { total: 39 }, name = 'pie' | 4: [price = 18]"_s);
        QCOMPARE(print(cafe.shown(cafe.moment(12)).values),
            u"3: bill = { total: 57 }, name = 'pie' | 4: price = 18 | 5: [total 39 → 57]"_s);
        QCOMPARE(print(cafe.shown(cafe.moment(13)).values),
            u"3: bill = { total: 57 }, name = 'pie' | 4: price = 18 | 5: total = 57"_s);
    }

    void onlyOfTheFunctionThatRuns()
    {
        Cafe cafe;
        const QString values = print(cafe.shown(cafe.moment(9)).values);
        QVERIFY2(values.startsWith(u"1: menu = {"_s), qPrintable(values));
        QVERIFY2(values.endsWith(u"9: [name 'soup' → 'pie']"_s) || values.endsWith(u"9: [name = 'pie']"_s),
            qPrintable(values));
        QVERIFY2(!values.contains(u"price"_s), qPrintable(values));
    }

    void theyCanBeSwitchedOff()
    {
        Cafe cafe;
        const RunLines shown = cafe.code.at(cafe.moment(12), false).value(kPath);
        QVERIFY(shown.values.isEmpty());
        QVERIFY(!shown.counts.isEmpty());
    }

    void aNameSaysWhatItHoldsAndHeld()
    {
        Cafe cafe;
        const auto explained = [&](int line, int column, std::size_t stop) {
            return cafe.code.explainName(kPath, line, column, cafe.at(stop)).section(u'\n', 0, -2);
        };
        QCOMPARE(explained(4, 9, 12), u"price = 18"_s);
        QCOMPARE(explained(5, 8, 12), u"total = 57\nIt was 39 before."_s); // of bill.total
        QCOMPARE(explained(5, 3, 12), u"bill = { total: 57 }"_s);
        QCOMPARE(explained(4, 17, 12), u"menu = { soup: 6, pie: 18 }"_s); // from outside
        QCOMPARE(cafe.code.explainName(kPath, 4, 9, cafe.at(10)), u"price has no value yet."_s);
        QCOMPARE(explained(8, 7, 12), u"bill = { total: 57 }"_s); // of who called it
        QCOMPARE(explained(10, 1, 12), QString()); // console
        QCOMPARE(explained(4, 3, 12), QString()); // const
    }

    void itIsOfTheTextThatRan()
    {
        const Cafe cafe;
        QVERIFY(cafe.code.isWhatRan(kPath, QString::fromUtf8(tests::kCafe)));
        QVERIFY(!cafe.code.isWhatRan(kPath, u"\n"_s + QString::fromUtf8(tests::kCafe)));
    }

    void aPlaceLeadsToItsSlot()
    {
        Cafe cafe;
        const auto slot = cafe.code.slotAt(kPath, 5, 8, cafe.at(12));
        QVERIFY(slot && slot->holder);
        QCOMPARE(app::madeAt(cafe.lines, *slot, cafe.at(15)), cafe.at(12));
    }
};

QTEST_GUILESS_MAIN(TestCodeLines)
#include "tst_codelines.moc"
