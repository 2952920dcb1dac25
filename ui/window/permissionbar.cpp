#include "window/permissionbar.h"

#include "window/breakable.h"

#include <QAbstractButton>
#include <QKeyEvent>
#include <QLabel>
#include <QShortcut>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

constexpr int kTogether = 16; // letters

// Three at once: nobody presses them for something else. New File has Ctrl+Alt+N, so that Escape alone keeps refusing.
QKeySequence allowKeys()
{
    return {Qt::CTRL | Qt::ALT | Qt::Key_Y};
}

QString brokenHtml(const QString& text)
{
    return breakable(text, kTogether).toHtmlEscaped();
}

QString htmlOf(const app::Asking& what)
{
    QString html;
    qsizetype from = 0;
    for (const app::Asking::Bold& bold : what.bold) {
        html += brokenHtml(what.question.sliced(from, bold.from - from));
        html += u"<b>"_s + brokenHtml(what.question.sliced(bold.from, bold.size)) + u"</b>"_s;
        from = bold.from + bold.size;
    }
    return html + brokenHtml(what.question.sliced(from)) + u' ' + what.why.toHtmlEscaped();
}

} // namespace

PermissionBar::PermissionBar(QWidget* room)
    : AnswerBar(room)
{
    setObjectName(u"permissionbar"_s);
    m_keep = add("permission-keep", tr("Keep refusing"), [this] { emit kept(); });
    m_allow = add("permission-allow", tr("Allow for this folder"), [this] { emit allowed(); });
    m_once = add("permission-once", tr("Only once"), [this] { emit allowedOnce(); }, true);
    m_run = add("permission-run", tr("Run"), [this] { emit runAsked(); });
    m_undo = add("permission-undo", tr("Undo"), [this] { emit undone(); });
    m_close = add("permission-close", tr("Close"), [this] { emit closed(); }, true);
    m_keep->setToolTip(tr("Keep refusing (Esc)\nYou are not asked again for this until you close the window."));
    m_allow->setToolTip(tr("Allow it for all programs of this folder (%1)\nYou can take it back under Run, What "
                           "Programs May Do.")
            .arg(allowKeys().toString(QKeySequence::NativeText)));
    m_keys = new QShortcut(allowKeys(), this);
    m_keys->setAutoRepeat(false); // held down, they answer one question
    connect(m_keys, &QShortcut::activated, m_allow, &QAbstractButton::click);
    m_once->setToolTip(tr("Allow it for the next run only\nAfter that it is refused again."));
    m_run->setToolTip(tr("Run the program again\nWhat you have allowed holds from this run on."));
    m_undo->setToolTip(tr("Take it back\nThe next run is refused the same again."));
    m_close->setToolTip(tr("Close this notice (Esc)"));
}

void PermissionBar::ask(const app::Asking& what, const QStringList& others)
{
    QString html = htmlOf(what);
    QString plain = what.question + u' ' + what.why;
    if (!others.isEmpty()) {
        const QString more = tr("And %n more acts.", nullptr, static_cast<int>(others.size()));
        html += u" <span style='color:%1'>%2</span>"_s.arg(theme().secondary().name(), more);
        plain += u' ' + more;
    }
    sentence().setToolTip(others.isEmpty() ? QString() : others.join(u'\n').toHtmlEscaped().replace(u'\n', u"<br>"_s));
    write(html, plain);
    if (isAsking() && what == m_asked)
        return cover();
    m_asked = what;
    const bool atKeys = isAncestorOf(window()->focusWidget());
    tell(true);
    if (atKeys)
        m_keep->setFocus(); // whoever has answered by key does not answer the next one by the same
}

void PermissionBar::tellAllowed(const QString& allowed)
{
    sentence().setToolTip({});
    write(brokenHtml(allowed), allowed);
    const bool atKeys = isAncestorOf(window()->focusWidget());
    tell(false);
    if (atKeys)
        m_run->setFocus();
}

void PermissionBar::tell(bool asks)
{
    m_asks = asks;
    m_keys->setEnabled(asks);
    if (asks)
        begin({m_keep, m_allow, m_once});
    else
        begin({m_run, m_undo, m_close});
    announce(text() + u' '
        + (asks ? tr("Two buttons: Keep refusing, by Escape, and Allow for this folder, by %1. Tab leads to them.")
                      .arg(allowKeys().toString(QKeySequence::NativeText))
                : tr("Two buttons: Run and Undo. Tab leads to them.")));
}

void PermissionBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        emit(this->*(m_asks ? &PermissionBar::kept : &PermissionBar::closed))();
    else
        QWidget::keyPressEvent(event);
}

} // namespace bistro::ui
