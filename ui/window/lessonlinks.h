// What a link in a lesson's text does: it moves the playhead, runs a variant, opens a scene, shows an order, a word or
// Node's documentation. Nothing is fetched from anywhere. GUI thread; what it is made with outlives it.
#pragma once

#include "course/apibook.h"
#include "window/glossarypage.h"
#include "window/lessonbook.h"
#include "window/lessonruns.h"
#include "window/momentfeed.h"
#include "window/windownotice.h"

#include <QObject>

#include <functional>
#include <memory>

namespace bistro::ui {

class LessonLinks final : public QObject {
    Q_OBJECT

public:
    struct Parts {
        LessonBook& book;
        LessonRuns& runs;
        MomentFeed& feed;
        GlossaryPage& glossary;
        WindowNotice& notice;
    };
    explicit LessonLinks(const Parts& parts);
    ~LessonLinks() override;

    void setTheme(const Theme& theme);
    void follow(const QString& link);

signals:
    // "loop", "restaurant", "waiter-per-table".
    void sceneAsked(const QString& scene);

private:
    void toMoment(const QString& text);
    void runVariant(const QString& variant);
    void showOrder(const QString& title);
    void openApi(const QString& api);
    void openTerm(const QString& word);

    Parts m_parts;
    Theme m_theme {Scheme::Light};
    std::unique_ptr<ApiBook> m_api; // made when it is asked for
};

} // namespace bistro::ui
