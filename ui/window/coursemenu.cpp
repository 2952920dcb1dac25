#include "window/coursemenu.h"

namespace bistro::ui {
namespace {

QString shown(QString text)
{
    return text.replace(u'&', QStringLiteral("&&"));
}

} // namespace

CourseMenu::CourseMenu(QMenu& menu)
    : QObject(&menu)
    , m_menu(menu)
    , m_end(menu.insertSeparator(menu.actions().value(0)))
{
}

void CourseMenu::setView(const CourseView& view)
{
    if (m_view == view)
        return;
    m_view = view;
    for (QAction* const made : std::as_const(m_made)) {
        if (made->menu())
            made->menu()->deleteLater();
        else
            made->deleteLater();
        m_menu.removeAction(made);
    }
    m_made.clear();
    QMenu* part = nullptr;
    for (const CourseRow& row : view.rows) {
        if (row.id.isEmpty()) {
            part = new QMenu(shown(row.text), &m_menu);
            part->setToolTipsVisible(true);
            m_made.append(m_menu.insertMenu(m_end, part));
            continue;
        }
        const QString text = row.number.isEmpty() ? row.text : tr("%1  %2", "number, lesson").arg(row.number, row.text);
        const bool done = row.state == CourseRow::State::Done;
        auto* const made = new QAction(shown(done ? tr("%1 ✓", "a lesson that is done").arg(text) : text), &m_menu);
        made->setObjectName(row.id);
        made->setToolTip(row.sentence);
        made->setStatusTip(row.sentence);
        connect(made, &QAction::triggered, this, [this, id = row.id] { emit chosen(id); });
        if (part)
            part->addAction(made);
        else
            m_menu.insertAction(m_end, made);
        m_made.append(made);
    }
}

} // namespace bistro::ui
