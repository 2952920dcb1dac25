#include "control/messages.h"

#include <QTest>

#include <random>
#include <set>

using namespace bistro::control;

namespace {

std::vector<std::byte> bytes(std::initializer_list<int> numbers)
{
    std::vector<std::byte> result;
    for (const int number : numbers)
        result.push_back(static_cast<std::byte>(number));
    return result;
}

const std::vector<Frame<Command>> kCommands {{1, Hello {}}, {2, Hello {.version = 0xFFFF}}, {0xFFFFFFFF, Stop {}}};
const std::vector<Frame<Answer>> kAnswers {
    {1, Hello {}}, {2, Granted {}}, {3, Refused {.why = Refusal::UnknownVersion}}, {4, Refused {Refusal::Over}}};

template <typename Message>
Refusal refusalOf(const std::vector<std::byte>& from)
{
    const auto decoded = decode<Message>(from);
    return decoded ? Refusal {} : decoded.error().why;
}

// Each frame that it has, whatever comes; whether it has come to an end without a fault.
template <typename Message>
bool readAll(Inbox<Message>& inbox, std::vector<Frame<Message>>& frames)
{
    for (;;) {
        const auto frame = inbox.next();
        if (!frame)
            return false;
        if (!*frame)
            return true;
        frames.push_back(**frame);
    }
}

} // namespace

class TestMessages : public QObject {
    Q_OBJECT

private slots:
    void whatIsEncodedIsDecoded()
    {
        for (const auto& command : kCommands) {
            const auto whole = encode(command);
            const auto decoded = decode<Command>(whole);
            QVERIFY(decoded && *decoded);
            QCOMPARE((*decoded)->frame, command);
            QCOMPARE((*decoded)->bytes, whole.size());
        }
        for (const auto& answer : kAnswers) {
            const auto decoded = decode<Answer>(encode(answer));
            QVERIFY(decoded && *decoded);
            QCOMPARE((*decoded)->frame, answer);
        }
    }

    void theBytesAreAsThePageSays()
    {
        QCOMPARE(encode(Frame<Command> {0x01020304, Stop {}}), bytes({5, 0, 0, 0, 4, 3, 2, 1, 2}));
        QCOMPARE(encode(Frame<Command> {1, Hello {.version = 0x0201}}), bytes({7, 0, 0, 0, 1, 0, 0, 0, 1, 0x01, 0x02}));
        QCOMPARE(encode(Frame<Answer> {2, Refused {Refusal::Over}}), bytes({6, 0, 0, 0, 2, 0, 0, 0, 0x82, 8}));
    }

    void halfAFrameWaits()
    {
        const auto whole = encode(kAnswers.back());
        for (std::size_t size = 0; size < whole.size(); ++size) {
            const auto decoded = decode<Answer>(std::span(whole).first(size));
            QVERIFY(decoded && !*decoded);
        }
    }

    void framesComeWholeHoweverTheBytesAreCut()
    {
        std::vector<std::byte> line;
        for (const auto& answer : kAnswers) {
            const auto whole = encode(answer);
            line.insert(line.end(), whole.begin(), whole.end());
        }
        for (std::size_t cut = 1; cut <= line.size(); ++cut) {
            Inbox<Answer> inbox;
            std::vector<Frame<Answer>> frames;
            for (std::size_t at = 0; at < line.size(); at += cut) {
                inbox.take(std::span(line).subspan(at, std::min(cut, line.size() - at)));
                QVERIFY(readAll(inbox, frames));
            }
            QCOMPARE(frames, kAnswers);
            QCOMPARE(inbox.waiting(), 0u);
        }
    }

    void whatIsNoMessageIsRefusedByName()
    {
        QCOMPARE(refusalOf<Command>(bytes({4, 0, 0, 0})), Refusal::FrameLength); // no room for its head
        QCOMPARE(refusalOf<Command>(bytes({1, 16, 0, 0})), Refusal::FrameLength); // 4097: before the rest has come
        QCOMPARE(refusalOf<Command>(bytes({255, 255, 255, 255})), Refusal::FrameLength);
        QCOMPARE(refusalOf<Command>(bytes({5, 0, 0, 0, 1, 0, 0, 0, 0x7F})), Refusal::UnknownKind);
        QCOMPARE(refusalOf<Command>(encode(Frame<Answer> {1, Granted {}})), Refusal::UnknownKind); // not its direction
        QCOMPARE(refusalOf<Answer>(encode(Frame<Command> {1, Stop {}})), Refusal::UnknownKind);
        QCOMPARE(refusalOf<Command>(bytes({6, 0, 0, 0, 1, 0, 0, 0, 2, 0})), Refusal::FieldBytes);
        QCOMPARE(refusalOf<Command>(bytes({6, 0, 0, 0, 1, 0, 0, 0, 1, 0})), Refusal::FieldBytes);
        QCOMPARE(refusalOf<Answer>(bytes({6, 0, 0, 0, 1, 0, 0, 0, 0x82, 0})), Refusal::FieldValue);
        QCOMPARE(refusalOf<Answer>(bytes({6, 0, 0, 0, 1, 0, 0, 0, 0x82, 9})), Refusal::FieldValue);
    }

    void aRefusalNamesTheRequest()
    {
        const auto decoded = decode<Command>(bytes({5, 0, 0, 0, 7, 1, 0, 0, 0x7F}));
        QCOMPARE(decoded.error(), (Fault {.why = Refusal::UnknownKind, .request = 263}));
    }

    void everyRefusalHasANameOfItsOwn()
    {
        std::set<std::string_view> names;
        for (int number = 1; number <= 8; ++number)
            names.insert(nameOf(static_cast<Refusal>(number)));
        QCOMPARE(names.size(), 8u);
        QVERIFY(!names.contains(""));
        QVERIFY(nameOf(Refusal {}).empty());
    }

    void afterAFaultNothingIsHeardOrKept()
    {
        Inbox<Answer> inbox;
        inbox.take(bytes({0, 0, 0, 0}));
        QCOMPARE(inbox.next().error().why, Refusal::FrameLength);
        for (int i = 0; i < 1000; ++i)
            inbox.take(encode(kAnswers.front()));
        QCOMPARE(inbox.next().error().why, Refusal::FrameLength);
        QCOMPARE(inbox.waiting(), 0u);
    }

    // Whatever is written into the line, the reader lives and keeps less than a frame.
    void randomBytesNeitherHurtNorPileUp()
    {
        std::mt19937 random(20); // the same ones each time
        std::uint64_t understood = 0;
        for (int round = 0; round < 20'000; ++round) {
            Inbox<Answer> inbox;
            std::vector<Frame<Answer>> frames;
            std::vector<std::byte> line = encode(kAnswers[random() % kAnswers.size()]);
            for (unsigned changes = random() % 4; changes > 0; --changes)
                line[random() % line.size()] = static_cast<std::byte>(random());
            for (unsigned more = random() % 64; more > 0; --more)
                line.push_back(static_cast<std::byte>(random()));
            for (std::size_t at = 0; at < line.size();) {
                const std::size_t size = std::min<std::size_t>(1 + random() % 16, line.size() - at);
                inbox.take(std::span(line).subspan(at, size));
                at += size;
                if (!readAll(inbox, frames))
                    break;
                QVERIFY(inbox.waiting() < kLengthBytes + kMostBytes);
            }
            understood += frames.size();
            for (const auto& frame : frames) // what is understood is what was meant
                QCOMPARE((*decode<Answer>(encode(frame)))->frame, frame);
        }
        QVERIFY(understood > 0);
    }
};

QTEST_GUILESS_MAIN(TestMessages)
#include "tst_messages.moc"
