// The Variables panel: "after line 10" beside its heading, and the rows of the moment. Draws what it is given. GUI
// thread.
#pragma once

#include "panels/variablelist.h"

#include <QWidget>

class QLabel;

namespace bistro::ui {

class HeadLabel;

class VariablesPanel final : public QWidget {
    Q_OBJECT

public:
    explicit VariablesPanel(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setCompact(bool on);
    void setContent(const VariablesContent& content);
    [[nodiscard]] const VariablesContent& content() const { return m_content; }
    [[nodiscard]] VariableList& list() const { return *m_list; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void restyle();
    void fit();

    Theme m_theme {Scheme::Light};
    bool m_compact = false;
    VariablesContent m_content;
    QLabel* m_heading = nullptr;
    HeadLabel* m_when = nullptr;
    QLabel* m_note = nullptr;
    VariableList* m_list = nullptr;
};

} // namespace bistro::ui
