// The card of the selected order: what it is, what has become of it, who caused it, and why it has not run yet; or, while one
// callback keeps others waiting, the finding. Draws what it is given.
#pragma once

#include "panels/content.h"

#include <QWidget>

class QToolButton;
class QVBoxLayout;

namespace bistro::ui {

class OrderCard final : public QWidget {
    Q_OBJECT

public:
    explicit OrderCard(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setWording(app::Wording wording);
    // Nothing is selected, an order is, or a finding stands in its place.
    // `hint`: what could be done now, instead of choosing an order; a sentence, or empty.
    void showNothing(const QString& hint = {});
    void showOrder(const OrderCardContent& content);
    void showBlocked(const BlockedContent& content);
    // Pinned: the order stays when another one is selected. Who selects asks for it.
    [[nodiscard]] bool isPinned() const;
    void setPinned(bool on);
    // Everything that the card says, as text.
    [[nodiscard]] QString asText() const;

signals:
    void orderClicked(bistro::app::OrderId order);
    // A line of a script, from 1.
    void placeClicked(const QString& script, int line);
    void pinChanged(bool pinned);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    enum class Form : std::uint8_t { Nothing, Order, Blocked };
    // A step, a reason, a row.
    struct Line {
        QWidget* whole = nullptr;
        QWidget* lead = nullptr; // the dot, number or word at the left
        RichLabel* sentence = nullptr;
        QLabel* when = nullptr; // at the right
    };

    void rebuild();
    QString m_hint;
    void showForm(Form form);
    void fill(Form form);
    [[nodiscard]] QString heading() const;
    void layOutOrder();
    void layOutBlocked();
    [[nodiscard]] Line& line(std::vector<Line>& lines, std::size_t i, QVBoxLayout* into);
    void keep(std::vector<Line>& lines, std::size_t count);

    Theme m_theme {Scheme::Light};
    app::Wording m_wording = app::Wording::Restaurant;
    Form m_form = Form::Nothing;
    OrderCardContent m_order;
    BlockedContent m_blocked;

    RichLabel* m_heading = nullptr;
    QToolButton* m_pin = nullptr;
    QWidget* m_mark = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_aside = nullptr;
    QVBoxLayout* m_stepsLayout = nullptr;
    QWidget* m_box = nullptr;
    QLabel* m_question = nullptr;
    QVBoxLayout* m_reasonsLayout = nullptr;
    RichLabel* m_triggers = nullptr;
    std::vector<Line> m_steps;
    std::vector<Line> m_reasons;
};

} // namespace bistro::ui
