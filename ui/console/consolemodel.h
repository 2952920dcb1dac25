// What a program prints, as lines in the order in which it printed them, each with the event of the trace that printed
// it.
//
// The bytes come from pipes, one for each stream; their order between the streams and their moments come from the
// trace's output events. A line is told when its event is: until then its bytes wait, but never for long (kPatience):
// what no event claims (a child's output, a crash's last words, an unrecorded run) is told without a moment.
//
// What is typed for the program stands among them, by the moment at which it was sent. It is no output: whatever asks
// for what was printed does not see it. A row that is written over ("\r") stays, each of its states a row of its own.
//
// The bytes lie on disk; memory holds 16 bytes a line. A line longer than kPiece is told in pieces, each a row. The
// work of a frame is bounded (kBudget), the rest follows in the next; what was printed is given back to the system
// beside the GUI thread. Nothing wakes up while nothing is to be done. GUI thread.
#pragma once

#include "console/ansi.h"
#include "console/rowmoments.h"
#include "console/spool.h"
#include "console/storedline.h"
#include "state/loopstate.h"
#include "trace/event.h"

#include <QAbstractListModel>
#include <QElapsedTimer>
#include <QTimer>

#include <array>
#include <chrono>
#include <deque>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace bistro::ui {

class ConsoleModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { EventRole = Qt::UserRole, ErrorStreamRole };

    static constexpr qsizetype kPiece = 4096; // bytes
    static constexpr std::chrono::milliseconds kFrame {16};
    static constexpr std::chrono::milliseconds kBudget {4};
    static constexpr std::chrono::milliseconds kPatience {120};

    explicit ConsoleModel(QObject* parent = nullptr);

    // Empty, for another run.
    void restart();
    // Without what was printed so far, whether it has been told or not.
    void clear();

    // As read from a pipe.
    void receive(trace::Stream stream, QByteArrayView bytes);
    // The next output event of the trace. Its text stays valid until restart() or forgetEvents(); empty: not recorded.
    void printed(trace::Stream stream, std::uint32_t bytes, std::string_view text, app::Index event);
    // The same for an opened trace, where the text is all that there is.
    void replayed(trace::Stream stream, std::uint32_t bytes, std::string_view text, app::Index event);
    // A line that was sent to the program, or kInputEnd; at this moment, in nanoseconds since the start.
    static constexpr char kInputEnd = '\x04';
    void typed(QByteArrayView bytes, std::optional<app::Index> event, std::uint64_t time);
    // More events may come: bytes wait for them. False: all that was printed has been told, or nothing is recorded.
    void setEventsFollow(bool on);
    // Whoever feeds this has more: hungry() asks for it, once a frame.
    void setBehind(bool on);
    // The texts of printed() are going away. What no event has been found for by now is told without a moment.
    void forgetEvents();
    // All at once, however long it takes: for tests.
    void settle();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

    struct Line {
        trace::Stream stream = trace::Stream::Output;
        app::Index event = app::kNoEvent; // that printed its first byte
        bool continues = false; // the piece of a long line that is not its first
        int columns = 0;
        bool typed = false; // by the user, for the program
        bool over = false; // written over what its line showed before
        bool gone = false; // something was written over it
        bool frame = false; // of a stack, but not the program's
        bool shaped = false; // not in cells
        bool resumed = false; // the rest of a line that input has broken off
        // Whether a line on the screen begins in it.
        [[nodiscard]] bool begins() const { return !typed && !continues && !over && !resumed; }
    };
    [[nodiscard]] Line line(int row) const;
    [[nodiscard]] int columns(int row) const { return m_lines[static_cast<std::size_t>(row)].columns; }
    [[nodiscard]] QByteArray bytesOf(int row) const;
    // What a typed row has of its own.
    [[nodiscard]] std::uint64_t typedAt(int row) const; // nanoseconds since the start
    [[nodiscard]] bool isInputEnd(int row) const;
    // How often something was written over what the line of this row showed, and in which row that began.
    struct Overwritten {
        int count = 0;
        int first = 0;
    };
    [[nodiscard]] Overwritten overwritten(int row) const;
    // How many text lines a row takes that is wider than so many cells and not shaped.
    [[nodiscard]] int wrapped(int row, int cells) const;
    [[nodiscard]] ConsoleText textOf(int row) const;
    // The last row printed by the first `place` events; none if there is none.
    [[nodiscard]] std::optional<int> rowAt(app::Index place) const;

    [[nodiscard]] std::uint64_t bytesPrinted() const { return m_streams[0].spool.size() + m_streams[1].spool.size(); }
    // How much of it was read back from the disk.
    [[nodiscard]] std::uint64_t bytesRead() const
    {
        return m_streams[0].spool.bytesRead() + m_streams[1].spool.bytesRead();
    }
    [[nodiscard]] std::size_t memory() const;
    // Whether something waits to be told.
    [[nodiscard]] bool isBusy() const { return m_timer.isActive(); }

signals:
    // The disk is full, or the like: a sentence.
    void failed(const QString& sentence);
    void hungry();

private:
    struct Style {
        std::uint64_t offset = 0;
        Sgr sgr;
    };
    static constexpr std::ptrdiff_t kNone = -1;
    static constexpr std::ptrdiff_t kHidden = -2;
    struct States { // of one line
        std::size_t first = 0; // row
        std::size_t last = 0;
        int count = 0;
    };
    struct StreamState {
        Spool spool;
        std::uint64_t told = 0; // bytes that are lines, or part of the open one
        std::uint64_t claimed = 0; // bytes that events have been found for
        std::uint64_t cleared = 0; // bytes before this are nobody's lines: only their colors count
        std::ptrdiff_t open = kNone; // the row that has not ended
        StoredLine hidden; // it, while it is one of the cleared ones
        bool openChanged = false;
        Sgr sgr; // at the start of the open line
        bool text = false; // the open row has letters
        bool returned = false; // its last byte is "\r"
        bool over = false; // the next row is written over the one before
        bool resumed = false; // the next row is the rest of a line
        std::vector<States> states; // of the lines that were written over
        std::vector<Style> styles; // where a line begins in another one than the line before
        std::size_t claimRow = 0; // the rows of the stream before this begin before `claimed`
        QElapsedTimer waiting; // since when bytes wait
    };
    struct Event {
        std::size_t stream = 0;
        std::uint32_t left = 0; // bytes that are still to come
        std::string_view text; // to know them by; empty once they are found
        app::Index event = 0;
    };

    void work();
    [[nodiscard]] bool workFor(std::chrono::nanoseconds budget);
    void tell(std::size_t stream, std::uint64_t bytes, std::optional<app::Index> event);
    void addBytes(std::size_t stream, QByteArrayView bytes, std::optional<app::Index> event);
    void extend(std::size_t stream, qsizetype bytes, std::optional<app::Index> event);
    void measure(std::size_t stream);
    void close(std::size_t stream);
    void push(std::size_t stream, const StoredLine& line);
    void beginOver(std::size_t stream);
    void breakOff();
    void measured(std::size_t stream, StoredLine& line, QByteArrayView bytes, const Measured& found);
    [[nodiscard]] const StoredLine* beforeIn(std::size_t row) const;
    [[nodiscard]] ConsoleText composed(std::size_t row, QByteArrayView own) const;
    [[nodiscard]] QByteArrayView peek(const StoredLine& line) const;
    [[nodiscard]] StoredLine& openLine(StreamState& state)
    {
        return state.open == kHidden ? state.hidden : m_lines[static_cast<std::size_t>(state.open)];
    }
    void passTold(std::size_t stream);
    void claimTold(std::size_t stream, std::uint64_t from, std::uint64_t to, app::Index event);
    void publish();
    void wake();
    [[nodiscard]] Sgr styleAt(std::size_t stream, std::uint64_t offset) const;

    StoredLines m_lines;
    std::size_t m_published = 0; // of them, those that the views know
    std::vector<int> m_changed; // published rows whose text is another: those that were open
    std::size_t m_claimedFrom = SIZE_MAX; // the first published row that has got a moment
    RowMoments m_moments;
    std::array<StreamState, 3> m_streams; // output, errors, input
    std::vector<std::pair<std::uint64_t, std::uint64_t>> m_typed; // offset in the input, and when
    std::deque<Event> m_events;
    QElapsedTimer m_eventWaits;
    bool m_eventsFollow = false;
    bool m_behind = false;
    bool m_told = false; // the failure
    QTimer m_timer;
};

} // namespace bistro::ui
