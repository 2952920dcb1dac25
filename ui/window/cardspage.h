// The order card, or the finding in its place, and the call stack, at the moment that is looked at. GUI thread; what it
// is made with outlives it.
#pragma once

#include "panels/callstackpanel.h"
#include "panels/ordercard.h"
#include "window/actions.h"
#include "window/momentfeed.h"

#include <functional>
#include <memory>
#include <optional>

namespace bistro::ui {

class CardsPage final : public QObject {
    Q_OBJECT

public:
    CardsPage(MomentFeed& feed, const Actions& actions);

    // Placed, and owned, by the window.
    [[nodiscard]] OrderCard& card() const { return *m_card; }
    [[nodiscard]] CallStackPanel& callStack() const { return *m_callStack; }
    void setTheme(const Theme& theme);
    void setWording(app::Wording wording);
    void setCompact(bool on);
    // The moment has variables below: an order that nobody has chosen is its head.
    void setBrief(bool on);
    // What the scripts of the log say; null without a log.
    [[nodiscard]] const ScriptOutlines* outlines() const { return m_outlines.get(); }
    // Brings the cards to sight, and this order's in the place of a pinned one.
    void ask(app::OrderId order);
    // Brings what keeps all others waiting to sight: its card, and the line that takes the time.
    void showCause();

    // A finding in the place of the order, while the moment lies within it, and until something else is chosen.
    struct ShownFinding {
        std::function<BlockedContent(const Moment&)> content; // in the words of that moment
        app::Place from = 0;
        app::Place to = 0;
    };
    void showFinding(ShownFinding finding);
    // A lesson asks for what the help against these would give away. Against all else it stays open.
    void setHelpsFolded(const QList<app::FindingKind>& kinds);

signals:
    // A line of a script, from 1.
    void placeClicked(const QString& script, int line);

private:
    void draw(const Moment& moment);
    void fold();
    void drawCard(const Moment& moment);
    void showBlocked(BlockedContent content);
    [[nodiscard]] app::OrderId subjectOf(const Moment& moment) const;

    MomentFeed& m_feed;
    const Actions& m_actions;
    OrderCard* m_card = nullptr;
    CallStackPanel* m_callStack = nullptr;
    std::unique_ptr<ScriptOutlines> m_outlines; // of the log
    bool m_brief = false;
    std::optional<bool> m_wantsBrief; // somebody has folded or unfolded the card
    std::optional<ShownFinding> m_finding;
    QList<app::FindingKind> m_helpsFolded;
    app::OrderId m_onCard; // chosen, or pinned; none: the card follows what is served
};

} // namespace bistro::ui
