#include "support/formatpage.h"
#include "trace/event.h"

#include <QFile>
#include <QSet>
#include <QTest>

using namespace bistro::trace;
using namespace Qt::StringLiterals;

class TestEvent : public QObject {
    Q_OBJECT

private slots:
    void namesOfKindsAreDistinct()
    {
        QSet<QByteArray> names;
        for (const KindSchema& kind : schema())
            names.insert(QByteArray(kind.name.data(), static_cast<qsizetype>(kind.name.size())));
        QCOMPARE(static_cast<std::size_t>(names.size()), schema().size());
    }

    void noFieldTakesANameThatEveryEventHas()
    {
        for (const KindSchema& kind : schema()) {
            QSet<QByteArray> names {"index", "time", "event", "execution", "stack", "inferred", "repeat",
                "unreferenced", "truncated", "unrecorded", "cancelled"};
            for (const Field& field : kind.fields) {
                if (field.type == FieldType::Unused)
                    continue;
                const QByteArray name(field.name.data(), static_cast<qsizetype>(field.name.size()));
                QVERIFY2(!names.contains(name), kind.name.data());
                QVERIFY2(!field.meaning.empty(), name.constData());
                names.insert(name);
            }
        }
    }

    void theFormatsPageSaysWhatTheSchemaSays()
    {
        QFile file(QStringLiteral(BISTRO_SOURCE_DIR "/engine/trace/FORMAT.md"));
        const auto page = QByteArray::fromStdString(bistro::tests::formatPage());
        if (qEnvironmentVariableIsSet("BISTRO_REFRESH")) {
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(page);
            return;
        }
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(file.readAll() == page,
            "engine/trace/FORMAT.md is not what the schema says. Refresh it: BISTRO_REFRESH=1 ctest -R tst_event");
    }
};

QTEST_APPLESS_MAIN(TestEvent)
#include "tst_event.moc"
