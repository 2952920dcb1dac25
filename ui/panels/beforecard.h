// The card that says why one line on the screen came before another: its reasons, each with its rule, and links to the
// moments and lines that they are about. Draws what it is given. GUI thread.
#pragma once

#include "panels/beforecontent.h"
#include "panels/richlabel.h"

#include <QWidget>

class QToolButton;

namespace bistro::ui {

class BeforeCard final : public QWidget {
    Q_OBJECT

public:
    explicit BeforeCard(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setWording(app::Wording wording);
    // `facts`: when moments are. Told to assistive technology as a whole.
    void show(const BeforeContent& content, const StageFacts& facts);
    // While the answer is being looked for, or why there is none.
    void showSentence(const QString& sentence);
    [[nodiscard]] QString asText() const;

signals:
    void orderClicked(bistro::app::OrderId order);
    // A line of a script, from 1.
    void placeClicked(const QString& script, int line);
    void momentClicked(bistro::app::Index event);
    void closeAsked();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void fill();
    void addLabel(const QString& html, TypeSize size, const QColor& color, QFont::Weight weight = QFont::Normal);
    [[nodiscard]] QString momentHtml(app::Index event) const;
    [[nodiscard]] QString htmlOf(const BeforeReason& reason, std::size_t number) const;
    void announce();

    Theme m_theme {Scheme::Light};
    app::Wording m_wording = app::Wording::Restaurant;
    BeforeContent m_content;
    QString m_sentence; // in its place
    std::vector<QString> m_times; // of the moments, in their order
    std::vector<app::Index> m_moments;

    QLabel* m_heading = nullptr;
    QToolButton* m_copy = nullptr;
    QToolButton* m_close = nullptr;
    QWidget* m_body = nullptr;
};

} // namespace bistro::ui
