#include "window/lessonlinks.h"

#include "guess/momentplace.h"
#include "learning/copies.h"
#include "lesson/momentlink.h"
#include "state/describe.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

constexpr int kMostCooks = 1'024; // libuv's own limit

} // namespace

LessonLinks::LessonLinks(const Parts& parts)
    : m_parts(parts)
{
}

LessonLinks::~LessonLinks() = default;

void LessonLinks::setTheme(const Theme& theme)
{
    m_theme = theme;
    if (m_api)
        m_api->setTheme(theme);
}

void LessonLinks::follow(const QString& link)
{
    const QString what = link.section(u':', 0, 0);
    const QString rest = QUrl::fromPercentEncoding(link.section(u':', 1).toUtf8());
    if (what == "moment"_L1)
        toMoment(rest);
    else if (what == "run"_L1)
        runVariant(rest);
    else if (what == "scene"_L1)
        emit sceneAsked(rest);
    else if (what == "order"_L1)
        showOrder(rest);
    else if (what == "api"_L1)
        openApi(rest);
    else if (what == "term"_L1)
        openTerm(rest);
    else
        m_parts.notice.tell(tr("Bistro opens nothing from the network. Open %1 in your browser.").arg(link));
}

void LessonLinks::toMoment(const QString& text)
{
    const auto moment = app::parseMoment(text);
    if (!moment) {
        m_parts.notice.tell(moment.error());
        return;
    }
    const LessonRun* run = m_parts.runs.shown();
    if (!run)
        run = m_parts.runs.last(LessonRun::Kind::Guess);
    if (!run)
        run = m_parts.runs.last(LessonRun::Kind::Own);
    if (!run || run->traceFile.isEmpty()) {
        m_parts.notice.tell(tr("Run the lesson's program first. Then this link leads to that moment."));
        return;
    }
    const auto shown = m_parts.runs.whenShown(run->traceFile, [this, moment = *moment] {
        app::Session& session = m_parts.feed.session();
        const auto found = app::findMoment(*session.log(), moment);
        m_parts.feed.stopPlaying();
        if (!found)
            m_parts.notice.tell(tr("This run has no such moment: %1.").arg(app::momentText(moment)));
        else if (found->justBefore)
            session.goJustBefore(found->place);
        else
            session.goTo(found->place);
    });
    if (!shown)
        m_parts.notice.tell(shown.error());
}

// The lesson's own program with other inputs.
void LessonLinks::runVariant(const QString& variant)
{
    const app::Course* const course = m_parts.book.course();
    const app::Lesson* const lesson = m_parts.book.lesson();
    if (!course || !lesson)
        return;
    const QString name = variant.section(u'=', 0, 0);
    const QString value = variant.section(u'=', 1);
    app::RunSettings settings {
        .arguments = lesson->arguments, .environment = {}, .nodeFlags = {}, .poolSize = lesson->poolSize};
    QString said;
    if (name == "pool"_L1 && value.toInt() > 0 && value.toInt() <= kMostCooks) {
        settings.poolSize = value.toInt();
        said = tr("with %n cooks", nullptr, settings.poolSize);
    } else if (name == "arguments"_L1) {
        settings.arguments = app::splitWords(value);
        said = tr("with %1").arg(value);
    } else {
        m_parts.notice.tell(tr("This link is not one that Bistro knows: run:%1.").arg(variant));
        return;
    }
    const auto folder = app::pristineCopy(*course, *lesson);
    if (!folder) {
        m_parts.notice.tell(folder.error());
        return;
    }
    m_parts.runs.start(LessonRun::Kind::Variant, said,
        {.file = *folder + u'/' + lesson->mainFile,
            .title = {},
            .directory = *folder,
            .settings = settings,
            .lines = m_parts.book.recordsLines(lesson->check.run)},
        lesson->check.run);
}

void LessonLinks::showOrder(const QString& title)
{
    const app::TraceLog* const log = m_parts.feed.session().log();
    const app::OrderId order = log ? app::orderTitled(*log, title) : app::OrderId {};
    if (!order) {
        m_parts.notice.tell(log ? tr("There is no order \"%1\" in this run.").arg(title)
                                : tr("Run the lesson's program first. Then this link shows the order."));
        return;
    }
    const app::Place there = app::startOf(*log, order, 0).value_or(0);
    const auto origin = app::originOf(*log, order);
    m_parts.feed.stopPlaying();
    m_parts.feed.session().goTo(origin.value_or(there));
    m_parts.feed.select(order);
}

void LessonLinks::openApi(const QString& api)
{
    if (!m_api) {
        m_api = std::make_unique<ApiBook>(m_parts.notice.window());
        m_api->setTheme(m_theme);
    }
    m_api->open(api);
    m_api->show();
    m_api->raise();
}

void LessonLinks::openTerm(const QString& word)
{
    if (const auto term = app::termNamed(word))
        m_parts.glossary.open(term);
    else
        m_parts.notice.tell(tr("The glossary has no word \"%1\".").arg(word));
}

} // namespace bistro::ui
