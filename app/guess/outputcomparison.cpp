// Expected output, walked line by line: a line that is expected now may come now if nothing that is still to come is
// before it for certain.
#include "guess/game.h"
#include "guess/legalorders.h"
#include "why/why.h"

#include <QCoreApplication>

#include <algorithm>

namespace bistro::app {
namespace {

constexpr std::size_t kMostPairs = 300; // that are asked for: each may look far back

struct OutputTexts {
    Q_DECLARE_TR_FUNCTIONS(OutputTexts)
};

// The blank lines at the end are no lines.
QStringList linesOf(const QString& text)
{
    QStringList lines = text.split(u'\n');
    while (!lines.isEmpty() && lineText(lines.back()).isEmpty())
        lines.removeLast();
    return lines;
}

class LineByLine final {
public:
    LineByLine(const QString& expected, const TraceLog& log, Wording wording)
        : m_log(log)
        , m_wording(wording)
        , m_lines(log)
        , m_expected(linesOf(expected))
    {
        for (std::size_t line = 0; line < m_lines.size(); ++line)
            m_left.push_back(line);
        while (!m_left.empty() && textOfLine(m_left.back()).isEmpty())
            m_left.pop_back();
    }

    [[nodiscard]] OutputComparison compare()
    {
        for (m_at = 0; m_at < m_expected.size() && !m_found.difference; ++m_at)
            take();
        if (!m_found.difference && !m_left.empty())
            extra();
        if (m_found.difference)
            m_found.race = false;
        return m_found;
    }

private:
    [[nodiscard]] QString textOfLine(std::size_t line) const { return lineText(m_lines[line]); }
    [[nodiscard]] QString expectedText() const { return lineText(m_expected[m_at]); }
    [[nodiscard]] int number() const { return static_cast<int>(m_at) + 1; }

    [[nodiscard]] bool isExpectedLater(const QString& text) const
    {
        return std::any_of(
            m_expected.begin() + m_at, m_expected.end(), [&](const QString& line) { return lineText(line) == text; });
    }

    [[nodiscard]] bool race(std::size_t one, std::size_t other)
    {
        return m_pairs++ < kMostPairs && mayComeInEitherOrder(m_log, one, other);
    }

    void take()
    {
        const auto it = std::ranges::find(m_left, expectedText(), [this](std::size_t l) { return textOfLine(l); });
        if (it == m_left.end()) {
            absent();
            return;
        }
        const auto before = std::find_if(m_left.begin(), it, [&](std::size_t line) { return !race(line, *it); });
        if (before != it) {
            cameFirst(*before, *it);
            return;
        }
        m_found.race = m_found.race || it != m_left.begin();
        m_left.erase(it);
    }

    OutputDifference& differ(const QString& printed, const QString& sentence)
    {
        OutputDifference difference;
        difference.line = static_cast<std::size_t>(m_at);
        difference.expected = m_at < m_expected.size() ? expectedText() : QString();
        difference.printed = printed;
        difference.sentence = sentence;
        m_found.difference = difference;
        return *m_found.difference;
    }

    // It is printed, but another line is before it.
    void cameFirst(std::size_t first, std::size_t expected)
    {
        const QString text = textOfLine(first);
        OutputDifference& difference = differ(text,
            isExpectedLater(text)
                ? OutputTexts::tr("You expected “%1” as line %2. “%3” came first.")
                      .arg(expectedText(), QString::number(number()), text)
                : OutputTexts::tr("You expected “%1” as line %2. “%3” came first, and you did not expect that line.")
                      .arg(expectedText(), QString::number(number()), text));
        difference.why = whyBefore(m_log, OutputLine {first}, OutputLine {expected}, m_wording);
        difference.moment = m_lines[first].output + 1;
    }

    // It is not printed, or not so often.
    void absent()
    {
        if (m_left.empty()) {
            differ({},
                OutputTexts::tr("You expected “%1” as line %2. The program printed nothing more.")
                    .arg(expectedText(), QString::number(number())));
            return;
        }
        const std::size_t line = m_left.front();
        const QString text = textOfLine(line);
        OutputDifference& difference = differ(text,
            isExpectedLater(text)
                ? OutputTexts::tr("You expected “%1” as line %2. The program does not print it there or later.")
                      .arg(expectedText(), QString::number(number()))
                : OutputTexts::tr("You expected “%1” as line %2. The program printed “%3”.")
                      .arg(expectedText(), QString::number(number()), text));
        difference.moment = m_lines[line].output + 1;
    }

    void extra()
    {
        const QString text = textOfLine(m_left.front());
        OutputDifference& difference = differ(text,
            m_expected.isEmpty() ? OutputTexts::tr("You expected no output. The program printed “%1”.").arg(text)
                                 : OutputTexts::tr("You expected nothing after line %1. The program printed “%2”.")
                                       .arg(QString::number(m_expected.size()), text));
        difference.moment = m_lines[m_left.front()].output + 1;
    }

    const TraceLog& m_log;
    const Wording m_wording;
    const ScreenLines m_lines;
    const QStringList m_expected;
    qsizetype m_at = 0;
    std::vector<std::size_t> m_left; // printed lines that were not expected yet
    std::size_t m_pairs = 0;
    OutputComparison m_found;
};

} // namespace

OutputComparison compareOutput(const QString& expected, const TraceLog& log, Wording wording)
{
    return LineByLine(expected, log, wording).compare();
}

} // namespace bistro::app
