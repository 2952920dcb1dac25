#include "lesson/nodedocs.h"

#include "lesson/docsection.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 kMostPageBytes = 4 << 20;

QString docsFolder()
{
    return u"/usr/share/doc/nodejs/api"_s; // of Debian's nodejs-doc
}

QString pageOf(const QString& folder, const QString& file)
{
    QFile page(folder + u'/' + file);
    if (!page.open(QIODevice::ReadOnly))
        return {};
    return QString::fromUtf8(page.read(kMostPageBytes));
}

std::optional<NodeDoc> docOf(const QString& page, const QString& file, const QList<DocHeading>& headings, qsizetype at)
{
    return NodeDoc {
        .title = headings[at].text, .html = plainHtml(docSection(page, headings, at), file), .module = file.chopped(5)};
}

// Whether a heading is that of this name: "fs.readFile(path)", "Class: fs.Stats", "process.argv".
bool isOf(const QString& heading, const QString& name)
{
    const QString own = heading.section(u": "_s, -1);
    return own == name || own.startsWith(name + u'(');
}

std::optional<NodeDoc> named(const QString& folder, const QString& file, const QString& name)
{
    const QString page = pageOf(folder, file);
    const QList<DocHeading> headings = docHeadings(page);
    const auto found = std::ranges::find_if(headings, [&](const DocHeading& one) { return isOf(one.text, name); });
    if (found == headings.end())
        return {};
    return docOf(page, file, headings, found - headings.begin());
}

std::optional<NodeDoc> linked(const QString& folder, const QString& file, const QString& anchor)
{
    const QString page = pageOf(folder, file);
    const QList<DocHeading> headings = docHeadings(page);
    if (headings.isEmpty())
        return {};
    if (anchor.isEmpty())
        return docOf(page, file, headings, 0);
    const auto found = std::ranges::find_if(
        headings, [&](const DocHeading& one) { return one.anchors.contains(anchor); });
    if (found == headings.end())
        return {};
    return docOf(page, file, headings, found - headings.begin());
}

// Where to look for a name: the page of its module, those of what is global, then all.
QStringList pagesFor(const QString& folder, const QString& api)
{
    QStringList files;
    if (api.contains(u'.'))
        files += api.section(u'.', 0, 0).toLower() + u".html"_s;
    files += {u"timers.html"_s, u"globals.html"_s, u"process.html"_s, u"http.html"_s, u"net.html"_s, u"events.html"_s,
        u"stream.html"_s};
    files += QDir(folder).entryList({u"*.html"_s}, QDir::Files, QDir::Name);
    files.removeDuplicates();
    files.removeAll(u"all.html"_s);
    return files;
}

} // namespace

std::optional<NodeDoc> nodeDocIn(const QString& folder, const QString& api)
{
    static const QRegularExpression link(u"^([a-z0-9_]+\\.html)(?:#(.*))?$"_s);
    if (const auto match = link.match(api); match.hasMatch())
        return linked(folder, match.captured(1), match.captured(2));
    static const QRegularExpression plain(u"^[\\w$]{1,60}(\\.[\\w$]{1,60}){0,4}$"_s);
    QString name = api;
    name.remove(u"()"_s);
    if (!plain.match(name).hasMatch())
        return {};
    if (const QString file = name.toLower() + u".html"_s;
        name == name.toLower() && QFileInfo::exists(folder + u'/' + file))
        return linked(folder, file, {});
    if (name.startsWith("fs.promises."_L1)) // as its page calls it
        name.replace(0, 12, u"fsPromises."_s);
    for (const QString& file : pagesFor(folder, name.startsWith("fsPromises."_L1) ? api : name)) {
        if (auto doc = named(folder, file, name))
            return doc;
    }
    return {};
}

std::optional<NodeDoc> nodeDoc(const QString& api)
{
    return nodeDocIn(docsFolder(), api);
}

bool hasNodeDocs()
{
    return QFileInfo::exists(docsFolder() + u"/fs.html"_s);
}

} // namespace bistro::app
