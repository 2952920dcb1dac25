#include "lesson/docsection.h"
#include "lesson/nodedocs.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace bistro::app;

class TestNodeDocs : public QObject {
    Q_OBJECT

private slots:
    void aSectionGoesToTheNextHeadingOfItsLevelOrAHigherOne()
    {
        const QString page
            = u"<h2>nav</h2><div id=\"apicontent\">"
              "<h2>Mod<span><a class=\"mark\" id=\"mod\">#</a></span></h2>intro"
              "<h3>One<span><a class=\"mark\" id=\"one\">#</a></span></h3>1"
              "<h4><code>mod.a(b)</code><span><a class=\"mark\" id=\"a\">#</a></span></h4>A"
              "<h5>More</h5>more<h4>Event: <code>&#39;x&#39;</code></h4>X<h3>Two</h3>2<script>bad</script>"_s;
        const auto headings = docHeadings(page);
        QStringList texts;
        for (const DocHeading& heading : headings)
            texts += heading.text;
        QCOMPARE(texts, (QStringList {u"Mod"_s, u"One"_s, u"mod.a(b)"_s, u"More"_s, u"Event: 'x'"_s, u"Two"_s}));
        QCOMPARE(headings[2].anchors, QStringList {u"a"_s});
        const auto section = [&](qsizetype at) { return plainHtml(docSection(page, headings, at), u"mod.html"_s); };
        QCOMPARE(section(0), u"<h2>Mod</h2>intro"_s);
        QCOMPARE(section(2), u"<h4><code>mod.a(b)</code></h4>A<h5>More</h5>more"_s);
        QVERIFY(section(1).endsWith(u"X"_s));
        QCOMPARE(section(5), u"<h3>Two</h3>2"_s);
    }

    void whatRunsIsFetchedOrHasALookIsLeftOut()
    {
        const QString html = u"<p class=\"x\" onclick=\"y()\">a<script>b<p></script>"
                             "<a href=\"https://example.org\">far</a> <a href=\"fs.html#x\" class=\"type\">near</a>"
                             "<a href=\"#here\">here</a><img src=\"http://x/y.png\"><details><p>old</p></details>"
                             "<!-- <b> --><div class=\"note\">c</div><style>z</style><span>d</span></p>"_s;
        QCOMPARE(plainHtml(html, u"m.html"_s),
            u"<p>afar <a href=\"api:fs.html#x\">near</a><a href=\"api:m.html#here\">here</a><p>c</p>d</p>"_s);
        QCOMPARE(plainHtml(u"<pre><code class=\"language-mjs\">1</code><code class=\"language-cjs\">2</code>"
                           "<button>copy</button></pre>"_s,
                     u"m.html"_s),
            u"<pre><code>1</code></pre>"_s);
        QCOMPARE(plainHtml(u"a<b"_s, u"m.html"_s), u"a"_s);
    }

    void nodesOwnDocumentationIsFoundByName_data()
    {
        QTest::addColumn<QString>("api");
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("module");
        QTest::newRow("function") << u"fs.readFile"_s << u"fs.readFile(path[, options], callback)"_s << u"fs"_s;
        QTest::newRow("sync") << u"fs.readFileSync"_s << u"fs.readFileSync(path[, options])"_s << u"fs"_s;
        QTest::newRow("global") << u"setTimeout"_s << u"setTimeout(callback[, delay[, ...args]])"_s << u"timers"_s;
        QTest::newRow("property") << u"process.argv"_s << u"process.argv"_s << u"process"_s;
        QTest::newRow("method") << u"process.nextTick"_s << u"process.nextTick(callback[, ...args])"_s << u"process"_s;
        QTest::newRow("module") << u"process"_s << u"Process"_s << u"process"_s;
        QTest::newRow("class") << u"AbortSignal"_s << u"Class: AbortSignal"_s << u"globals"_s;
        QTest::newRow("promises") << u"fs.promises.readFile"_s << u"fsPromises.readFile(path[, options])"_s << u"fs"_s;
        QTest::newRow("of another name") << u"server.listen"_s << u"server.listen()"_s << u"http"_s;
        QTest::newRow("link") << u"fs.html#file-system-flags"_s << u"File system flags"_s << u"fs"_s;
        QTest::newRow("pbkdf2") << u"crypto.pbkdf2"_s
                                << u"crypto.pbkdf2(password, salt, iterations, keylen, digest, callback)"_s
                                << u"crypto"_s;
    }
    void nodesOwnDocumentationIsFoundByName()
    {
        if (!hasNodeDocs())
            QSKIP("nodejs-doc is not installed");
        QFETCH(QString, api);
        QFETCH(QString, title);
        QFETCH(QString, module);
        const auto doc = nodeDoc(api);
        QVERIFY(doc);
        QCOMPARE(doc->title, title);
        QCOMPARE(doc->module, module);
        QVERIFY2(doc->html.size() < 200'000, qPrintable(QString::number(doc->html.size())));
        for (const QString& never :
            {u"<script"_s, u"<style"_s, u"<img"_s, u"http://"_s, u"href=\"https"_s, u"class="_s})
            QVERIFY2(!doc->html.contains(never), qPrintable(doc->html.left(400)));
    }

    void aSectionOfTheRealDocumentationIsWholeAndAlone()
    {
        if (!hasNodeDocs())
            QSKIP("nodejs-doc is not installed");
        const QString html = nodeDoc(u"fs.readFile"_s).value().html;
        QVERIFY(html.contains(u"Asynchronously reads the entire contents of a file."_s));
        QVERIFY(html.contains(u"<pre><code>import { readFile } from &#39;node:fs&#39;;"_s));
        QVERIFY(html.contains(u"<a href=\"api:buffer.html#class-buffer\">&lt;Buffer&gt;</a>"_s));
        QVERIFY(!html.contains(u"fs.readlink(path"_s)); // the next one
        QVERIFY(!html.contains(u"AggregateError</code> if"_s)); // its history
    }

    void whatIsNotThereIsNone()
    {
        for (const QString& api : {u"fs.readfiles"_s, u"../../etc/passwd"_s, u"/etc/passwd"_s, u"x.html#y"_s, u""_s,
                 u"fs readFile"_s, u"all"_s + QString(300, u'x'), u"fs.html#no-such-place"_s})
            QVERIFY2(!nodeDoc(api), qPrintable(api));
        QVERIFY(!nodeDocIn(u"/nowhere"_s, u"fs.readFile"_s));
    }
};

QTEST_APPLESS_MAIN(TestNodeDocs)
#include "tst_nodedocs.moc"
