#include "soundness.h"

namespace bistro::trace {

const std::array<Demands, kEventKinds>& demands()
{
    static const auto table = [] {
        std::array<Demands, kEventKinds> result {};
        for (const KindSchema& kind : schema()) {
            Demands& row = result[static_cast<std::size_t>(kind.kind)];
            for (std::size_t i = 0; i < row.size(); ++i) {
                switch (kind.fields[i].type) {
                case FieldType::Unused:
                    row[i] = i > 0 && kind.fields[i - 1].type == FieldType::Wide ? Demand::Anything : Demand::Zero;
                    break;
                case FieldType::Text: row[i] = Demand::Text; break;
                case FieldType::Async:
                case FieldType::Promise:
                case FieldType::Job:
                case FieldType::Worker:
                case FieldType::Handler:
                case FieldType::Call:
                case FieldType::Object:
                case FieldType::Number:
                case FieldType::Signed:
                case FieldType::Wide: row[i] = Demand::Anything; break;
                case FieldType::PollReasonName: row[i] = Demand::WordOrZero; break; // 0: not poll, or not known
                case FieldType::PhaseName:
                case FieldType::EntryName:
                case FieldType::EndName:
                case FieldType::RecordingEndName:
                case FieldType::DetailName:
                case FieldType::ServiceName:
                case FieldType::OriginName:
                case FieldType::OutcomeName:
                case FieldType::JobKindName:
                case FieldType::KernelWaitName:
                case FieldType::DirectionName:
                case FieldType::StreamName:
                case FieldType::CollectionName:
                case FieldType::VariableName:
                case FieldType::CallEntryName:
                case FieldType::LinePointName:
                case FieldType::ScopeName:
                case FieldType::ObjectKindName:
                case FieldType::PropertyKindName:
                case FieldType::CallEndName:
                case FieldType::ErrorFateName:
                case FieldType::LinesEndName:
                case FieldType::ConfinementName:
                case FieldType::AccessName:
                case FieldType::RunLimitName: row[i] = Demand::Word; break;
                }
            }
        }
        return result;
    }();
    return table;
}

const std::array<Sound, kEventKinds>& soundness()
{
    static const auto table = [] {
        std::array<Sound, kEventKinds> result {};
        for (const KindSchema& kind : schema()) {
            Sound& sound = result[static_cast<std::size_t>(kind.kind)];
            const Demands& demand = demands()[static_cast<std::size_t>(kind.kind)];
            for (std::uint32_t i = 0; i < demand.size(); ++i) {
                switch (demand[i]) {
                case Demand::Anything: break;
                case Demand::Zero: sound.unused[i] = UINT32_MAX; break;
                case Demand::Text: sound.texts[i] = UINT32_MAX; break;
                case Demand::Word:
                case Demand::WordOrZero:
                    Sound::Words& words = sound.words[sound.wordFields++];
                    words = {.field = i, .known = demand[i] == Demand::WordOrZero ? 1u : 0u};
                    for (std::uint32_t value = 0; value < 64; ++value)
                        words.known |= std::uint64_t {!wordFor(kind.fields[i].type, value).empty()} << value;
                    break;
                }
            }
        }
        return result;
    }();
    return table;
}

} // namespace bistro::trace
