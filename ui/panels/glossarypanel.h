// The glossary as a page: a field to search it, the words it has, and what the chosen one means in both skins, with the
// words beside it and the example that shows it. GUI thread.
#pragma once

#include "theme/theme.h"
#include "why/glossary.h"

#include <QWidget>

#include <functional>
#include <vector>

class QLabel;
class QLineEdit;
class QListWidget;
class QTextBrowser;

namespace bistro::ui {

class GlossaryPanel final : public QWidget {
    Q_OBJECT

public:
    // What an example is called, by its slug; empty: there is no such example.
    using ExampleTitle = std::function<QString(const QString& slug)>;

    explicit GlossaryPanel(ExampleTitle exampleTitle, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    // Whose names the list has; the page has both.
    void setWording(app::Wording wording);
    // This word's page, whatever was searched for.
    void show(app::Term term);
    [[nodiscard]] app::Term shown() const { return m_shown; }

signals:
    void exampleAsked(const QString& slug);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void search();
    void showPage();
    void follow(const QString& link);

    ExampleTitle m_exampleTitle;
    Theme m_theme {Scheme::Light};
    app::Wording m_wording = app::Wording::Restaurant;
    app::Term m_shown = app::Term::EventLoop;
    std::vector<app::Term> m_found; // as the list has them
    QLineEdit* m_search = nullptr;
    QListWidget* m_list = nullptr;
    QLabel* m_nothing = nullptr;
    QTextBrowser* m_page = nullptr;
};

} // namespace bistro::ui
