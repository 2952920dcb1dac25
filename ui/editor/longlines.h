// Lines that are too long to be laid out: of each a part is shown, and the rest stands behind a mark in the line.
//
// A mark is one letter of the document with a format that says what it stands for; so it goes where its line goes, is
// deleted and brought back by undo like any letter, and no layout ever sees what is behind it. What is hidden is kept
// as long as undo may bring it back, and shared: showing another part copies nothing. GUI thread.
#pragma once

#include "theme/theme.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QString>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextObjectInterface>

#include <optional>

namespace bistro::ui {

class LongLines final : public QObject, public QTextObjectInterface {
    Q_OBJECT
    Q_INTERFACES(QTextObjectInterface)

public:
    explicit LongLines(QTextDocument* document);

    static constexpr int kLongest = 50'000; // letters of a line that is shown whole
    static constexpr int kShown = 10'000; // letters that are shown of a longer one

    void setTheme(const Theme& theme);
    // For another text, that no undo leads back from.
    void clear() { m_hidden.clear(); }
    [[nodiscard]] bool isEmpty() const { return m_hidden.isEmpty(); }

    // Puts text in as the cursor's insertText() does, the long lines in it as their beginning and a mark.
    void insert(QTextCursor& cursor, const QString& text);
    // What letters of the document stand for. `raw` is its own text from this position on, of any length.
    [[nodiscard]] QString whole(const QString& raw, int position) const;

    // Where the marks are in the document, and how much each hides.
    struct Mark {
        int position = 0;
        qsizetype hidden = 0;
        bool operator==(const Mark&) const = default;
    };
    [[nodiscard]] QList<Mark> marks() const;
    [[nodiscard]] QList<Mark> marksIn(const QTextBlock& block) const;
    [[nodiscard]] static bool hasMark(const QTextBlock& block);
    [[nodiscard]] std::optional<Mark> markAt(int position) const;
    // Places in the document as places in the whole text, and back; a hidden place is its mark's.
    [[nodiscard]] static qsizetype offsetOf(int position, const QList<Mark>& marks);
    [[nodiscard]] static int positionOf(qsizetype offset, const QList<Mark>& marks);

    // Makes the letters of a line in sight that are hidden, and hides others; the line stays the same text. The
    // document's position of the first one. Letters count from 0 in the whole line.
    int show(const QTextBlock& block, qsizetype letter, qsizetype count = 1);
    // The part of a line that begins with this letter, or ends with the one before.
    int showFrom(const QTextBlock& block, qsizetype letter) { return showPart(block, letter, letter + kShown, letter); }
    int showUpTo(const QTextBlock& block, qsizetype letter) { return showPart(block, letter - kShown, letter, letter); }
    // Hides what is too much in a line that has become too long; in the same step of undo as what made it so.
    // Gives where the kept place is then.
    int shorten(const QTextBlock& block, int keptPosition);

    QSizeF intrinsicSize(QTextDocument* document, int position, const QTextFormat& format) override;
    void drawObject(QPainter* painter, const QRectF& rect, QTextDocument* document, int position,
        const QTextFormat& format) override;

private:
    struct Slice {
        QString source;
        qsizetype from = 0;
        qsizetype length = 0;
    };
    using Slices = QList<Slice>;
    [[nodiscard]] static qsizetype sizeOf(const Slices& slices);
    [[nodiscard]] static Slices partOf(const Slices& slices, qsizetype from, qsizetype to);
    static void append(QString& text, const Slices& slices);
    [[nodiscard]] const Slices* hidden(const QTextFormat& format) const;
    [[nodiscard]] const Slices* hiddenAt(int position) const;
    [[nodiscard]] Slices lettersOf(const QTextBlock& block) const;
    void hide(QTextCursor& cursor, const Slices& slices);
    int showPart(const QTextBlock& block, qsizetype first, qsizetype last, qsizetype wanted, bool joined = false);
    [[nodiscard]] QString sentence(const QTextFormat& format) const;

    QTextDocument* m_document;
    Theme m_theme {Scheme::Light};
    QHash<int, Slices> m_hidden;
    int m_last = 0;
};

} // namespace bistro::ui
