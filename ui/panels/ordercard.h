// The card of the selected order: what it is, what has become of it, who caused it, and why it has not run yet; or,
// while one callback keeps others waiting, the finding. Draws what it is given.
#pragma once

#include "panels/cardcontent.h"
#include "panels/findingcontent.h"
#include "panels/richlabel.h"
#include "why/glossary.h"

#include <QWidget>

#include <optional>
#include <utility>

class QToolButton;

namespace bistro::ui {

class OrderCard final : public QWidget {
    Q_OBJECT

public:
    explicit OrderCard(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setWording(app::Wording wording);
    void setCompact(bool on);
    // An order is its head and what becomes of it now, until somebody unfolds it: what stands below needs the room. A
    // finding stays whole.
    void setBrief(bool on);
    [[nodiscard]] bool isBrief() const { return m_brief; }
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

    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void orderClicked(bistro::app::OrderId order);
    // A line of a script, from 1.
    void placeClicked(const QString& script, int line);
    void allowedAsked(); // what programs may do
    void pinChanged(bool pinned);
    // Somebody folds or unfolds the card.
    void briefAsked(bool brief);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    enum class Form : std::uint8_t { Nothing, Order, Blocked };
    // A step, a reason, a row.
    struct Line {
        QWidget* lead = nullptr; // the dot, number or word at the left
        RichLabel* sentence = nullptr;
        QLabel* when = nullptr; // at the right
    };

    void restyle();
    void showForm(Form form);
    void fill(Form form);
    // Puts everything where it belongs at this width, or only says how high it becomes.
    enum class Arrange : bool { Measure, Place };
    int arrange(int width, Arrange how) const;
    int arrangeLine(const Line& line, const QRect& at, Arrange how) const;
    [[nodiscard]] QString heading() const;
    void showTitle();
    void layOutOrder();
    void layOutBlocked();
    void layOutBrief();
    void explainMark(std::optional<app::Term> term);
    [[nodiscard]] Line& line(std::vector<Line>& lines, std::size_t i, QWidget* within);
    static void keep(std::vector<Line>& lines, std::size_t count);

    Theme m_theme {Scheme::Light};
    app::Wording m_wording = app::Wording::Restaurant;
    bool m_compact = false;
    bool m_brief = false;
    bool m_folds = false; // it has been brief: a button folds it
    Form m_form = Form::Nothing;
    QString m_hint;
    std::optional<std::pair<app::Term, app::Wording>> m_said; // by the heading's tip
    std::optional<std::pair<std::optional<app::Term>, app::Wording>> m_saidOfMark; // by the mark's
    OrderCardContent m_order;
    BlockedContent m_blocked;

    RichLabel* m_heading = nullptr;
    QToolButton* m_pin = nullptr;
    QToolButton* m_more = nullptr;
    QWidget* m_mark = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_aside = nullptr;
    QWidget* m_box = nullptr;
    QLabel* m_question = nullptr;
    RichLabel* m_triggers = nullptr;
    std::vector<Line> m_steps;
    std::vector<Line> m_reasons;
    mutable int m_height = -1; // of what is shown, at this width
    mutable int m_heightAt = -1;
};

} // namespace bistro::ui
