#include "editor/indentation.h"

#include "text/plainfile.h"

#include <QDir>
#include <QFileInfo>
#include <QHash>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

constexpr qsizetype kRead = 200'000; // letters of a file that tell how it is indented
constexpr int kWidest = 16;
constexpr std::array kWidths {2, 4, 8, 3, 6};

// Which of the widths has most lines for it; nothing where two have as many.
std::optional<int> most(const std::array<int, kWidest + 1>& times)
{
    int best = 0;
    bool alone = false;
    for (const int width : kWidths) {
        const int count = times[static_cast<std::size_t>(width)];
        if (count > 0 && (best == 0 || count > times[static_cast<std::size_t>(best)])) {
            best = width;
            alone = true;
        } else if (best > 0 && count == times[static_cast<std::size_t>(best)]) {
            alone = false;
        }
    }
    return alone ? std::optional(best) : std::nullopt;
}

// A section's name as an expression: its brackets, stars and braces are those of names of files.
QRegularExpression expressionOf(const QString& glob)
{
    QString pattern;
    int braces = 0;
    for (qsizetype i = 0; i < glob.size(); ++i) {
        const QChar c = glob[i];
        const qsizetype close = c == u'[' ? glob.indexOf(u']', i) : -1;
        if (c == u'*') {
            const bool any = glob.mid(i, 2) == "**"_L1;
            pattern += any ? u".*"_s : u"[^/]*"_s;
            i += any ? 1 : 0;
        } else if (c == u'?') {
            pattern += u"[^/]"_s;
        } else if (c == u'{') {
            pattern += u"(?:"_s;
            ++braces;
        } else if (c == u'}' && braces > 0) {
            pattern += u')';
            --braces;
        } else if (c == u',' && braces > 0) {
            pattern += u'|';
        } else if (close > i + 1) {
            QString letters = glob.sliced(i + 1, close - i - 1);
            const bool others = letters.startsWith(u'!');
            letters.remove(0, others ? 1 : 0).replace(u'\\', u"\\\\"_s).replace(u'[', u"\\["_s);
            pattern += (others ? u"[^"_s : u"["_s) + letters + u']';
            i = close;
        } else {
            pattern += QRegularExpression::escape(c);
        }
    }
    pattern += QString(braces, u')');
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern));
}

bool fits(QString glob, const QString& relative)
{
    const bool whole = glob.contains(u'/');
    if (glob.startsWith(u'/'))
        glob.remove(0, 1);
    return expressionOf(glob).match(whole ? relative : QFileInfo(relative).fileName()).hasMatch();
}

// What one file says of the path: later lines win. True if it is the topmost one.
bool read(const QString& config, const QString& relative, QHash<QString, QString>& said)
{
    const auto bytes = app::plainFile(config, kRead);
    if (!bytes)
        return false;
    const QStringList lines = QString::fromUtf8(*bytes).split(u'\n');
    bool isRoot = false;
    bool inSection = false;
    bool concerns = false;
    QHash<QString, QString> own;
    for (const QString& each : lines) {
        const QString line = each.trimmed();
        if (line.startsWith(u'[') && line.endsWith(u']')) {
            inSection = true;
            concerns = fits(line.sliced(1, line.size() - 2), relative);
        } else if (const auto equals = line.indexOf(u'=');
            equals > 0 && !line.startsWith(u'#') && !line.startsWith(u';')) {
            const QString key = line.first(equals).trimmed().toLower();
            const QString value = line.sliced(equals + 1).trimmed().toLower();
            if (!inSection)
                isRoot = isRoot || (key == "root"_L1 && value == "true"_L1);
            else if (concerns)
                own[key] = value;
        }
    }
    for (auto it = own.cbegin(); it != own.cend(); ++it) {
        if (!said.contains(it.key())) // a file nearer by has said it
            said.insert(it.key(), it.value());
    }
    return isRoot;
}

} // namespace

int Indentation::columnsOf(QStringView space) const
{
    int columns = 0;
    for (const QChar c : space)
        columns += c == u'\t' ? width - columns % width : 1;
    return columns;
}

QString Indentation::spaceTo(int columns) const
{
    return tabs ? QString(columns / width, u'\t') + QString(columns % width, u' ') : QString(columns, u' ');
}

std::optional<Indentation> detectIndentation(QStringView text, const Indentation& fallback)
{
    std::array<int, kWidest + 1> afterOpening {}; // lines that go in, by how far: after an opening bracket
    std::array<int, kWidest + 1> others {};
    int withTab = 0;
    int withSpace = 0;
    qsizetype before = 0;
    bool opened = false;
    for (const QStringView line : text.first(std::min(text.size(), kRead)).tokenize(u'\n')) {
        const auto indent = std::ranges::find_if(line, [](QChar c) { return c != u' ' && c != u'\t'; }) - line.begin();
        const QStringView code = line.sliced(indent).trimmed();
        if (code.isEmpty() || code.startsWith(u'*')) // a comment's further lines
            continue;
        withTab += line.startsWith(u'\t') ? 1 : 0;
        withSpace += line.startsWith(u"  ") ? 1 : 0;
        if (const qsizetype further = indent - before; further > 1 && further <= kWidest && !line.startsWith(u'\t'))
            ++(opened ? afterOpening : others)[static_cast<std::size_t>(further)];
        before = indent;
        opened = code.endsWith(u'{') || code.endsWith(u'(') || code.endsWith(u'[');
    }
    if (withTab != withSpace && withTab > 0 && withTab > withSpace)
        return Indentation {.tabs = true, .width = fallback.tabs || fallback.width > 2 ? fallback.width : 4};
    if (withSpace == 0 || withTab == withSpace)
        return {};
    auto width = most(afterOpening);
    if (!width && std::ranges::all_of(afterOpening, [](int count) { return count == 0; }))
        width = most(others);
    return width ? std::optional(Indentation {.tabs = false, .width = *width}) : std::nullopt;
}

std::optional<Indentation> configuredIndentation(const QString& path, const Indentation& fallback)
{
    constexpr int kFarthest = 40; // folders
    if (path.isEmpty())
        return {};
    const QString file = QFileInfo(path).absoluteFilePath();
    QHash<QString, QString> said;
    QDir folder = QFileInfo(file).dir();
    for (int i = 0; i < kFarthest; ++i) {
        if (read(folder.filePath(u".editorconfig"_s), folder.relativeFilePath(file), said) || !folder.cdUp())
            break;
    }
    const QString style = said.value(u"indent_style"_s);
    const QString size = said.value(u"indent_size"_s);
    const int tabWidth = said.value(u"tab_width"_s).toInt();
    const int width = size == "tab"_L1 ? tabWidth : size.toInt();
    const auto valid = [](int columns) { return columns > 0 && columns <= kWidest; };
    if (style == "tab"_L1)
        return Indentation {.tabs = true, .width = valid(tabWidth) ? tabWidth : valid(width) ? width : 4};
    if (style == "space"_L1 || valid(width))
        return Indentation {.tabs = false, .width = valid(width) ? width : fallback.width};
    return {};
}

} // namespace bistro::ui
