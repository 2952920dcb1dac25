#include "trace/views.h"

#include <QTest>

#include <array>
#include <bit>
#include <string>

using namespace bistro::trace;

namespace {

std::uint32_t* slotOf(Record& record, std::size_t field)
{
    const std::array<std::uint32_t*, 5> letters {nullptr, &record.a, &record.b, &record.c, &record.d};
    return letters[field];
}

// A record of that kind in which every slot that the schema uses has bits of its own, all of them, and no other has
// any.
Record filled(const KindSchema& schema)
{
    Record record {.kind = schema.kind, .flags = kKnownFlags, .stack = 0x89ab'cdef, .time = 0xfedc'ba98'7654'3210};
    for (std::size_t field = 0; field < schema.fields.size(); ++field) {
        const bool isHighHalf = field > 0 && schema.fields[field - 1].type == FieldType::Wide;
        if (schema.fields[field].type == FieldType::Unused && !isHighHalf)
            continue;
        if (field == 0)
            record.small = 0xa1b2;
        else
            *slotOf(record, field) = 0xf0e1'd2c0 + static_cast<std::uint32_t>(field);
    }
    return record;
}

using Bytes = std::array<std::byte, sizeof(Record)>;

Record thereAndBack(const Record& record)
{
    return visit(record, [](const auto& event) { return recordOf(event); }); // what is claimed is claimed of each kind
}

} // namespace

class TestViews final : public QObject {
    Q_OBJECT

private slots:
    void aRecordAndItsViewSayTheSame_data()
    {
        QTest::addColumn<int>("kind");
        for (std::size_t kind = 1; kind < kEventKinds; ++kind)
            QTest::addRow("%s", std::string(schema()[kind].name).c_str()) << static_cast<int>(kind);
    }
    void aRecordAndItsViewSayTheSame()
    {
        QFETCH(int, kind);
        const Record record = filled(schemaOf(static_cast<EventKind>(kind)));
        QCOMPARE(thereAndBack(record).kind, record.kind);
        QVERIFY(std::bit_cast<Bytes>(thereAndBack(record)) == std::bit_cast<Bytes>(record));
    }

    void aViewLeavesOutWhatItsSchemaDoesNotUse_data() { aRecordAndItsViewSayTheSame_data(); }
    void aViewLeavesOutWhatItsSchemaDoesNotUse()
    {
        QFETCH(int, kind);
        const Record expected = filled(schemaOf(static_cast<EventKind>(kind)));
        Record full = expected; // with something in every slot
        if (full.small == 0)
            full.small = 7;
        for (std::size_t field = 1; field < 5; ++field) {
            if (*slotOf(full, field) == 0)
                *slotOf(full, field) = 7;
        }
        QVERIFY(std::bit_cast<Bytes>(thereAndBack(full)) == std::bit_cast<Bytes>(expected));
    }

    void aKindThatIsNeverRecordedIsNotVisited()
    {
        int visited = 0;
        visit(Record {}, [&](const auto&) { ++visited; });
        visit(Record {.kind = EventKind::End_}, [&](const auto&) { ++visited; });
        QCOMPARE(visited, 0);
    }
};

QTEST_APPLESS_MAIN(TestViews)
#include "tst_views.moc"
