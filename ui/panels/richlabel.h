// Shows rich text made of sentences (sentence.h): with the orders' marks, and as links.
#pragma once

#include "panels/sentence.h"
#include "theme/theme.h"

#include <QHash>
#include <QLabel>

namespace bistro::ui {

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
    void allowedAsked(); // what programs may do

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

// A number stays with its unit: no line ends in "for 5.87".
[[nodiscard]] QString keptTogether(QString text);

// Font and colour of a label. What it has already costs nothing.
void colorLabel(QLabel* label, const QFont& font, const QColor& color,
    std::initializer_list<QPalette::ColorRole> roles = {QPalette::WindowText});

} // namespace bistro::ui
