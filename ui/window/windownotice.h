// The last sentence that there was to tell, over the first lines of the code until it is closed: it moves nothing.
// Small things are only mentioned. GUI thread.
#pragma once

#include "theme/theme.h"
#include "window/overcode.h"

#include <QLabel>

class QToolButton;

namespace bistro::ui {

class WindowNotice final : public OverCode {
    Q_OBJECT

public:
    // `room` is what it lies in, above everything else there.
    explicit WindowNotice(QWidget* room);

    void setTheme(const Theme& theme);
    // Empty: nothing is told. Told to assistive technology too, politely.
    void tell(const QString& sentence);
    // What nobody has to answer: it goes by itself.
    void mention(const QString& sentence);
    // Only to assistive technology.
    void announce(const QString& sentence);
    [[nodiscard]] QString text() const { return isHidden() ? QString() : m_text->text(); }

signals:
    void mentioned(const QString& sentence);

private:
    int arrange(int width) override;

    QLabel* m_text = nullptr;
    QToolButton* m_close = nullptr;
};

} // namespace bistro::ui
