// The bookmarks of the run, or trace, that is looked at. They are kept in the trace's own file, so that one file has
// all, once nobody records into it any more.
//
// Until then, and where nobody may write that file, they are in a file of their own in the state folder, named after
// the run: whatever becomes of the window, the next one that shows this run has them. What another window has written
// meanwhile stays. GUI thread; a change writes some kilobytes.
#pragma once

#include "trace/bookmarks.h"

#include <QObject>
#include <QString>

#include <filesystem>
#include <vector>

namespace bistro::app {

class BookmarkBook final : public QObject {
    Q_OBJECT

public:
    using Bookmark = trace::Bookmark;

    explicit BookmarkBook(QObject* parent = nullptr)
        : QObject(parent)
    {
    }

    // Those of this trace from now on; `wallStart` as its reader says.
    void open(const std::filesystem::path& file, std::uint64_t wallStart);
    // Of none.
    void close();
    // Nobody records into the file any more: what is kept aside goes into it. Not `sound`: the trace is damaged, and is
    // left as it is. Costs nothing when there is nothing to write.
    void settle(bool sound);

    [[nodiscard]] bool isOpen() const { return !m_file.empty(); }
    // By place, one at each.
    [[nodiscard]] const std::vector<Bookmark>& list() const { return m_list; }
    [[nodiscard]] const Bookmark* at(std::uint64_t place) const;
    // In place of the one at that moment, if there is one. False, with a sentence told, when there is no room for it.
    bool put(const Bookmark& bookmark);
    void remove(std::uint64_t place);
    // Whether some are in the state folder, and not in the trace.
    [[nodiscard]] bool isKeptAside() const { return m_aside; }

signals:
    // The list is another one, or is kept elsewhere now.
    void changed();
    // Why they can't be kept in the trace, or not at all: a sentence.
    void told(const QString& sentence);

private:
    void change(std::vector<Bookmark> list);
    // Whether they have gone into the file.
    bool writeIfSettled();
    bool keepAside();
    // Why they could not be written: a sentence, or empty when it may be tried again. Nothing: it is done.
    [[nodiscard]] std::optional<QString> write();
    [[nodiscard]] std::filesystem::path asideFile() const;

    std::filesystem::path m_file;
    std::uint64_t m_wallStart = 0;
    std::vector<Bookmark> m_list;
    trace::Bookmarks m_inFile; // as it was read or written last
    bool m_aside = false;
    bool m_settled = false;
    bool m_sound = true;
    bool m_told = false; // why they are not in the trace
};

} // namespace bistro::app
