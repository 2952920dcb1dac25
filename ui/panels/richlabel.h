// Sentences that name orders and places in the program: shown with the orders' marks, and as links to them.
#pragma once

#include "moment/facts.h"
#include "state/describe.h"
#include "theme/theme.h"

#include <QFontMetricsF>
#include <QHash>
#include <QLabel>

namespace bistro::ui {

// A sentence in plain text, and the orders that it names by their titles, in its order.
struct Sentence {
    QString text;
    std::vector<app::OrderId> orders;

    bool operator==(const Sentence&) const = default;
};

// An order as sentences name it.
struct NamedOrder {
    app::OrderId order;
    Meaning meaning = Meaning::Running;
    QString title;

    bool operator==(const NamedOrder&) const = default;
};

[[nodiscard]] NamedOrder nameOf(const app::TraceLog& log, const StageFacts& facts, app::OrderId order);
[[nodiscard]] Meaning meaningOf(const app::TraceLog& log, app::OrderId order);
[[nodiscard]] QString numberText(app::OrderId order); // "#5", of a promise "p5"
// "lesson.js:12"; empty for none.
[[nodiscard]] QString placeName(const app::CodePlace& place);
// As much of such a name as fits: the file is cut in its middle, or left out where not even that can be read; the line
// is whole.
[[nodiscard]] QString fittedPlace(const QString& name, const QFontMetricsF& metrics, double width);

// Parts of rich text. What comes from the program is escaped.
[[nodiscard]] QString sentenceHtml(const QString& text, const std::vector<NamedOrder>& names);
// Of the orders that the sentence names, those that are known by name.
[[nodiscard]] QString sentenceHtml(const Sentence& sentence, const std::vector<NamedOrder>& known);
[[nodiscard]] QString orderHtml(const NamedOrder& name);
[[nodiscard]] QString placeHtml(const app::CodePlace& place);

// Where a link of these parts leads.
[[nodiscard]] QString orderLink(app::OrderId order);
[[nodiscard]] app::OrderId orderOfLink(const QString& link); // none when it leads elsewhere

// Shows such rich text: a place stands on one line, a mark on that of its title. Links are reached by Tab. GUI thread.
class RichLabel final : public QLabel {
    Q_OBJECT

public:
    explicit RichLabel(QWidget* parent = nullptr);

    void setTheme(const Theme& theme, TypeSize size, const QColor& color, QFont::Weight weight = QFont::Normal);
    void setHtml(const QString& html);
    // With these margins at its sides; asked for again, it costs nothing.
    [[nodiscard]] int heightForWidth(int width) const override;
    // Of a line: how high it becomes depends on its width, and to lay it out at others only to propose one costs as
    // much.
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void orderClicked(bistro::app::OrderId order);
    // A line of a script, from 1.
    void placeClicked(const QString& script, int line);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Fitted {
        QString html;
        int height = 0;
    };

    void restyle();
    void showFitted();
    void forgetSizes();
    [[nodiscard]] bool dependsOnWidth() const; // what it shows
    // For this width inside the margins; kept until the text or the font is another.
    [[nodiscard]] const Fitted& fittedTo(int width) const;
    [[nodiscard]] bool isOneLine(int width) const;
    [[nodiscard]] QVariant mark(const QUrl& url) const;
    [[nodiscard]] int lineHeight() const; // margins included

    Theme m_theme {Scheme::Light};
    QString m_html;
    QString m_words; // of it, without the markup
    QString m_style; // of the document shown
    QString m_whole; // with it, what is shown, before it is fitted
    mutable QHash<int, Fitted> m_fitted; // by width
    mutable int m_lineWidth = -1; // all of it in one line; -1: not known
};

// Font and colour of a label. What it has already costs nothing.
void colorLabel(QLabel* label, const QFont& font, const QColor& color,
    std::initializer_list<QPalette::ColorRole> roles = {QPalette::WindowText});

} // namespace bistro::ui
