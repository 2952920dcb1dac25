// editorlook FOLDER: the editor and its tabs in the states that they have, in both themes at 100 and 150 %, as pictures
// to look at.
#include "editor/editortabs.h"
#include "editor/findbar.h"
#include "editor/highlighter.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCompleter>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QPainter>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kLesson = R"(const fs = require('node:fs');
const { pbkdf2 } = require('node:crypto');

console.log('open');
setTimeout(() => console.log('dessert'), 100);
fs.readFile('menu.txt', 'utf8', (err, menu) => {
  console.log('menu', menu.length);
  setImmediate(() => console.log('bill'));
  process.nextTick(() => console.log('tick'));
  Promise.resolve('chef').then(greet);
});
for (let i = 1; i <= 5; i++) pbkdf2('pw', 's', 1e5, 64, 'sha512', () => console.log('dish', i));
function greet(name) { console.log('bonjour', name); }
console.log('closed?');
)";

const QByteArray kServer = R"(// A web server: each request is a new customer.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';

/* It takes orders
   until somebody says stop. */
export class Menu {
  #dishes = new Map([['soup', 4.5], ['fish', 12]]);

  price(dish) {
    return this.#dishes.get(dish) ?? 0; // free
  }
}

const server = createServer(async (request, response) => {
  const page = await readFile('page.html');
  response.setHeader('content-type', 'text/html');
  if (request.url === '/soup') {
    response.end(`A soup is ${new Menu().price('soup')} euros`);
    return;
  }
  response.end(page);
});
server.listen(process.env.PORT || 8080);
)";

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(bytes);
}

void draw(const QDir& out, const Theme& theme, const QString& suffix)
{
    QTemporaryDir home;
    qputenv("XDG_STATE_HOME", home.filePath(u"state"_s).toUtf8());
    qputenv("XDG_DATA_HOME", home.filePath(u"data"_s).toUtf8());
    QDir(home.path()).mkpath(u"cooks"_s);
    const QDir folder(home.filePath(u"cooks"_s));
    write(folder.filePath(u"lesson.js"_s), kLesson);
    write(folder.filePath(u"server.mjs"_s), kServer);
    write(folder.filePath(u"menu.txt"_s), "Soupe du jour\nSole\n");
    const QString lesson = folder.filePath(u"lesson.js"_s);

    EditorTabs tabs;
    tabs.setTheme(theme);
    tabs.resize(theme.px(416), theme.px(568));
    tabs.show();
    tabs.activateWindow();
    const auto save = [&](const QString& name) {
        for (int i = 0; i < 5; ++i)
            QCoreApplication::processEvents();
        QPixmap picture = tabs.grab();
        if (const CodeEditor* editor = tabs.editor();
            editor && editor->completer().popup()->isVisible()) { // a window of its own
            QPainter painter(&picture);
            QWidget* popup = editor->completer().popup();
            painter.drawPixmap(tabs.mapFromGlobal(popup->mapToGlobal(QPoint(0, 0))), popup->grab());
        }
        picture.save(out.filePath(name + u'-' + suffix + u".png"_s));
    };
    save(u"0-empty"_s);
    tabs.open(folder.filePath(u"menu.txt"_s));
    tabs.open(lesson);
    tabs.tabBar().moveTab(1, 0);
    tabs.setPlayhead(lesson, 10);
    tabs.setLineNotes({{lesson,
        {{.line = 5, .pending = {Meaning::Timer}}, {.line = 8, .pending = {Meaning::Immediate}},
            {.line = 9, .pending = {Meaning::Tick}}, {.line = 10, .pending = {Meaning::Promise}},
            {.line = 12, .pending = {Meaning::PoolIo}, .tint = Meaning::PoolIo}}}});
    save(u"1-run"_s);
    tabs.setPlayhead({}, 0);
    tabs.setLineNotes({{lesson,
        {{.line = 7, .tint = Meaning::Error, .badge = u"1.24 s"_s},
            {.line = 12, .pending = {Meaning::PoolIo, Meaning::PoolIo, Meaning::Timer}},
            {.line = 14, .pending = {Meaning::Tick, Meaning::Promise, Meaning::Immediate, Meaning::KernelIo}}}}});
    tabs.editor()->goTo(6, 48);
    tabs.editor()->setFocus();
    save(u"2-blocked"_s);
    tabs.setLineNotes({});
    tabs.editor()->setProblem(CodeProblem {11, 3, 1, u"This ) comes too early, or closes what nothing opened."_s});
    QTest::qWait(1'000); // the sentence waits for one who is typing
    save(u"3-problem"_s);
    tabs.editor()->setProblem({});
    tabs.editor()->goTo(3, 1);
    QTest::keyClicks(tabs.editor(), u"fs.re"_s);
    save(u"4-completion"_s);
    tabs.editor()->undo();
    tabs.open(folder.filePath(u"server.mjs"_s));
    tabs.editor()->highlighter().finish();
    tabs.editor()->goTo(18, 10);
    tabs.showFileList(true);
    tabs.editor()->toggleFoldAt(7);
    save(u"5-files"_s);
    tabs.showFileList(false);
    tabs.editor()->unfoldAll();
    tabs.replace();
    QTest::keyClicks(tabs.editor()->findBar().findChildren<QLineEdit*>().front(), u"response"_s);
    save(u"6-replace"_s);
    tabs.editor()->findBar().close();
    tabs.editor()->goTo(12, 1);
    QTest::keyClicks(tabs.editor(), u"x"_s);
    tabs.closeTab();
    save(u"7-close"_s);
    tabs.editor()->undo();
    tabs.openSource(u"/home/ada/recorded.js"_s, QString::fromUtf8(kLesson));
    save(u"8-source"_s);
}

} // namespace

int main(int argc, char** argv)
{
    const QApplication application(argc, argv);
    if (argc < 2)
        return 2;
    const QDir out(QString::fromLocal8Bit(argv[1]));
    QDir().mkpath(out.path());
    draw(out, Theme(Scheme::Light), u"light-100"_s);
    draw(out, Theme(Scheme::Dark), u"dark-100"_s);
    draw(out, Theme(Scheme::Light, 1.5), u"light-150"_s);
    draw(out, Theme(Scheme::Dark, 1.5), u"dark-150"_s);
    return 0;
}
