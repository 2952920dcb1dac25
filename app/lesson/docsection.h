// A page of Node's documentation, cut into sections and made plain for a text browser. Values; any thread.
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace bistro::app {

struct DocHeading {
    qsizetype begin = 0; // of its tag in the page
    qsizetype end = 0; // after it
    int level = 0; // 2: of the page
    QString text; // "fs.readFile(path[, options], callback)"
    QStringList anchors;
};

[[nodiscard]] QList<DocHeading> docHeadings(const QString& page);
// From this heading to the next one of its level or a higher one; of the page's own heading, to the next of any.
[[nodiscard]] QString docSection(const QString& page, const QList<DocHeading>& headings, qsizetype heading);
// Paragraphs, lists, tables, code and links within the documentation; nothing that runs, is fetched or has a look of
// its own. `file`: in which it stands, "fs.html".
[[nodiscard]] QString plainHtml(const QString& section, const QString& file);

} // namespace bistro::app
