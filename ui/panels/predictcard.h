// The card of the predictions: who is next, the answer with its reasons, and the score. Draws what it is given. GUI
// thread.
#pragma once

#include "panels/predictcontent.h"
#include "panels/richlabel.h"

#include <QWidget>

#include <vector>

class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace bistro::ui {

class PredictCard final : public QWidget {
    Q_OBJECT

public:
    explicit PredictCard(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void show(const PredictContent& content);
    [[nodiscard]] const PredictContent& content() const { return m_content; }
    [[nodiscard]] QString asText() const { return m_content.asText(); }
    // So that Enter goes on.
    void focusGoOn();
    [[nodiscard]] QPushButton& goOn() const { return *m_goOn; }
    [[nodiscard]] QToolButton& startAgain() const { return *m_startAgain; }
    // One a row that is shown, which answers.
    [[nodiscard]] const std::vector<QPushButton*>& rows() const { return m_rows; }

signals:
    void answered(bistro::app::OrderId order);
    void goOnAsked();
    void startAgainAsked();
    void closeAsked();
    // A name in a reason.
    void orderClicked(bistro::app::OrderId order);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void fill();
    void addLabel(const QString& html, TypeSize size, const QColor& color, QFont::Weight weight = QFont::Normal);
    void addRow(const PredictRow& row);
    void addShowAll();

    Theme m_theme {Scheme::Light};
    PredictContent m_content;
    bool m_allShown = false; // also the rows that had folded after the answer
    QLabel* m_heading = nullptr;
    QLabel* m_score = nullptr;
    QToolButton* m_startAgain = nullptr;
    QToolButton* m_close = nullptr;
    QVBoxLayout* m_lines = nullptr; // has the body and the button
    QWidget* m_body = nullptr;
    QPushButton* m_goOn = nullptr;
    std::vector<QPushButton*> m_rows;
};

} // namespace bistro::ui
