// The bar above the panels: the last sentence that there was to tell, until it is closed. GUI thread.
#pragma once

#include <QLabel>
#include <QWidget>

namespace bistro::ui {

class WindowNotice final : public QWidget {
    Q_OBJECT

public:
    explicit WindowNotice(QWidget* parent);

    // Empty: nothing is told. Told to assistive technology too.
    void tell(const QString& sentence);
    // Only to that.
    void announce(const QString& sentence);
    [[nodiscard]] QString text() const { return isHidden() ? QString() : m_text->text(); }

private:
    QLabel* m_text = nullptr;
};

} // namespace bistro::ui
