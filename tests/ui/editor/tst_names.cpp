#include "editor/completion.h"
#include "editor/names.h"
#include "theme/theme.h"

#include <QTest>

using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

// "setTimeout:◷ then:◆"
QString drawn(const QString& line, const QString& head = {})
{
    QStringList parts;
    for (const ScheduledCall& call : scheduledCalls(line, importedNames(head + u'\n' + line), [](int) { return true; }))
        parts += line.mid(call.column, call.length) + u':' + markOf(call.meaning);
    return parts.join(u' ');
}

QStringList offered(const QString& before, const QString& program = {}, bool asked = false)
{
    QStringList texts;
    for (const auto& candidate :
        completionsAt(before, importedNames(program + u'\n' + before), wordsOf(program), NodeApi::get(), asked)
            .candidates)
        texts += candidate.text;
    return texts;
}

} // namespace

class TestNames : public QObject {
    Q_OBJECT

private slots:
    void everyWayOfImportingIsUnderstood()
    {
        const Names names = importedNames(uR"(const fs = require('node:fs');
const { pbkdf2, scrypt: slow } = require("crypto");
const { readFile } = require('fs').promises;
const promises = require('node:fs').promises;
import http, { get as fetchIt } from 'node:http';
import * as zlib from "zlib";
const dns = await import('node:dns');)"_s);
        QCOMPARE(names.value(u"fs"_s), (Imported {u"fs"_s, {}}));
        QCOMPARE(names.value(u"pbkdf2"_s), (Imported {u"crypto"_s, u"pbkdf2"_s}));
        QCOMPARE(names.value(u"slow"_s), (Imported {u"crypto"_s, u"scrypt"_s}));
        QCOMPARE(names.value(u"readFile"_s), (Imported {u"fs/promises"_s, u"readFile"_s}));
        QCOMPARE(names.value(u"promises"_s), (Imported {u"fs"_s, u"promises"_s}));
        QCOMPARE(names.value(u"http"_s), (Imported {u"http"_s, {}}));
        QCOMPARE(names.value(u"fetchIt"_s), (Imported {u"http"_s, u"get"_s}));
        QCOMPARE(names.value(u"zlib"_s), (Imported {u"zlib"_s, {}}));
        QCOMPARE(names.value(u"dns"_s), (Imported {u"dns"_s, {}}));
        QCOMPARE(names.size(), 9);
    }

    void eachCallThatPlacesAnOrderHasItsQueue_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("calls");
        const QString head = u"const fs = require('node:fs'); const { pbkdf2 } = require('node:crypto'); "
                             "const http = require('http');"_s;
        QTest::newRow("timer") << u"setTimeout(() => console.log('dessert'), 100);"_s << u"setTimeout:◷"_s;
        QTest::newRow("file") << u"fs.readFile('menu.txt', 'utf8', (err, menu) => {"_s << u"readFile:■"_s;
        QTest::newRow("immediate") << u"  setImmediate(() => console.log('bill'));"_s << u"setImmediate:★"_s;
        QTest::newRow("tick") << u"  process.nextTick(() => console.log('tick'));"_s << u"nextTick:▲"_s;
        QTest::newRow("promise") << u"  Promise.resolve('chef').then(greet);"_s << u"then:◆"_s;
        QTest::newRow("loop") << u"for (let i = 1; i <= 5; i++) pbkdf2('pw', 's', 1e5, 64, 'sha512', f);"_s
                              << u"pbkdf2:■"_s;
        QTest::newRow("server") << u"http.createServer((req, res) => {"_s << u"createServer:●"_s;
        QTest::newRow("await and promises") << u"await fs.promises.readFile('a')"_s << u"await:◆ readFile:■"_s;
        QTest::newRow("microtask") << u"queueMicrotask(f)"_s << u"queueMicrotask:◆"_s;
        QTest::newRow("at once") << u"fs.readFileSync('a'); greet(); res.end()"_s << QString();
        QTest::newRow("of another's") << u"my.setTimeout(f); function setTimeout() {}"_s << QString();
        QTest::newRow("unfinished") << u"setTimeout"_s << QString();
    }

    void eachCallThatPlacesAnOrderHasItsQueue()
    {
        QFETCH(QString, line);
        QFETCH(QString, calls);
        QCOMPARE(drawn(line,
                     u"const fs = require('node:fs'); const { pbkdf2 } = require('node:crypto'); "
                     "const http = require('http');"_s),
            calls);
    }

    void textsAndCommentsPlaceNoOrders()
    {
        QVERIFY(scheduledCalls(u"setTimeout(f)"_s, {}, [](int) { return false; }).isEmpty());
    }

    void theListComesFromTheRealNode()
    {
        QVERIFY(NodeApi::get().version.startsWith(u"v"_s));
        QVERIFY(NodeApi::get().modules.size() > 40);
        QCOMPARE(NodeApi::get().module(u"node:fs"), NodeApi::get().module(u"fs"));
        QVERIFY(NodeApi::get().module(u"fs/promises")->contains(u"readFile"_s));
        QCOMPARE(NodeApi::get().module(u"no-such"), nullptr);
    }

    void modulesAreOfferedInTheQuotesOfRequireAndImport()
    {
        QVERIFY(offered(u"const a = require('"_s).contains(u"node:fs"_s));
        QCOMPARE(offered(u"const a = require('node:fs/p"_s), QStringList {u"node:fs/promises"_s});
        QCOMPARE(offered(u"import a from \"zl"_s), QStringList {u"zlib"_s});
    }

    void membersAreOfferedBehindWhatIsKnown()
    {
        const QString head = u"const fs = require('node:fs');\nconst { EventEmitter } = require('events');\n"_s;
        QVERIFY(offered(u"fs.readF"_s, head).contains(u"readFile"_s));
        QVERIFY(offered(u"fs."_s, head).contains(u"createReadStream"_s));
        QVERIFY(offered(u"fs.promises.wr"_s, head).contains(u"writeFile"_s));
        QVERIFY(offered(u"process.next"_s).contains(u"nextTick"_s));
        QVERIFY(offered(u"console.l"_s).contains(u"log"_s));
        QVERIFY(offered(u"whatever.th"_s).contains(u"then"_s));
        QVERIFY(offered(u"whatever."_s).isEmpty()); // nothing known, nothing asked
        QVERIFY(offered(u"1."_s).isEmpty());
    }

    void wordsKeywordsAndGlobalsAreOfferedFromTheSecondLetter()
    {
        const QStringList all = offered(u"  se"_s, u"function serveTable() {}"_s);
        QCOMPARE(all.first(), u"serveTable"_s); // the program's own first
        QVERIFY(all.contains(u"setTimeout"_s));
        QVERIFY(offered(u"  s"_s).isEmpty());
        QVERIFY(offered(u"  s"_s, {}, true).contains(u"setTimeout"_s));
        QVERIFY(offered(u"fun"_s).contains(u"function"_s));
    }

    void nothingIsOfferedInTextsAndComments()
    {
        QVERIFY(offered(u"console.log('se"_s).isEmpty());
        QVERIFY(offered(u"// fun"_s).isEmpty());
        QVERIFY(offered(u"const n = 12"_s).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestNames)
#include "tst_names.moc"
