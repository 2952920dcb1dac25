// The bytes of a source file and the text that one edits: each line's own end and the file's encoding are kept, so that
// a file that was not edited is written back byte for byte, and an edited one differs in the lines that were edited.
// Values; no Qt object; any thread.
#pragma once

#include "process/fileplace.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <expected>
#include <optional>

namespace bistro::app {

enum class Encoding : std::uint8_t { Utf8, Utf8WithMark, Utf16Le, Utf16Be, Latin1 };

// How a line ends in the file. Within Bistro's text every line ends with '\n'. The last ones are characters that an
// editor's document takes for line ends as well.
enum class LineEnd : std::uint8_t { Lf, CrLf, Cr, LineSeparator, ParagraphSeparator, BeginOfFrame, EndOfFrame };

struct TextFile {
    QByteArray bytes; // as they were read or written last
    QString text; // with '\n' at every line end
    Encoding encoding = Encoding::Utf8;
    QList<LineEnd> lineEnds; // one for each '\n' in text

    // What is unusual about the file, each a sentence for the learner; empty for ordinary files.
    [[nodiscard]] QStringList notices() const;
};

// The largest file that is opened as text.
inline constexpr qint64 kLargestText = 64 * 1024 * 1024;

// Finds the encoding out, unless it is known.
[[nodiscard]] TextFile decode(const QByteArray& bytes, std::optional<Encoding> known = {});

struct Encoded {
    QByteArray bytes;
    Encoding encoding; // another one than the file's when its letters are not in that
};

// The bytes of an edited text: those of the file when it is the same text. Lines before the first and after the last
// difference keep their ends, lines between them get the end that most lines of the file have.
[[nodiscard]] Encoded encode(const TextFile& file, const QString& text);

// Refuses folders, devices and files over kLargestText with a sentence, before it reads. `shown` is what the sentence
// calls it.
[[nodiscard]] std::expected<TextFile, QString> readTextFile(const FilePlace& place, const QString& shown);
[[nodiscard]] std::expected<TextFile, QString> readTextFile(const QString& path); // follows links

// Writes beside the file, waits for the disk, then renames: whatever happens, the place has the old file or the new
// one, whole. Keeps its permissions. Refuses where a link stands by now, with a sentence.
[[nodiscard]] std::expected<void, QString> writeWhole(
    const FilePlace& place, const QByteArray& bytes, const QString& shown);
[[nodiscard]] std::expected<void, QString> writeWhole(const QString& path, const QByteArray& bytes); // follows links

// That there is a Link, a sentence.
[[nodiscard]] QString whyNotFollowed(const FilePlace::Seen& seen);

} // namespace bistro::app
