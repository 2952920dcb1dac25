// What is worth knowing about the run that is looked at, as app/why finds it. It walks over the whole trace, so another
// thread does that, with a log of its own.
//
// While the program runs it looks again from time to time: the longer the last look took, the later. GUI thread.
#pragma once

#include "why/foundthing.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <filesystem>
#include <memory>
#include <vector>

namespace bistro::app {

class FindingsSearch final : public QObject {
    Q_OBJECT

public:
    // A trace of more events is looked through when somebody asks.
    static constexpr Index kUnasked = 2'000'000;

    explicit FindingsSearch(QObject* parent = nullptr);
    ~FindingsSearch() override;

    // Of this trace from now on; files of that folder may be read beside it (why/loaderror.h).
    void open(const std::filesystem::path& file, const QString& folder = {});
    void close();
    // The trace has so many events, and no more will come when it is `whole`. Cheap: call it at each change.
    void look(Index events, bool whole);
    // Somebody looks at the list: a long trace is looked through, too.
    void ask();

    // The worst first, of the same weight by moment.
    [[nodiscard]] const std::vector<FoundThing>& found() const { return m_found; }
    // How many events they are from; 0: none was looked at yet.
    [[nodiscard]] Index lookedAt() const { return m_lookedAt; }
    [[nodiscard]] bool isWhole() const { return m_whole && m_lookedAt >= m_events; }
    [[nodiscard]] bool isLooking() const { return m_busy; }
    // It is long, and nobody has asked.
    [[nodiscard]] bool waitsToBeAsked() const { return !m_asked && m_events > kUnasked; }

signals:
    // found(), or how far they reach, has changed.
    void changed();

private:
    struct Work;
    struct Result;

    void lookIfDue();
    void take(Result result);

    std::filesystem::path m_file;
    std::shared_ptr<Work> m_work; // the other thread's log
    std::vector<FoundThing> m_found;
    Index m_events = 0;
    Index m_lookedAt = 0;
    bool m_whole = false;
    bool m_asked = false;
    bool m_busy = false;
    QElapsedTimer m_since; // the last look
    std::chrono::milliseconds m_took {}; // it
    QTimer m_due;
};

} // namespace bistro::app
