#include "workspace/textfile.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QStringDecoder>
#include <QStringEncoder>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(TextFile)
};

constexpr char16_t kLineSeparator = 0x2028;
constexpr char16_t kParagraphSeparator = 0x2029;
constexpr char16_t kBeginOfFrame = 0xfdd0;
constexpr char16_t kEndOfFrame = 0xfdd1;

QStringView written(LineEnd end)
{
    switch (end) {
    case LineEnd::Lf: return u"\n";
    case LineEnd::CrLf: return u"\r\n";
    case LineEnd::Cr: return u"\r";
    case LineEnd::LineSeparator: return u"\u2028";
    case LineEnd::ParagraphSeparator: return u"\u2029";
    case LineEnd::BeginOfFrame: return u"\ufdd0";
    case LineEnd::EndOfFrame: return u"\ufdd1";
    }
    Q_UNREACHABLE_RETURN({});
}

QByteArray fromUtf16(const QString& text, bool big)
{
    QByteArray bytes(text.size() * 2 + 2, Qt::Uninitialized);
    const auto put = [&bytes, big](qsizetype at, char16_t unit) {
        bytes[at] = static_cast<char>(big ? unit >> 8 : unit & 0xff);
        bytes[at + 1] = static_cast<char>(big ? unit & 0xff : unit >> 8);
    };
    put(0, 0xfeff);
    for (qsizetype i = 0; i < text.size(); ++i)
        put(2 + 2 * i, text[i].unicode());
    return bytes;
}

QString toUtf16(const QByteArray& bytes, bool big)
{
    QString text((bytes.size() - 2) / 2, Qt::Uninitialized);
    for (qsizetype i = 0; i < text.size(); ++i) {
        const auto first = static_cast<unsigned char>(bytes[2 + 2 * i]);
        const auto second = static_cast<unsigned char>(bytes[3 + 2 * i]);
        text[i] = QChar(static_cast<char16_t>(big ? first << 8 | second : second << 8 | first));
    }
    return text;
}

// The text with the file's own line ends, as the bytes say it, and its encoding.
std::pair<QString, Encoding> decodeRaw(const QByteArray& bytes, std::optional<Encoding> known)
{
    if (known == Encoding::Latin1) // what was edited may look like something else by now
        return {QString::fromLatin1(bytes), Encoding::Latin1};
    if (bytes.size() % 2 == 0 && bytes.startsWith("\xff\xfe"))
        return {toUtf16(bytes, false), Encoding::Utf16Le};
    if (bytes.size() % 2 == 0 && bytes.startsWith("\xfe\xff"))
        return {toUtf16(bytes, true), Encoding::Utf16Be};
    const bool marked = bytes.startsWith("\xef\xbb\xbf");
    QStringDecoder utf8(
        QStringDecoder::Utf8, QStringDecoder::Flag::Stateless | QStringDecoder::Flag::ConvertInitialBom);
    QString text = utf8.decode(QByteArrayView(bytes).sliced(marked ? 3 : 0));
    if (utf8.hasError())
        return {QString::fromLatin1(bytes), Encoding::Latin1};
    return {std::move(text), marked ? Encoding::Utf8WithMark : Encoding::Utf8};
}

std::optional<QByteArray> encodeRaw(const QString& text, Encoding encoding)
{
    switch (encoding) {
    case Encoding::Utf8: return text.toUtf8();
    case Encoding::Utf8WithMark: return "\xef\xbb\xbf" + text.toUtf8();
    case Encoding::Utf16Le: return fromUtf16(text, false);
    case Encoding::Utf16Be: return fromUtf16(text, true);
    case Encoding::Latin1:
        if (std::ranges::any_of(text, [](QChar c) { return c.unicode() > 0xff; }))
            return {};
        return text.toLatin1();
    }
    Q_UNREACHABLE_RETURN({});
}

LineEnd usual(const QList<LineEnd>& ends)
{
    std::array<qsizetype, 7> counts {};
    for (const LineEnd end : ends)
        ++counts[static_cast<std::size_t>(end)];
    // Frame marks and separators are rare guests in a file: never the usual end.
    const auto largest = std::ranges::max_element(counts.begin(), counts.begin() + 3);
    return static_cast<LineEnd>(largest - counts.begin());
}

QString reason(int error)
{
    return QString::fromLocal8Bit(std::strerror(error));
}

} // namespace

TextFile decode(const QByteArray& bytes, std::optional<Encoding> known)
{
    auto [raw, encoding] = decodeRaw(bytes, known);
    TextFile file {.bytes = bytes, .text = {}, .encoding = encoding, .lineEnds = {}};
    QString text;
    text.reserve(raw.size());
    const auto isEnd = [](QChar c) {
        const char16_t unit = c.unicode();
        return unit <= u'\r'
            ? unit == u'\n' || unit == u'\r'
            : unit >= kLineSeparator && (unit <= kParagraphSeparator || unit == kBeginOfFrame || unit == kEndOfFrame);
    };
    const QStringView all = raw;
    for (qsizetype i = 0; i < raw.size(); ++i) {
        // Letter by letter a text of ten megabytes took a fifth of a second.
        const qsizetype next = std::find_if(all.begin() + i, all.end(), isEnd) - all.begin();
        text += all.sliced(i, next - i);
        if (next == raw.size())
            break;
        i = next;
        LineEnd end = LineEnd::Lf;
        switch (raw[i].unicode()) {
        case u'\r':
            end = LineEnd::Cr;
            if (i + 1 < raw.size() && raw[i + 1] == u'\n') {
                end = LineEnd::CrLf;
                ++i;
            }
            break;
        case kLineSeparator: end = LineEnd::LineSeparator; break;
        case kParagraphSeparator: end = LineEnd::ParagraphSeparator; break;
        case kBeginOfFrame: end = LineEnd::BeginOfFrame; break;
        case kEndOfFrame: end = LineEnd::EndOfFrame; break;
        default: break; // '\n'
        }
        text += u'\n';
        file.lineEnds.append(end);
    }
    file.text = std::move(text);
    return file;
}

Encoded encode(const TextFile& file, const QString& text)
{
    if (text == file.text)
        return {file.bytes, file.encoding};
    const auto [oldDifference, newDifference] = std::ranges::mismatch(file.text, text);
    const qsizetype head = newDifference - text.begin();
    qsizetype tail = 0;
    while (tail < std::min(text.size(), file.text.size()) - head
        && text[text.size() - 1 - tail] == file.text[file.text.size() - 1 - tail])
        ++tail;
    const qsizetype linesAfter = QStringView(text).last(tail).count(u'\n');
    const qsizetype lines = text.count(u'\n');
    const LineEnd between = usual(file.lineEnds);

    QString raw;
    raw.reserve(text.size() + lines);
    qsizetype line = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != u'\n') {
            raw += text[i];
            continue;
        }
        LineEnd end = between;
        if (i < head)
            end = file.lineEnds[line];
        else if (line >= lines - linesAfter)
            end = file.lineEnds[file.lineEnds.size() - (lines - line)];
        raw += written(end);
        ++line;
    }
    if (auto bytes = encodeRaw(raw, file.encoding))
        return {*std::move(bytes), file.encoding};
    return {raw.toUtf8(), Encoding::Utf8};
}

QStringList TextFile::notices() const
{
    QStringList said;
    switch (encoding) {
    case Encoding::Utf8: break;
    case Encoding::Utf8WithMark: break; // harmless, and kept
    case Encoding::Utf16Le:
    case Encoding::Utf16Be:
        said += Words::tr("This file is in UTF-16. Node reads programs as UTF-8 and will not understand it.");
        break;
    case Encoding::Latin1:
        said += Words::tr("This file is not valid UTF-8. Bistro shows and saves it as Latin-1. Node will print its "
                          "other bytes as �.");
        break;
    }
    if (text.contains(QChar(u'\0')))
        said += Words::tr("This file contains NUL characters. Perhaps it is not a text.");
    if (!lineEnds.isEmpty()
        && std::ranges::any_of(lineEnds, [first = lineEnds.front()](LineEnd end) { return end != first; }))
        said += Words::tr(
            "The lines of this file end in different ways. Each line that you do not edit keeps its own.");
    return said;
}

std::expected<TextFile, QString> readTextFile(const QString& path)
{
    return readTextFile(FilePlace::opened(path), path);
}

std::expected<TextFile, QString> readTextFile(const FilePlace& place, const QString& path)
{
    const auto opened = place.openToRead();
    struct stat status {};
    if (!opened || ::fstat(opened->get(), &status) != 0)
        return std::unexpected(
            Words::tr("Bistro can't open %1: %2.").arg(path, reason(opened ? errno : opened.error())));
    if (S_ISDIR(status.st_mode))
        return std::unexpected(Words::tr("%1 is a folder. Open a file in it.").arg(path));
    if (!S_ISREG(status.st_mode))
        return std::unexpected(
            Words::tr("%1 is a device, a pipe or a socket. Bistro opens only ordinary files.").arg(path));
    if (status.st_size > kLargestText)
        return std::unexpected(Words::tr("%1 has %2. Bistro opens files up to %3.")
                .arg(path, QLocale().formattedDataSize(status.st_size), QLocale().formattedDataSize(kLargestText)));
    QFile file;
    if (!file.open(opened->get(), QIODevice::ReadOnly))
        return std::unexpected(Words::tr("Bistro can't read %1: %2. Check that it is there, and its permissions.")
                .arg(path, file.errorString()));
    // A file below /proc says 0 and has more; one that grows meanwhile is read up to the limit.
    const QByteArray bytes = file.read(kLargestText + 1);
    if (file.error() != QFileDevice::NoError)
        return std::unexpected(Words::tr("Bistro can't read %1: %2. Check that it is there, and its permissions.")
                .arg(path, file.errorString()));
    if (bytes.size() > kLargestText)
        return std::unexpected(Words::tr("%1 has more than %2. Bistro does not open it.")
                .arg(path, QLocale().formattedDataSize(kLargestText)));
    return decode(bytes);
}

} // namespace bistro::app
