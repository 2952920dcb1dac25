#include "checks/apiuse.h"

#include <QTest>

using namespace bistro::app;
using namespace Qt::StringLiterals;

class TestApiUse : public QObject {
    Q_OBJECT

private slots:
    void aNameIsFollowedThroughRequireImportAndConst_data()
    {
        QTest::addColumn<QByteArray>("source");
        QTest::addColumn<QByteArray>("api");
        QTest::addColumn<int>("line"); // 0: not used
        const auto row = [](const char* name, const char* source, const char* api, int line) {
            QTest::newRow(name) << QByteArray(source) << QByteArray(api) << line;
        };
        row("member", "const fs = require('fs');\nfs.readFileSync('a')", "fs.readFileSync", 2);
        row("node:", "const fs = require('node:fs')\nfs.readFileSync('a')", "fs.readFileSync", 2);
        row("directly", "require('fs').readFileSync('a')", "fs.readFileSync", 1);
        row("taken apart", "const { readFileSync: r } = require('fs');\nlet a;\nr('a')", "fs.readFileSync", 3);
        row("two taken apart", "const {readFile, readFileSync} = require('fs')\nreadFileSync()", "fs.readFileSync", 2);
        row("by another name", "const f = require('fs'); const g = f;\ng.readFileSync()", "fs.readFileSync", 2);
        row("the function", "const f = require('fs').readFileSync\nf()", "fs.readFileSync", 2);
        row("default import", "import files from 'fs';\nfiles.readFileSync()", "fs.readFileSync", 2);
        row("named import", "import {readFileSync as r} from 'node:fs'\n\nr()", "fs.readFileSync", 3);
        row("star import", "import * as f from 'fs'\nf.readFileSync()", "fs.readFileSync", 2);
        row("both imports", "import f, {open as o} from 'fs'\no()", "fs.open", 2);
        row("promises", "const {readFile} = require('fs/promises')\nreadFile()", "fs.promises.readFile", 2);
        row("promises of fs", "const {promises: p} = require('fs')\np.readFile()", "fs.promises.readFile", 2);
        row("nested", "const {promises: {readFile: r}} = require('fs')\nr()", "fs.promises.readFile", 2);
        row("awaited import", "const f = await import('fs')\nf.readFileSync()", "fs.readFileSync", 2);
        row("in brackets", "const f = require('fs')\nf['readFileSync']()", "fs.readFileSync", 2);
        row("passed on", "const f = require('fs')\nuse(f.readFileSync)", "fs.readFileSync", 2);
        row("in a template", "const f = require('fs')\n`${f.readFileSync('a')}`", "fs.readFileSync", 2);
        row("global", "setTimeout(() => {}, 1)", "setTimeout", 1);
        row("timers", "const t = require('timers')\nt.setTimeout(() => {}, 1)", "setTimeout", 2);
        row("globalThis", "globalThis.setTimeout(() => {}, 1)", "setTimeout", 1);
        row("nextTick", "process.nextTick(() => {})", "process.nextTick", 1);
        row("only brought in", "const {readFileSync} = require('fs')\nimport {open} from 'fs'", "fs.readFileSync", 0);
        row("comment", "const fs = require('fs') // fs.readFileSync()\n/* fs.readFileSync() */", "fs.readFileSync", 0);
        row("text", "const fs = require('fs')\nconsole.log('fs.readFileSync(1)', \"fs.readFileSync\")",
            "fs.readFileSync", 0);
        row("another's member", "const fs = require('fs')\nmenu.readFileSync()", "fs.readFileSync", 0);
        row("longer", "const fs = require('fs')\nfs.readFileSyncs()", "fs.readFileSync", 0);
        row("of promises", "const {readFile} = require('fs/promises')\nreadFile()", "fs.readFile", 0);
        row("a key", "const menu = {setTimeout: 3}", "setTimeout", 0);
    }
    void aNameIsFollowedThroughRequireImportAndConst()
    {
        QFETCH(QByteArray, source);
        QFETCH(QByteArray, api);
        QFETCH(int, line);
        int found = 0;
        for (const ApiUse& use : apiUsesIn(source.toStdString())) {
            if (use.api == api.toStdString() && found == 0)
                found = static_cast<int>(use.line);
        }
        QCOMPARE(found, line);
    }

    void aTextThatIsCutOrStrangeIsReadToItsEnd()
    {
        for (const char* source : {"const {a: {b", "import {a as", "import * as", "const x = require(", "`${",
                 "`${`${a}", "const", "fs.", "fs[", "{ } ) (", "import", "const {promises: {a}} = require('fs'", ""}) {
            QVERIFY(apiUsesIn(source).size() < 10);
        }
    }
};

QTEST_APPLESS_MAIN(TestApiUse)
#include "tst_apiuse.moc"
