// The closing brackets and quotes that the editor has put in by itself. One who types them nevertheless goes over them;
// what was put in by hand or by nobody is no such thing, and what is typed before it is inserted. They are forgotten
// when the cursor leaves their pair. GUI thread.
#pragma once

#include <QList>
#include <QTextCursor>

#include <functional>

class QTextDocument;

namespace bistro::ui {

class OwnClosings {
public:
    // The pair that was just inserted: where its two letters stand.
    void add(QTextDocument& document, int opening, int closing);
    void clear() { m_pairs.clear(); }
    // Forgets those within which the cursor is no more.
    void keepAround(const QTextCursor& cursor);
    // Whether one of them is here, with nothing between its two letters.
    [[nodiscard]] bool hasBetween(int position) const;
    // Whether `typed` at this cursor is one of them; then the cursor stands after it. After a line of nothing but
    // space it is also the one on a later line, which is taken up to the cursor's. `isCode` is false within texts and
    // comments.
    [[nodiscard]] bool goOver(QTextCursor& cursor, QChar typed, const std::function<bool(int)>& isCode) const;

private:
    struct Pair {
        QTextCursor opening; // before the letter; both go with the text
        QTextCursor closing;
        QChar first;
        QChar last;
    };
    [[nodiscard]] static bool isWhole(const Pair& pair);
    QList<Pair> m_pairs;
};

} // namespace bistro::ui
