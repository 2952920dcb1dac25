// Where packages are added: what to add, how far it is, what came of it. Lies over the first lines of the code and
// moves nothing. GUI thread.
#pragma once

#include "window/answerbar.h"

#include <vector>

class QLineEdit;

namespace bistro::ui {

class PackageBar final : public AnswerBar {
    Q_OBJECT

public:
    enum class Form : std::uint8_t { Asking, Offering, Working, Stopping, Added, Failed };
    Q_ENUM(Form)

    // `room` is what it lies in, above everything else there.
    explicit PackageBar(QWidget* room);

    // Each tells assistive technology, politely. The first one takes the keyboard.
    void ask(const QString& sentence, const QString& typed = {});
    void offer(const QString& sentence, const QString& package);
    void work(const QString& sentence);
    void tellProgress(const QString& line); // of work: npm's own words
    void tellStopping();
    void tellAdded(const QString& sentence, bool scriptsLeftOut);
    void tellFailed(const QString& sentence);

    [[nodiscard]] Form form() const { return m_form; } // of the last thing that stood there
    [[nodiscard]] QString progress() const { return m_line; }

signals:
    void addAsked(const QString& typed);
    void stopAsked();
    void runAsked();
    void scriptsAllowed();
    void againAsked();
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Button {
        QAbstractButton* widget = nullptr;
        std::vector<Form> forms; // in which it is shown
    };

    QAbstractButton* offerIn(std::vector<Form> forms, QAbstractButton* button);
    void addClicked();
    void show(Form form, const QString& text);
    [[nodiscard]] bool isExpected() const override;
    [[nodiscard]] Sign sign() const override;
    int arrangeBetween(int left, int y, int width) override;
    void restyle() override;
    void showLine();

    Form m_form = Form::Asking;
    QString m_line;
    QString m_package; // that is offered
    bool m_scripts = false; // were left out
    QLabel* m_progress = nullptr;
    QLineEdit* m_name = nullptr;
    QAbstractButton* m_add = nullptr;
    QAbstractButton* m_allow = nullptr;
    std::vector<Button> m_offered;
};

} // namespace bistro::ui
