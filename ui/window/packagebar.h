// Where packages are added: what to add, how far it is, what came of it. Lies over the first lines of the code and
// moves nothing. What it offers by itself takes no click and no key before one could have read it. GUI thread; the
// widgets that it lies over and below live as long.
#pragma once

#include "theme/theme.h"
#include "window/icons.h"

#include <QElapsedTimer>
#include <QWidget>

#include <chrono>
#include <vector>

class QAbstractButton;
class QLabel;
class QLineEdit;

namespace bistro::ui {

class PackageBar final : public QWidget {
    Q_OBJECT

public:
    enum class Form : std::uint8_t { Asking, Offering, Working, Stopping, Added, Failed };
    Q_ENUM(Form)
    // So long it must have been seen before a click or a key counts that nobody has prepared.
    static constexpr std::chrono::milliseconds kSettles {500};

    // `room` is what it lies in, above everything else there.
    explicit PackageBar(QWidget* room);

    // Over the upper edge of this; while that is hidden, over the upper edge of the room.
    void lieOver(QWidget& place);
    // What lies there, too, stays to be read.
    void stayBelow(QWidget& other);
    void setTheme(const Theme& theme);
    void setCompact(bool on);

    // Each tells assistive technology, politely. The first one takes the keyboard.
    void ask(const QString& sentence, const QString& typed = {});
    void offer(const QString& sentence, const QString& package);
    void work(const QString& sentence);
    void tellProgress(const QString& line); // of work: npm's own words
    void tellStopping();
    void tellAdded(const QString& sentence, bool scriptsLeftOut);
    void tellFailed(const QString& sentence);
    void close();

    [[nodiscard]] Form form() const { return m_form; } // of the last thing that stood there
    // What stands there; empty while it is closed.
    [[nodiscard]] QString text() const { return isHidden() ? QString() : m_text; }
    [[nodiscard]] QString progress() const { return m_line; }

signals:
    void addAsked(const QString& typed);
    void stopAsked();
    void runAsked();
    void scriptsAllowed();
    void againAsked();
    void closed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Button {
        QAbstractButton* widget = nullptr;
        std::vector<Form> forms; // in which it is shown
    };

    QAbstractButton* add(const char* name, const QString& text, std::vector<Form> forms, void (PackageBar::*clicked)(),
        bool link = false);
    void addClicked();
    void show(Form form, const QString& text);
    [[nodiscard]] bool isSettled() const;
    [[nodiscard]] Sign sign() const;
    void restyle();
    void cover();
    int arrange(int width);
    int arrangeButtons(int width, int y);
    void showLine();

    Theme m_theme {Scheme::Light};
    bool m_compact = false;
    Form m_form = Form::Asking;
    QString m_text;
    QString m_line;
    QString m_package; // that is offered
    bool m_scripts = false; // were left out
    QLabel* m_sentence = nullptr;
    QLabel* m_progress = nullptr;
    QLineEdit* m_name = nullptr;
    QAbstractButton* m_add = nullptr;
    QAbstractButton* m_allow = nullptr;
    std::vector<Button> m_buttons; // from left to right
    QWidget* m_place = nullptr;
    std::vector<QWidget*> m_above;
    QElapsedTimer m_seen; // in this form
};

} // namespace bistro::ui
