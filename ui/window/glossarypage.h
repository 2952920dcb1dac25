// The glossary beside the window: a dialog that stays open while one goes on. GUI thread; what it is made with outlives
// it.
#pragma once

#include "panels/glossarypanel.h"
#include "window/actions.h"

#include <QDialog>

#include <functional>
#include <optional>

namespace bistro::ui {

class GlossaryPage final : public QObject {
    Q_OBJECT

public:
    // The word for what has the keyboard; none: nothing in particular.
    using TermThere = std::function<std::optional<app::Term>()>;

    GlossaryPage(QWidget& window, const Actions& actions, TermThere termThere);

    void setTheme(const Theme& theme);
    void setWording(app::Wording wording);
    // None: as it was left.
    void open(std::optional<app::Term> term);
    // Null before it was opened first.
    [[nodiscard]] GlossaryPanel* panel() const { return m_panel; }

signals:
    void exampleAsked(const QString& slug);

private:
    void make();

    QWidget& m_window;
    TermThere m_termThere;
    Theme m_theme {Scheme::Light};
    app::Wording m_wording = app::Wording::Restaurant;
    QDialog* m_dialog = nullptr;
    GlossaryPanel* m_panel = nullptr;
};

} // namespace bistro::ui
