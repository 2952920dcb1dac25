// The files of a lesson's folder, which may be anybody's: only files of its own, of no more than so many bytes. Nothing
// is followed out of it. Any thread.
#pragma once

#include "state/order.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <expected>
#include <optional>

namespace bistro::app {

// "pictures/a.svg": no step up, no whole path, nothing that hides.
[[nodiscard]] bool isInnerPath(const QString& path);
// What a file belongs to: says where it was looked for.
enum class FileOf : std::uint8_t { Lesson, Course };
// What is wrong with this file of the folder, as a sentence: it is not there, a link, no file.
[[nodiscard]] std::optional<QString> fileFault(
    const QString& folder, const QString& path, FileOf whose = FileOf::Lesson);
// The text of a file, UTF-8, without its mark, with "\n" between its lines. The error is a sentence.
[[nodiscard]] std::expected<QByteArray, QString> readText(
    const QString& folder, const QString& path, FileOf whose = FileOf::Lesson);
// The same of bytes that were read elsewhere; nothing: they are no UTF-8 text.
[[nodiscard]] std::optional<QByteArray> lessonText(QByteArray bytes);

struct FolderFiles {
    QStringList names; // of all files below, sorted, folders with "/"
    QStringList faults; // sentences
};
[[nodiscard]] FolderFiles filesOf(const QString& folder);
// The names of the folders in it, sorted, without links. The error is a sentence: there is too much in it to look at.
[[nodiscard]] std::expected<QStringList, QString> foldersOf(const QString& folder);

// As kindWord() says it; none: there is no such kind. "order" and "script" are none.
[[nodiscard]] std::optional<OrderKind> orderKindNamed(const QString& word);
[[nodiscard]] QStringList orderKindNames();

} // namespace bistro::app
