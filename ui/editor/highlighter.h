// Colors a document by KSyntaxHighlighting's grammar, nearly monochrome: keywords bold, texts and numbers brown,
// comments gray.
//
// Works in slices between events, from the first line that changed on, so that neither a large file nor a quote typed
// into its first line holds the window up. GUI thread.
#pragma once

#include "editor/coloring.h"
#include "theme/theme.h"

#include <KSyntaxHighlighting/AbstractHighlighter>
#include <KSyntaxHighlighting/Definition>

#include <QObject>
#include <QPointer>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>
#include <QTimer>

#include <chrono>
#include <optional>

namespace bistro::ui {

class Highlighter final : public QObject, private KSyntaxHighlighting::AbstractHighlighter {
    Q_OBJECT
    Q_INTERFACES(KSyntaxHighlighting::AbstractHighlighter)

public:
    explicit Highlighter(QTextDocument* document);

    // The grammar by the file's name; an unknown one has none.
    void setFileName(const QString& name);
    void setTheme(const Theme& theme);
    [[nodiscard]] QString language() const; // "JavaScript"; empty without a grammar
    [[nodiscard]] bool isProgram() const; // in JavaScript or TypeScript

    using Token = CodeToken;
    [[nodiscard]] static Token tokenAt(const QTextBlock& block, int column);
    // Neither within a text nor a comment.
    [[nodiscard]] static bool isCode(const QTextBlock& block, int column);
    [[nodiscard]] static bool isCode(const QTextDocument& document, int position);
    // What one who types at this place is within: a text, a comment, a regular expression …; End where it is code.
    // Known of a program alone; in other texts it is what the letter before is.
    [[nodiscard]] app::ScanState stateAt(const QTextBlock& block, int column) const;
    [[nodiscard]] app::LexemeKind kindAt(const QTextBlock& block, int column) const;

    // Whether a region begins in this line that ends in a later one, and where. Invalid if there is none.
    [[nodiscard]] QTextBlock foldEnd(const QTextBlock& block) const;
    // The same where it is no further than so many lines away; nothing where it may be.
    [[nodiscard]] std::optional<QTextBlock> foldEndWithin(const QTextBlock& block, int lines) const;
    // The line where the innermost region begins that this line is in, or ends. Invalid if there is none.
    [[nodiscard]] QTextBlock foldAround(const QTextBlock& block) const;

    [[nodiscard]] bool isDone() const { return m_from < 0; }
    // All that is left, at once.
    void finish();

    // Longer lines have no colors: they are data, not code that somebody reads.
    static constexpr int kLongestLine = 20'000;

private:
    void applyFormat(int offset, int length, const KSyntaxHighlighting::Format& format) override;
    void applyFolding(int offset, int length, KSyntaxHighlighting::FoldingRegion region) override;
    void contentsChanged(int position, int removed, int added);
    void restart();
    void work(std::chrono::microseconds budget);
    [[nodiscard]] bool scans() const; // by our own lexer
    [[nodiscard]] bool isTypeScript() const;
    // Its formats and edges; false where its end is as it was before.
    bool lookAt(const QTextBlock& block);

    QPointer<QTextDocument> m_document;
    Theme m_theme;
    QTimer m_timer;
    int m_from = -1; // the first line to look at; -1: none
    int m_to = -1; // the last that has to be looked at; after it only while states differ
    int m_blocks = 1;
    QString m_line; // the one at hand
    QList<QTextLayout::FormatRange> m_formats; // of it
    QList<FoldEdge> m_edges;
    bool m_own = false; // our own change of formats is no change of the text
};

} // namespace bistro::ui
