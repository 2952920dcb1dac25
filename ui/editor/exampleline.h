// What there is to see in the example that is in front: its title and its sentence, above the tabs for as long as one
// of its files is in front. Closed, it comes back when the example is opened again. GUI thread.
#pragma once

#include "theme/theme.h"
#include "workspace/examples.h"

#include <QFrame>
#include <QSet>

class QLabel;
class QToolButton;

namespace bistro::ui {

class ExampleLine final : public QFrame {
    Q_OBJECT

public:
    explicit ExampleLine(QWidget* parent);

    void setTheme(const Theme& theme);
    // Of the file in front; empty: none is.
    void setPath(const QString& path);
    // Where there is little height, the title alone.
    void setLow(bool low);
    // What is shown; empty: nothing.
    [[nodiscard]] QString text() const;

private:
    void arrange();

    Theme m_theme {Scheme::Light};
    QLabel* m_words = nullptr;
    QToolButton* m_close = nullptr;
    QString m_folder; // of the example in front; empty: it is none
    const app::Example* m_example = nullptr;
    QSet<QString> m_closed; // folders
    bool m_low = false;
};

} // namespace bistro::ui
