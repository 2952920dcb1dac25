// courselook FOLDER: the course list and the lesson's panel in every state, both themes, at 100 % and 150 %, as
// pictures to look at.
#include "course/courselist.h"
#include "course/lessonpanel.h"
#include "course/orderrows.h"
#include "lessonviews.h"
#include "text/catalogue.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QMouseEvent>
#include <QPainter>

#include <functional>

using namespace bistro;
using namespace bistro::test;
using namespace bistro::ui;

namespace {

void settle()
{
    for (int i = 0; i < 5; ++i)
        QCoreApplication::processEvents();
}

// All pictures of a look beside each other, so that one sees what differs.
class Sheet final {
public:
    void add(const QImage& image)
    {
        if (m_at.x() + image.width() > kWidth) {
            m_at = {0, m_bottom + kGap};
        }
        m_pieces.append({m_at, image});
        m_bottom = std::max(m_bottom, m_at.y() + image.height());
        m_at.rx() += image.width() + kGap;
    }
    void save(const QString& file) const
    {
        QImage all(kWidth, m_bottom, QImage::Format_RGB32);
        all.fill(0x888888);
        QPainter painter(&all);
        for (const auto& [at, image] : m_pieces)
            painter.drawImage(at, image);
        painter.end();
        all.save(file);
    }

private:
    static constexpr int kWidth = 1'800;
    static constexpr int kGap = 10;
    QList<std::pair<QPoint, QImage>> m_pieces;
    QPoint m_at;
    int m_bottom = 0;
};

void save(QWidget& widget, const QDir& folder, const QString& name, Sheet& sheet)
{
    settle();
    const QImage image = widget.grab().toImage();
    image.save(folder.filePath(name + u".png"_s));
    sheet.add(image);
}

void carry(QWidget& widget, int row, const QPoint& by)
{
    const QRect box = static_cast<OrderRows&>(widget).spokenRect(row);
    const auto send = [&](QEvent::Type type, const QPoint& at, Qt::MouseButtons buttons) {
        QMouseEvent event(type, at, widget.mapToGlobal(at), Qt::LeftButton, buttons, Qt::NoModifier);
        QCoreApplication::sendEvent(&widget, &event);
    };
    send(QEvent::MouseButtonPress, box.center(), Qt::LeftButton);
    send(QEvent::MouseMove, box.center() + by / 2, Qt::LeftButton);
    send(QEvent::MouseMove, box.center() + by, Qt::LeftButton);
}

struct State {
    QString name;
    LessonView view;
    std::function<void(LessonPanel&)> also;
    int width = 416;
    int height = 0; // 0: as high as it wants
};

LessonView with(LessonView view, const std::function<void(LessonView&)>& change)
{
    change(view);
    return view;
}

QList<State> states(const QString& pictures)
{
    const auto focus = [](LessonPanel& panel) { panel.findChild<OrderRows*>()->setFocus(Qt::TabFocusReason); };
    LessonView allRight = checkedView();
    allRight.check->rows[2] = {.state = CheckRowView::State::Right,
        .sentence = u"the waiter is free while the cook reads the book."_s,
        .strong = {},
        .show = false,
        .shown = false};
    allRight.check->mayGoOn = true;
    allRight.check->hint = 0;
    allRight.check->hints = {{.text = u"The cook can read the book too."_s, .row = 2},
        {.text = u"readFile without Sync hands it to him."_s, .row = 2},
        {.text = u"fs.readFile('cookbook.txt', 'utf8', (error, book) => console.log('book', book.length));"_s,
            .row = 2}};
    allRight.check->learned = u"You know what blocks the waiter. The red call on the stage shows how long."_s;
    LessonView checking = checkedView();
    for (CheckRowView& row : checking.check->rows)
        row = {.state = CheckRowView::State::Running, .sentence = {}, .strong = {}, .show = false, .shown = false};
    checking.check->rows[0].sentence = u"all five lines are printed."_s;
    checking.check->rows[1].sentence = u"with the argument Ada"_s;
    checking.check->rows[0].state = CheckRowView::State::Right;
    checking.running = true;
    LessonView odd = checkedView();
    auto& rows = std::get<GuessResultView>(odd.guess).rows;
    rows[1].verdict = u"came 2nd, may come 3rd"_s;
    rows[2].verdict = u"was not printed"_s;
    rows.append({.row = -1,
        .place = {},
        .text = u"a line that nobody had listed"_s,
        .kind = OrderKind::Tick,
        .verdict = u"came 6th"_s,
        .right = false,
        .why = true});
    std::get<GuessResultView>(odd.guess).because = u"readFileSync returns when the last byte is read, not earlier."_s;
    odd.check->rows[1] = {.state = CheckRowView::State::Unknown,
        .sentence = u"your program has a mistake in line 4, so it did not run."_s,
        .strong = {},
        .show = true,
        .shown = false};
    odd.check->hints = {{.text = u"Who else in this restaurant can read a book?"_s, .row = 1}};
    odd.check->hint = 2;
    return {{u"predict"_s, predictView(), {}}, {u"predict-focus"_s, predictView(), focus},
        {u"predict-carried"_s, predictView(),
            [](LessonPanel& panel) {
                carry(*panel.findChild<OrderRows*>(), 1, {0, 0});
                carry(*panel.findChild<OrderRows*>(), 1, {6, 4});
            }},
        {u"predict-carried-far"_s, predictView(),
            [](LessonPanel& panel) {
                carry(
                    *panel.findChild<OrderRows*>(), 1, {0, panel.findChild<OrderRows*>()->rowsLayout().pitch * 2 + 6});
            }},
        {u"predict-untouched"_s, with(predictView(), [](LessonView& view) { view.guess = orderGuess(false); }), {}},
        {u"predict-running"_s, with(predictView(), [](LessonView& view) { view.running = true; }), {}},
        {u"predict-compact"_s, predictView(),
            [](LessonPanel& panel) {
                panel.setCompact(true);
                panel.setListButton(true);
            }},
        {u"predict-320"_s, predictView(), focus, 320}, {u"predict-600"_s, predictView(), {}, 600},
        {u"predict-low"_s, predictView(), focus, 416, 240}, {u"checked-low"_s, checkedView(), {}, 416, 200},
        {u"service"_s, serviceView(), {}},
        {u"predict-right"_s, predictView(), [](LessonPanel& panel) { panel.setLayoutDirection(Qt::RightToLeft); }},
        {u"choose"_s, chooseView(), {}},
        {u"choose-hands"_s, chooseView(), [](LessonPanel& panel) { panel.setPresentation(true); }},
        {u"number"_s, numberView(), {}}, {u"number-wrong"_s, numberView(u"three"_s), {}},
        {u"next"_s,
            with(predictView(),
                [](LessonView& view) {
                    view.guess = NextGuessView {u"Click a slip on the picture."_s};
                    view.question = u"Who is served next?"_s;
                    view.run.clear();
                }),
            {}},
        {u"text"_s,
            with(predictView(),
                [&](LessonView& view) {
                    view.guess = {};
                    view.question.clear();
                    view.run.clear();
                    view.screen = 0;
                    view.folder = pictures;
                    view.markdown
                        = u"Node runs JavaScript **outside** of a browser. See [the third line](moment:line%203), "
                          "or `fs.readFile` in [Node's documentation](api:fs.readFile).\n\n- one waiter\n- four "
                          "cooks\n\n"
                          "![two tables](pictures/tables.svg)\n"_s;
                }),
            {}},
        {u"checked"_s, checkedView(), [](LessonPanel& panel) { panel.setListButton(true); }},
        {u"checked-compact"_s, checkedView(),
            [](LessonPanel& panel) {
                panel.setListButton(true);
                panel.setCompact(true);
            }},
        {u"checked-320"_s, checkedView(), [](LessonPanel& panel) { panel.setListButton(true); }, 320},
        {u"checked-right"_s, checkedView(), [](LessonPanel& panel) { panel.setLayoutDirection(Qt::RightToLeft); }},
        {u"checked-odd"_s, odd, {}}, {u"checking"_s, checking, {}}, {u"all-right"_s, allRight, {}}};
}

} // namespace

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    bistro::app::installCatalogues();
    const QDir folder(app.arguments().value(1, u"."_s));
    folder.mkpath(u"pictures"_s);
    QFile svg(folder.filePath(u"pictures/tables.svg"_s));
    if (svg.open(QIODevice::WriteOnly))
        svg.write("<svg xmlns='http://www.w3.org/2000/svg' width='240' height='80'><rect x='10' y='10' width='90' "
                  "height='60' rx='8' fill='#d9c09a'/><circle cx='180' cy='40' r='30' fill='#005f9e'/></svg>");
    svg.close();
    for (const bool dark : {false, true}) {
        for (const double zoom : {1.0, 1.5}) {
            const Theme theme(dark ? Scheme::Dark : Scheme::Light, zoom);
            const QString look = u"-%1-%2"_s.arg(dark ? u"dark"_s : u"light"_s).arg(zoom * 100);
            Sheet sheet;
            for (const State& state : states(folder.path())) {
                LessonPanel panel;
                panel.setTheme(theme);
                panel.resize(theme.px(state.width), theme.px(300));
                panel.setView(state.view);
                panel.show();
                panel.activateWindow();
                settle();
                if (state.also)
                    state.also(panel);
                panel.resize(
                    theme.px(state.width), state.height > 0 ? theme.px(state.height) : panel.sizeHint().height());
                save(panel, folder, state.name + look, sheet);
            }
            for (const bool services : {false, true}) {
                CourseList list;
                list.setTheme(theme);
                list.setView(courseView(services));
                list.resize(theme.px(CourseList::kWidth), theme.px(services ? 868 : 822));
                list.show();
                save(list, folder, (services ? u"list-services"_s : u"list"_s) + look, sheet);
                list.resize(theme.px(CourseList::kWidth), theme.px(420));
                save(list, folder, (services ? u"list-services-low"_s : u"list-low"_s) + look, sheet);
            }
            sheet.save(folder.filePath(u"sheet"_s + look + u".png"_s));
        }
    }
    return 0;
}
