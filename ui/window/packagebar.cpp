#include "window/packagebar.h"

#include "theme/fonts.h"

#include <QAbstractButton>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace bistro::ui {

PackageBar::PackageBar(QWidget* room)
    : AnswerBar(room)
    , m_progress(new QLabel(this))
    , m_name(new QLineEdit(this))
{
    using enum Form;
    setObjectName(u"packagebar"_s);
    m_progress->setTextFormat(Qt::PlainText);
    m_name->setObjectName(u"package-name"_s);
    m_name->setAccessibleName(tr("Name of the package"));
    m_name->setPlaceholderText(tr("express, or express@4"));
    m_add = offerIn({Asking, Offering}, add("package-add", tr("Add"), [this] { addClicked(); }));
    connect(m_name, &QLineEdit::returnPressed, this, &PackageBar::addClicked);
    connect(m_name, &QLineEdit::textChanged, this, [this] { m_add->setEnabled(!m_name->text().trimmed().isEmpty()); });
    offerIn({Working}, add("package-stop", tr("Stop"), [this] { emit stopAsked(); }));
    offerIn({Added}, add("package-run", tr("Run"), [this] { emit runAsked(); }));
    m_allow = offerIn({Added}, add("package-scripts", tr("Run their scripts"), [this] { emit scriptsAllowed(); }));
    offerIn({Failed}, add("package-again", tr("Try again"), [this] { emit againAsked(); }));
    offerIn({Asking, Offering, Added, Failed},
        add(
            "package-close", tr("Close"), [this] { emit closed(); }, true))
        ->setToolTip(tr("Close this notice (Esc)"));
    m_allow->setToolTip(tr("Allow the install scripts of all packages of this folder\nThey stay within the same walls. "
                           "You can take it back under Run, What Programs May Do."));
}

QAbstractButton* PackageBar::offerIn(std::vector<Form> forms, QAbstractButton* button)
{
    m_offered.push_back({.widget = button, .forms = std::move(forms)});
    return button;
}

void PackageBar::addClicked()
{
    if (m_form == Form::Offering && isSettled())
        emit addAsked(m_package);
    else if (m_form == Form::Asking && !m_name->text().trimmed().isEmpty())
        emit addAsked(m_name->text().trimmed());
}

// Only what comes by itself could meet a click that was meant for something else.
bool PackageBar::isExpected() const
{
    return m_form == Form::Asking || m_form == Form::Working;
}

void PackageBar::ask(const QString& sentence, const QString& typed)
{
    m_name->setText(typed);
    m_add->setText(tr("Add"));
    m_add->setEnabled(!typed.trimmed().isEmpty());
    show(Form::Asking, sentence);
    m_name->setFocus();
    m_name->selectAll();
}

void PackageBar::offer(const QString& sentence, const QString& package)
{
    m_package = package;
    m_add->setText(tr("Add %1").arg(package));
    m_add->setEnabled(true);
    show(Form::Offering, sentence);
}

void PackageBar::work(const QString& sentence)
{
    m_line.clear();
    show(Form::Working, sentence);
}

void PackageBar::tellProgress(const QString& line)
{
    m_line = line;
    showLine();
}

void PackageBar::tellStopping()
{
    m_line.clear();
    show(Form::Stopping, tr("Stopping, and putting back what was there."));
}

void PackageBar::tellAdded(const QString& sentence, bool scriptsLeftOut)
{
    m_scripts = scriptsLeftOut;
    show(Form::Added, sentence);
}

void PackageBar::tellFailed(const QString& sentence)
{
    show(Form::Failed, sentence);
}

void PackageBar::show(Form form, const QString& text)
{
    const bool atKeys = isAncestorOf(window()->focusWidget());
    m_form = form;
    std::vector<QAbstractButton*> shown;
    for (const Button& each : m_offered) {
        if (std::ranges::contains(each.forms, form) && (each.widget != m_allow || m_scripts))
            shown.push_back(each.widget);
    }
    m_name->setVisible(form == Form::Asking);
    m_progress->setVisible(form == Form::Working || form == Form::Stopping);
    showLine();
    write(text.toHtmlEscaped(), text);
    begin(shown);
    if (atKeys && !shown.empty())
        shown.front()->setFocus();
    announce(text);
}

void PackageBar::showLine()
{
    const int width = std::max(m_progress->width(), 1);
    m_progress->setText(m_progress->fontMetrics().elidedText(m_line, Qt::ElideMiddle, width));
    m_progress->setToolTip(m_line);
    m_progress->setAccessibleName(m_line);
}

void PackageBar::restyle()
{
    AnswerBar::restyle();
    m_progress->setFont(uiFont(theme(), TypeSize::Second));
    m_name->setFont(uiFont(theme(), TypeSize::Label));
    QPalette palette = m_progress->palette();
    palette.setColor(QPalette::WindowText, theme().secondary());
    m_progress->setPalette(palette);
}

int PackageBar::arrangeBetween(int left, int y, int width)
{
    if (!m_name->isHidden()) {
        const int height = theme().px(isCompact() ? 28 : 32);
        m_name->setGeometry(left, y + theme().px(8), width, height);
        y += theme().px(8) + height;
    }
    if (!m_progress->isHidden()) {
        const int height = m_progress->fontMetrics().height() + theme().px(4);
        m_progress->setGeometry(left, y + theme().px(4), width, height);
        y += theme().px(4) + height;
        showLine();
    }
    return y;
}

void PackageBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Escape)
        return QWidget::keyPressEvent(event);
    if (m_form == Form::Working)
        emit stopAsked();
    else if (m_form != Form::Stopping)
        emit closed();
}

Sign PackageBar::sign() const
{
    switch (m_form) {
    case Form::Asking:
    case Form::Offering:
    case Form::Working:
    case Form::Stopping: return Sign::Cloche;
    case Form::Added: return Sign::Check;
    case Form::Failed: return Sign::Warning;
    }
    return Sign::Cloche;
}

} // namespace bistro::ui
