// What is in a lesson's Markdown, by md4c: links, pictures, words. Any thread.
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace bistro::app {

struct MarkdownLink {
    QString target; // as written
    QString text; // of the link, or in place of the picture
    int line = 0; // of the text, from 1
};

struct MarkdownText {
    QList<MarkdownLink> links;
    QList<MarkdownLink> pictures;
    QList<int> rawHtml; // lines in which there is some
    int words = 0; // that are read; not those in place of pictures
    bool read = true; // false: the library gave it up
};

[[nodiscard]] MarkdownText readMarkdown(const QByteArray& utf8);

} // namespace bistro::app
